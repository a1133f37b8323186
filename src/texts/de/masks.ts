import type { Texts } from '../en/index.js';

/** Was der Maskeneditor sagt. */
export const masks: Texts['masks'] = {
  title: (node) => `Maske malen: ${node}`,
  open: 'Malen …',
  openHint: 'Die Maske in einem eigenen Editor malen (Umschalt+M)',
  nothing: 'nichts gemalt',
  painted: 'gemalt',
  stage: 'Bild, auf das gemalt wird',
  keys: 'Pfeile bewegen den Pinsel, mit Umschalt um acht Zellen. Die Leertaste setzt den Stift auf und hebt ihn ab, die Eingabetaste benutzt das Werkzeug einmal. B malt, E radiert, G füllt eine Fläche, P wählt einen Teil, I kehrt um, [ und ] ändern die Größe.',
  tools: { brush: 'Malen', erase: 'Radieren', fill: 'Fläche füllen', pick: 'Teil wählen' },
  toolKeys: { brush: 'B', erase: 'E', fill: 'G', pick: 'P' },
  tool: 'Werkzeug',
  size: 'Größe',
  hardness: 'Härte',
  whole: 'Ganze Maske',
  all: 'Alles füllen',
  none: 'Leeren',
  invert: 'Umkehren',
  by: 'Zellen',
  grow: 'Wachsen',
  shrink: 'Schrumpfen',
  feather: 'Weichzeichnen',
  undo: 'Rückgängig (Strg+Z)',
  redo: 'Wiederholen (Strg+Y)',
  restart: 'Von vorn',
  restartHint: 'Gemaltes vergessen und nach dem gehen, was mit base verbunden ist',
  parts: 'Teile',
  part: (number, score) => `Teil ${String(number)}, Wertung ${score}`,
  partsHint: 'Die Wertung des Worts in jedem Teil, als Vielfaches des Mittels der anderen',
  threshold: 'Schwelle',
  thresholdHint:
    'Die Teile nehmen, deren Wertung dieses Vielfache übertrifft; ersetzt die ganze Maske',
  noParts:
    'Führen Sie den Graphen einmal aus: dann lassen sich hier die Teile der Selbstsegmentierung auswählen.',
  noPicture: 'Wählen Sie im Knoten unter image das Bild, auf das gemalt wird.',
  status: (x, y, share, isDown) =>
    `Pinsel bei ${String(x)}, ${String(y)}${isDown ? ', aufgesetzt' : ''}. ${share} des Bildes liegen in der Maske.`,
};
