import type { Texts } from '../en/index.js';

/** Der Graph als Liste. */
export const list: Texts['list'] = {
  label: 'Graph',
  empty: 'Der Graph ist leer.',
  emptyHint: 'Umschalt+A fügt einen Knoten hinzu; oder öffnen Sie einen Graphen.',
  nothingFound: 'Kein Knoten mit diesem Namen.',
  search: 'Knoten des Graphen suchen',
  zone: (title) => `Zone von ${title}`,
  inside: (count) => `Darin: ${String(count)} Knoten`,
  group: (title) => title || 'Gruppe',
  from: (title, output) => `von ${title}, ${output}`,
  to: (places) => `nach ${places.join(', ')}`,
  notConnected: 'nicht verbunden',
  notUsed: 'nicht benutzt',
  hasProblems: 'hat Fehler',
  collapsed: 'zugeklappt',
  pinned: 'angeheftet',
  outdated: 'ältere Kopie',
  pictures: 'Bilder',
  pictureCount: (count) => String(count),
  title: (title) => `Titel von ${title}`,
  menu: (title) => `Menü von ${title}`,
  help: 'Pfeile gehen weiter, Eingabe zeigt oder ändert, Leertaste wählt aus, F2 benennt um, Alt mit Auf oder Ab verschiebt, Entf löscht.',
};
