import { someOf } from '../en/files.js';
import type { Texts } from '../en/index.js';

/** Reiter, gespeicherte Graphen, Fassungen, Vorlagen, Teilen und was beim Speichern misslingen kann. */
export const files: Texts['files'] = {
  untitled: 'Graph ohne Titel',
  tabs: 'Offene Graphen',
  newTab: 'Neuer Graph',
  allTabs: (count) => (count === 1 ? '1 offener Graph' : `${String(count)} offene Graphen`),
  closeShown: 'Diesen Graphen schließen',
  closeTab: (title) => `${title} schließen`,
  renameTab: 'Titel des Graphen',
  changed: 'seit dem Sichern geändert',
  running: 'läuft',
  elsewhere: 'in einem anderen Fenster offen',
  closed: (title) => `„${title}“ geschlossen.`,
  undo: 'Rückgängig',
  takenOver: 'Vom anderen Fenster übernommen',
  copyOf: (title) => (title === '' ? 'Kopie' : `${title} (Kopie)`),
  recovered: (title) => (title === '' ? 'Geretteter Graph' : `${title} (gerettet)`),
  recoveredNote: (title) =>
    `„${title || 'Ein Graph'}“ war nicht lesbar; seine neueste lesbare Fassung ist daneben geöffnet.`,
  graphFromPicture: (name) =>
    `${name} enthält den Graphen, der das Bild gemacht hat: er ist in einem eigenen Reiter geöffnet.`,
  placeholders: (count, types) =>
    count === 1
      ? `Ein Knoten ist von einem Typ, den es hier nicht gibt (${types}). Er steht als Platzhalter da und behält seine Daten.`
      : `${String(count)} Knoten sind von Typen, die es hier nicht gibt (${types}). Sie stehen als Platzhalter da und behalten ihre Daten.`,
  noGraphInFile: (name) => `${name} ist weder ein Graph noch ein Bild`,
  elsewhereBanner:
    'Dieser Graph ist in einem anderen Fenster des Browsers offen. Was Sie hier ändern, wird nicht gespeichert.',
  takeOver: 'Übernehmen',
  workOnCopy: 'An einer Kopie arbeiten',
  unreadableBanner: (title, reason) =>
    `Der gespeicherte Graph „${title || 'Graph ohne Titel'}“ ist nicht lesbar. ${reason} Er bleibt gespeichert, wie er ist.`,
  unreadableRecords: {
    settings: (names) =>
      names.length === 0
        ? 'Die gespeicherten Einstellungen sind nicht lesbar: stattdessen gelten die üblichen. Was gespeichert war, bleibt, wie es ist.'
        : `Von den gespeicherten Einstellungen sind diese nicht lesbar: ${someOf(names, 'und weitere')}. Stattdessen gelten die üblichen. Was gespeichert war, bleibt, wie es ist.`,
    pictures: (names) =>
      names.length === 1
        ? `Das gespeicherte Bild „${names.join()}“ ist nicht lesbar. Was davon gespeichert ist, bleibt, wie es ist.`
        : `${String(names.length)} gespeicherte Bilder sind nicht lesbar: ${someOf(names, 'und weitere')}. Was davon gespeichert ist, bleibt, wie es ist.`,
  },
  downloadUnreadable: {
    settings: 'Unlesbare Einstellungen herunterladen',
    pictures: 'Unlesbare Bilder herunterladen',
  },
  deleteUnreadable: {
    settings: 'Unlesbare Einstellungen löschen',
    pictures: 'Unlesbare Bilder löschen',
  },
  downloadText: 'Seinen Text herunterladen',
  downloadGraph: 'Graph herunterladen',
  dismiss: 'Ausblenden',
  graphs: 'Graphen',
  searchGraphs: 'Graphen suchen',
  noGraphs: 'Kein Graph mit diesem Namen.',
  nodes: (count) => `${String(count)} Knoten`,
  open: 'Öffnen',
  isOpen: 'offen',
  rename: 'Umbenennen',
  duplicate: 'Verdoppeln',
  delete: 'Löschen',
  deleted: (title) => `„${title}“ gelöscht.`,
  doTo: (action, title) => `${title}: ${action}`,
  history: 'Fassungen dieses Graphen',
  noVersions: 'Noch keine Fassung: nach jedem Schritt wird eine behalten.',
  now: 'Jetzt',
  keep: 'Diese Fassung behalten',
  restore: 'Diese Fassung zurückholen',
  restored: (time) => `Fassung von ${time} zurückholen`,
  difference: 'Gegenüber dem Graphen auf dem Bildschirm',
  noDifference: 'Kein Unterschied.',
  result: (time) => `Was ein Lauf der Fassung von ${time} ergab`,
  preview: (time) => `Anordnung der Fassung von ${time}`,
  unreadableVersion: (time, reason) =>
    `Die Fassung von ${time} ist nicht lesbar. ${reason} Sie bleibt gespeichert, wie sie ist.`,
  versionGone: 'Diese Fassung ist inzwischen ausgedünnt worden.',
  added: (names) => `Seither hinzugekommen: ${names}`,
  removed: (names) => `Seither entfernt: ${names}`,
  changedNode: (name, inputs) => `${name}: ${inputs}`,
  changedValue: (input, from, to) => `${input} war ${from}, ist ${to}`,
  changedLink: (input) => `${input} ist anders verbunden`,
  changedRecord: 'Titel oder Modus',
  moved: (count) => `${String(count)} Knoten verschoben`,
  groupsChanged: 'Gruppen unterscheiden sich',
  titleChanged: 'Der Titel unterscheidet sich',
  templates: 'Neu aus einer Vorlage',
  templatesIntro:
    'Jede Vorlage öffnet sich in einem eigenen Reiter und läuft sofort mit dem mitgelieferten Modell.',
  tryThis: 'Versuchen Sie',
  blank: 'Leerer Graph',
  blankWords: 'Ganz von vorn.',
  pictureOf: (title) => `Ergebnis von ${title}`,
  noResult: 'Es gibt noch kein Ergebnis. Führen Sie den Graphen zuerst aus.',
  noTransfer:
    'Der Referenzcode kennt nur die Übertragung. Fügen Sie zuerst „Cross-Image U-Net Step“ mit einem „Injection Schedule“ hinzu.',
  referenceSaved: (unsaid) =>
    unsaid === 0
      ? 'Die Konfiguration sagt alles, was der Graph tut.'
      : 'Für einen Teil des Graphen hat der Referenzcode kein Feld. Die ersten Zeilen der Datei nennen ihn.',
  unsaid: {
    schedule: (inputs) => `Hier nicht gesagt, weil der Referenzcode es festlegt: ${inputs}.`,
    inputs: (inputs) => `Hier nicht gesagt, weil der Referenzcode es nicht annimmt: ${inputs}.`,
    inversion: (inputs) =>
      `Hier nicht gesagt, weil der Referenzcode es einmal für beide Bilder oder gar nicht hat: ${inputs}.`,
    'own-masks': () =>
      'Hier nicht gesagt: Masken für AdaIN, die nicht in den Bildern gefunden werden. Der Referenzcode kennt nur seine eigenen.',
  },
  exportAs: 'Sichern oder exportieren als',
  ownFormat: 'Crossweave-Graph (JSON)',
  asLink: 'Link in die Zwischenablage',
  copied: 'Der Link ist in der Zwischenablage.',
  shareMissing: (names) =>
    `Bilder stehen nur mit Namen im Link. Diese haben nur Sie: ${names}. Schicken Sie sie mit.`,
  shareTooLarge: (found, limit) =>
    `Dieser Graph ergibt einen Link von ${String(found)} Zeichen; Browser und Chats kürzen Links über ${String(limit)}. Sichern Sie ihn als Datei und schicken Sie die.`,
  shareBad: 'Dieser Link enthält keinen lesbaren Graphen',
  shareOpened: 'Ein Graph aus einem Link ist in einem neuen Reiter geöffnet.',
};
