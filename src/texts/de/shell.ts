import type { Texts } from '../texts.js';

/** Die obere Leiste, die Seitenleiste und was die Zeichenfläche umgibt. */
export const shell: Texts['shell'] = {
  run: 'Ausführen',
  cancel: 'Abbrechen',
  stopping: 'Hält an',
  addNode: 'Knoten',
  open: 'Öffnen',
  save: 'Sichern',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  fit: 'Alles zeigen',
  help: 'Hilfe und Tasten',
  settings: 'Einstellungen',
  commands: 'Befehl suchen',
  timeline: 'Zeitplan',
  hidePanel: 'Seitenleiste verbergen',
  showPanel: 'Seitenleiste zeigen',
  starting: 'Startet …',
  device: (label, reason) => `Gerät: ${label}. ${reason}`,
  panel: 'Seiten',
  sidePanel: 'Seitenleiste',
  tabs: {
    node: 'Knoten',
    list: 'Liste',
    problems: 'Fehler',
    forecast: 'Prognose',
    pictures: 'Bilder',
    runs: 'Läufe',
  },
  problems: 'Fehler',
  noProblems: 'An diesem Graphen ist nichts falsch.',
  path: 'Wo Sie sind',
  whole: 'Graph',
  downloadGraph: 'Graph herunterladen',
  runFinished: (duration) =>
    `Der Lauf ist nach ${duration} fertig. Das Ergebnis steht auf seinem Knoten.`,
  runInterrupted: 'Der Lauf wurde abgebrochen. Was fertig war, bleibt.',
  runFailed: 'Der Lauf ist gescheitert. Die Seite „Fehler“ und der Knoten sagen, warum.',
  guide: {
    title: 'Erste Schritte',
    step: (at, of) => `Schritt ${String(at)} von ${String(of)}`,
    choose: 'Zwei Bilder wählen',
    chooseText:
      'Eines gibt die Form, das andere das Aussehen. Legen Sie eigene auf die Knoten „Structure picture“ und „Appearance picture“, oder behalten Sie Giraffe und Zebra.',
    run: 'Ausführen',
    runText:
      'Jeder Durchgang der Schleife ist zu sehen, sobald er berechnet ist. Das Ergebnis erscheint auf dem Knoten „Result“.',
    edit: 'Den Zeitplan ändern',
    editText:
      'Drücken Sie T und malen Sie, aus welchem Bild jeder Durchgang liest. Ein neuer Lauf berechnet nur, was sich geändert hat.',
    next: 'Weiter',
    done: 'Fertig',
    skip: 'Erste Schritte überspringen',
  },
};
