import type { Texts } from '../en/index.js';

/** Die Einstellungen und die Tastenbelegung. */
export const settings: Texts['settings'] = {
  title: 'Einstellungen',
  look: 'Aussehen',
  theme: 'Farben',
  themes: { system: 'Wie das System', dark: 'Dunkel', light: 'Hell', contrast: 'Hoher Kontrast' },
  language: 'Sprache',
  languages: { system: 'Wie das System', en: 'English', de: 'Deutsch' },
  languageChanged: 'Knoten heißen erst nach dem nächsten Laden der Seite in der neuen Sprache.',
  motion: 'Bewegung',
  motions: { system: 'Wie das System', reduced: 'Wenig', full: 'Voll' },
  canvas: 'Zeichenfläche',
  snapsToGrid: 'Bewegte Knoten am Raster ausrichten',
  linkShape: 'Verbindungen',
  linkShapes: { curve: 'Gebogen', straight: 'Gerade', angled: 'Eckig' },
  memory: 'Speicher',
  bankDevice: 'Schlüssel und Werte, wo Netze laufen',
  bankDevices: { auto: 'Automatisch', 512: '0,5 GiB', 1024: '1 GiB', 2048: '2 GiB', 4096: '4 GiB' },
  bankRam: 'Schlüssel und Werte, dazu im Hauptspeicher',
  bankRams: { 0: 'Keine', 1024: '1 GiB', 2048: '2 GiB', 4096: '4 GiB' },
  memoryHelp:
    'Was die Zweige der Bilder an die gemischten Schichten geben. Was nirgends hineinpasst, wird neu berechnet. Gilt ab dem nächsten Laden der Seite.',
  keyboard: 'Tastatur',
  hasLetterKeys: 'Einzelne Zeichen sind Befehle',
  letterKeysHelp:
    'Schalten Sie dies ab, wenn Spracheingabe oder versehentliche Tasten Befehle auslösen.',
  searchKeys: 'Befehle und Tasten suchen',
  command: 'Befehl',
  keys: 'Tasten',
  noKeys: 'keine',
  record: (label) => `Tasten von ${label} ändern`,
  recording: 'Neue Tasten drücken; Esc behält die alten, die Rücktaste entfernt sie.',
  reset: (label) => `${label} seine eigenen Tasten zurückgeben`,
  resetAll: 'Alle Tasten zurücksetzen',
  taken: (keys, other) => `${keys} gehört schon zu „${other}“.`,
  takeOver: 'Übernehmen',
};
