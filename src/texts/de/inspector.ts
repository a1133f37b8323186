import type { Texts } from '../en/index.js';

/** Die Leiste, die ausgewählte Knoten zeigt und ändert. */
export const inspector: Texts['inspector'] = {
  nothing: 'Wählen Sie einen Knoten, um seine Werte, Verbindungen und Aufgabe zu sehen.',
  nothingHint: 'Ein Doppelklick auf die Fläche fügt einen hinzu, ebenso Umschalt+A.',
  several: (count) => `${String(count)} Knoten`,
  severalKind: 'Was sie gemeinsam haben',
  noCommon: 'Die ausgewählten Knoten haben keine gemeinsamen Werte.',
  values: 'Werte',
  presets: 'Vorlagen',
  inputs: 'Eingänge',
  outputs: 'Ausgänge',
  help: 'Was er tut',
  source: 'Quelle',
  reference: 'Im Referenzcode',
  differing: 'verschiedene Werte',
  range: (min, max) => `${min} bis ${max}`,
  atLeast: (min) => `mindestens ${min}`,
  slider: (name) => `${name}, Schieber`,
  reset: (name, value) => `${name} auf den Ausgangswert setzen: ${value || 'leer'}`,
  optional: 'freiwillig',
  notConnected: 'nicht verbunden',
  from: (title, output) => `${title} · ${output}`,
  goTo: (title) => `Zu ${title}`,
  disconnect: (input) => `${input} trennen`,
  connect: (input) => `${input} verbinden`,
  newer: 'Von diesem Knoten wurde eine neuere Fassung veröffentlicht.',
  viewPictures: 'Bilder ansehen',
  noNumber: (text) => `„${text}“ ist weder eine Zahl noch eine Rechnung wie 100*0.68.`,
  missing:
    'Diese Version kennt den Knoten nicht. Seine Daten bleiben erhalten und werden unverändert gesichert; löschen Sie ihn oder setzen Sie einen bekannten an seine Stelle.',
};
