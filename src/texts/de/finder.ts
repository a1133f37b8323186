import type { Texts } from '../en/index.js';

/** Die Suchen: Knoten, Befehle, Ausgänge zum Verbinden. */
export const finder: Texts['finder'] = {
  addNode: 'Knoten hinzufügen',
  searchNodes: 'Knoten suchen',
  nothing: 'Nichts mit diesem Namen.',
  recent: 'Zuletzt benutzt',
  categories: 'Kategorien',
  all: 'Alle',
  allOthers: 'Alle anderen',
  fits: (type) => `Passt zu ${type}`,
  preview: 'Was der Knoten ist',
  drawing: (title, takes, gives) =>
    `${title}: nimmt ${takes.join(', ') || 'nichts'}, gibt ${gives.join(', ') || 'nichts'}`,
  commands: 'Befehle',
  searchCommands: 'Befehle, Knoten, Vorlagen und Graphen suchen',
  goTo: 'Zum Knoten',
  presets: 'Vorlagen',
  published: 'Veröffentlicht',
  graphs: 'Graphen',
  applyPreset: (preset) => `Vorlage: ${preset}`,
  connectTo: (title, input) => `${input} von ${title} verbinden`,
  searchOutputs: 'Passende Enden suchen',
};
