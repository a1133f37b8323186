import type { Texts } from '../en/index.js';

/** Was Dialoge gemeinsam haben, die Tastenübersicht und die Bildansicht. */
export const dialogs: Texts['dialogs'] = {
  close: 'Schließen',
  help: 'Hilfe und Tasten',
  intro:
    'Zwei Bilder gehen hinein: eines gibt die Struktur, das andere das Aussehen. Wählen Sie beide in den zwei Load-Image-Knoten und drücken Sie auf „Ausführen“. Alles geschieht auf diesem Gerät. Was sich seit dem letzten Lauf nicht geändert hat, wird nicht neu berechnet.',
  or: 'oder',
  pointer: 'Zeiger',
  compare: 'Vergleichen',
  savePicture: 'Bild sichern',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  wholePicture: 'Ganzes Bild',
  viewerKeys: 'Bild: Pfeile verschieben es, + und − ändern die Größe, 0 zeigt alles',
  form: {
    title: 'Formular',
    choose: 'Eingaben auswählen',
    chosen: 'Fertig',
    choosing:
      'Angekreuzte Eingaben stehen im Formular. Die Auswahl wird mit dem Graphen aufbewahrt.',
    ownPicture: 'Eigenes Bild',
    preset: 'Voreinstellung',
    ownValues: 'eigene Werte',
    results: 'Ergebnisse',
    noResults: 'Hier erscheinen die Ergebnisse, sobald der Graph gelaufen ist.',
    noInputs: 'Keine Eingabe wird gezeigt. „Eingaben auswählen“ nennt alle dieses Graphen.',
    enlarge: (label) => `${label}: groß zeigen`,
    shown: (input) => `${input} im Formular zeigen`,
    hidden: (input) => `${input} nicht im Formular zeigen`,
  },
};
