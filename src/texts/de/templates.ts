import type { Texts } from '../en/index.js';

/** Die Vorlagen aus `graphs/`, nach Dateinamen. */
export const templates: Texts['templates'] = {
  'appearance-transfer': {
    title: 'Aussehen übertragen',
    description:
      'Die ganze Methode, wie ihr Referenzcode sie ausführt: eine Giraffe mit dem Aussehen eines Zebras.',
    tryThis: 'eigene Bilder auf die beiden Bildknoten zu legen.',
  },
  consistent: {
    title: 'Übertragen, schneller',
    description:
      'Inversion und Wiedergabe sagen dasselbe Rauschen voraus; beide Zweige kosten keinen eigenen Durchgang.',
    tryThis: 'seine Zeit auf der Seite „Läufe“ mit der ersten Vorlage zu vergleichen.',
  },
  'own-masks': {
    title: 'Eigene Masken',
    description:
      'Zwei gezeichnete Masken statt der Selbstsegmentierung sagen, wohin das Aussehen geht.',
    tryThis: 'ein Maskenbild, das nur einen Teil des Tiers bedeckt.',
  },
  'structure-injection': {
    title: 'Wie viel Struktur zurückkommt',
    description:
      'Drei Zeitpläne auf denselben Zweigen: Struktur nie, in jedem fünften, in jedem zweiten Durchgang.',
    tryThis: 'den Zeitplan zu öffnen (T) und die Strukturdurchgänge von Hand zu malen.',
  },
  ablation: {
    title: 'Was jeder Teil tut',
    description:
      'Nur Schlüssel und Werte, dann Kontrast, AdaIN und Führung nacheinander dazu, auf gemeinsamen Inversionen.',
    tryThis: 'den Kontrast des letzten Zeitplans wieder auf 1 zu setzen.',
  },
  grid: {
    title: 'Strukturen gegen Aussehen',
    description:
      'Zwei Strukturen, jede im Aussehen zweier Tiere, auf einem Kontaktbogen. Jedes Bild wird einmal invertiert, jeder Zweig dient zwei Ergebnissen.',
    tryThis:
      'ein drittes Aussehen hinzufügen: seine Kette kopieren und zwei weitere Schleifen damit verbinden.',
  },
  seeds: {
    title: 'Dieselbe Übertragung, andere Startwerte',
    description:
      'Eine Struktur, mit drei Startwerten invertiert, im Aussehen eines Tieres: Wie viel ist Zufall?',
    tryThis: 'den Startwert einer Inversion ändern: Nur ihre Schleife läuft noch einmal.',
  },
  creatures: {
    title: 'Zwei Tiere, bewertet',
    description:
      'Zeichnet zwei Tiere aus Startwerten und überträgt zwischen ihnen; ihre bekannten Teile bewerten das Ergebnis.',
    tryThis: 'einen Startwert, die Art oder die Länge des Halses zu ändern.',
  },
  'three-structures': {
    title: 'Ein Aussehen, drei Strukturen',
    description:
      'Ein Zweig des Aussehens dient drei Tieren; seine Schlüssel und Werte werden einmal berechnet.',
    tryThis: 'das Bild des Aussehens zu wechseln: nur was davon abhängt, läuft neu.',
  },
  'two-appearances': {
    title: 'Zwei Aussehen nacheinander',
    description:
      'Eine erste Zone mischt das Aussehen eines Tiers ein, eine zweite macht mit dem eines anderen weiter.',
    tryThis: 'die Übergabe zu verschieben: end_at der ersten und start_at der zweiten Zone.',
  },
  reconstruction: {
    title: 'Probe der Rekonstruktion',
    description:
      'Invertiert ein Bild und gibt es wieder, ohne etwas einzumischen: was geht unterwegs verloren?',
    tryThis: 'den Vergleich mit dem, was der Autoencoder allein verliert.',
  },
  'single-step': {
    title: 'Ein Durchgang unter der Lupe',
    description:
      'Dieselben Latents nach einem gewöhnlichen und nach einem bildübergreifenden Durchgang, nebeneinander.',
    tryThis: 'start_at und end_at beider Zonen auf einen früheren Durchgang zu setzen.',
  },
  paper: {
    title: 'Wie im Aufsatz beschrieben',
    description:
      'Alle hundert Durchgänge, ohne Verzug, Begrenzung und Strukturdurchgänge des Referenzcodes.',
    tryThis: 'die Vorlage „official“ des Zeitplans und den Blick auf den Unterschied.',
  },
};
