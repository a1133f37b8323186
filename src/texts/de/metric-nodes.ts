import type { Texts } from '../en/index.js';

/** Die Knoten, die messen. */
export const metricNodes: Texts['nodes'] = {
  MaskOverlap: {
    title: 'Masken vergleichen (IoU)',
    description:
      'Sagt, wie gut zwei Masken übereinstimmen: die Pixel, die beide enthalten, geteilt durch die, die wenigstens eine enthält. Mit den Masken von Strukturbild und Ergebnis ist das das Maß der Veröffentlichung für die erhaltene Struktur. Statt einer Maske kann eine Karte der Teile verbunden sein, deren Motiv zählt; bei zwei Karten werden auch die Teile verglichen. Weiß ist beides, Orange nur *a*, Blau nur *b*. Zwei leere Masken werden gemeldet und gelten als gleich.',
    inputs: {
      a: 'Eine Maske, etwa die des Strukturbilds.',
      b: 'Die andere, etwa die des Ergebnisses; sie wird auf die Größe von a gebracht.',
      parts_a: 'Eine Karte der Teile, deren Motiv gilt, wo a nicht verbunden ist.',
      parts_b: 'Eine Karte der Teile, deren Motiv gilt, wo b nicht verbunden ist.',
    },
    outputs: {
      iou: '0 für getrennte, 1 für gleiche Masken.',
      part_iou:
        'Der Mittelwert über die Teile, die eine der Karten zeigt; wie iou, solange nicht beide Karten verbunden sind.',
    },
  },
  PartCorrespondence: {
    title: 'Entsprechung der Teile',
    description:
      'Bewertet eine Übertragung zwischen zwei Bildern, deren Teile bekannt sind: der **Anteil der Pixel des Ergebnisses, deren Farbe vom selben Teil** des Aussehensbilds kommt (Beine von Beinen, Kopf vom Kopf). Dazu sagt der Knoten, wie gut die Silhouette der Struktur erhalten ist und wie weit das Aussehen der Teile von der Vorlage entfernt liegt. Richtige Pixel sind grün, falsche rot; was im Aussehensbild kein Gegenstück hat, bleibt grau.',
    inputs: {
      image: 'Das Ergebnis; es wird auf die Größe der Karte gebracht.',
      structure_parts: 'Die Teile des Strukturbilds.',
      appearance: 'Das Aussehensbild.',
      appearance_parts: 'Die Teile des Aussehensbilds.',
    },
    outputs: {
      correspondence: 'Der Anteil der Pixel vom richtigen Teil, 0 bis 1.',
      structure_iou: 'Wie gut die Silhouette erhalten ist, 0 bis 1.',
      appearance_distance:
        'Wie weit Farbe und Textur der Teile auseinanderliegen, in Einheiten von L*a*b*.',
    },
  },
  PictureSimilarity: {
    title: 'Ähnlichkeit (PSNR, SSIM)',
    description:
      'Vergleicht zwei Bilder Pixel für Pixel: das Spitzen-Signal-Rausch-Verhältnis der Farben und die strukturelle Ähnlichkeit der Helligkeit. Ein Bild anderer Größe wird um die Mitte zugeschnitten und skaliert; das wird gemeldet.',
    inputs: { image_a: 'Das Vorbild.', image_b: 'Das Bild, das daran gemessen wird.' },
    outputs: {
      psnr: 'Dezibel; unendlich für gleiche Bilder.',
      ssim: 'Höchstens 1; gleiche Bilder haben 1.',
    },
  },
  ColorDistance: {
    title: 'Farbabstand',
    description:
      'Sagt, wie weit die Farben zweier Bilder auseinanderliegen, gleich wo sie sind: der Abstand der Mittelwerte und Standardabweichungen von L\\*, a\\* und b\\*. Mit Masken zählt nur der Vordergrund. Zu sehen sind beide mittleren Farben.',
    inputs: {
      image_a: 'Ein Bild, etwa das Aussehensbild.',
      image_b: 'Das andere, etwa das Ergebnis.',
      mask_a: 'Wo das erste Bild zählt.',
      mask_b: 'Wo das zweite Bild zählt.',
    },
    outputs: { distance: 'In Einheiten von L*a*b*; 0 bei gleicher Statistik.' },
  },
  GramDistance: {
    title: 'Gram-Abstand',
    description:
      'Sagt, wie verschieden die Texturen zweier Bilder sind, gleich wo sie liegen: der Abstand der Gram-Matrizen auf fünf Skalen. Die Merkmale sind fest und stammen aus keinem Netz: Farben in L\\*a\\*b\\* und ihre ersten und zweiten Differenzen. Die Zahlen sind darum nicht die der Veröffentlichung; vergleichen Sie sie untereinander.',
    inputs: {
      image_a: 'Ein Bild, etwa das Aussehensbild.',
      image_b: 'Das andere, etwa das Ergebnis.',
      mask_a: 'Wo das erste Bild zählt.',
      mask_b: 'Wo das zweite Bild zählt.',
    },
    outputs: { distance: 'Der Abstand; 0 bei gleichen Texturen.' },
  },
  Correspondence: {
    title: 'Entsprechung',
    description:
      'Zeigt, was das Netz in zwei Bildern für dasselbe hält: zu jeder Stelle des einen die Stelle des anderen mit der höchsten bildübergreifenden Aufmerksamkeit. Jede Stelle des Aussehensbilds hat ihre Farbe, die über dem Bild liegt; die erste Karte zeigt, wohin jede Stelle führt, über dem fragenden Bild, wo es verbunden ist, und die Verzerrung holt die Pixel von dort. Betrachtet wird die Selbstaufmerksamkeit des Decoders in einer Schicht und einem Durchgang oder gemittelt über mehrere. Für die Stellen eines Ergebnisses invertieren Sie es und verbinden seinen Zweig.',
    inputs: {
      queries: 'Der Zweig des Bildes, das fragt.',
      appearance: 'Der Zweig des Bildes, in das geschaut wird.',
      image: 'Das Aussehensbild, für die Verzerrung und unter seinen Farben.',
      queries_image:
        'Das Bild, das fragt; es wird unter den Farben der Stellen gezeigt, zu denen es führt.',
      step: 'Der Durchgang, dessen Aufmerksamkeit betrachtet wird.',
      until:
        'Der letzte von mehreren Durchgängen, deren Aufmerksamkeit gemittelt wird; -1 betrachtet nur einen.',
      every: 'Mit until: wie weit die gemittelten Durchgänge auseinanderliegen.',
      head: 'Der betrachtete Kopf; -1 ist der Mittelwert aller.',
      layer:
        'Die betrachtete Selbstaufmerksamkeit des Decoders, benannt wie in der Zeitachse: eine Schicht wie half.1, oder das Mittel aller in der Größe des Latents (full) oder der halben (half); last ist die letzte der vollen.',
    },
    outputs: { IMAGE: 'Die Pixel des Aussehensbilds, jedes an der entsprechenden Stelle.' },
  },
  AttentionMap: {
    title: 'Aufmerksamkeitskarte',
    description:
      'Zeigt, wohin Punkte eines Bildes schauen: im Bild selbst, im Aussehensbild und im Aussehensbild mit Kontrast. **Ein Druck auf die erste Karte** setzt den Punkt, mit Umschalt kommt einer hinzu. Betrachtet wird die Selbstaufmerksamkeit des Decoders in einer Schicht und einem Durchgang oder gemittelt über mehrere. Jede Karte ist so hell wie ihr größtes Gewicht; die Karten mehrerer Punkte werden addiert.',
    inputs: {
      queries: 'Der Zweig des Bildes, das fragt.',
      appearance: 'Der Zweig des Bildes, in das geschaut wird.',
      queries_image: 'Das Bild, das fragt; es wird unter der ersten Karte gezeigt.',
      appearance_image: 'Das Aussehensbild; es wird unter den beiden anderen Karten gezeigt.',
      points:
        'Punkte des ersten Bildes unten, dort durch Drücken gesetzt oder geschrieben als Anteile von Breite und Höhe, von links oben; mehrere mit Semikolon: 0.5 0.4; 0.2 0.7.',
      step: 'Der Durchgang, dessen Aufmerksamkeit betrachtet wird.',
      until:
        'Der letzte von mehreren Durchgängen, deren Aufmerksamkeit gemittelt wird; -1 betrachtet nur einen.',
      every: 'Mit until: wie weit die gemittelten Durchgänge auseinanderliegen.',
      head: 'Der betrachtete Kopf; -1 ist der Mittelwert aller.',
      layer:
        'Die betrachtete Selbstaufmerksamkeit des Decoders, benannt wie in der Zeitachse: eine Schicht wie half.1, oder das Mittel aller in der Größe des Latents (full) oder der halben (half); last ist die letzte der vollen.',
      contrast: 'Der Kontrast der dritten Karte (β).',
      sharpness:
        'Die inverse Temperatur der dritten Karte (τ), wie am Bildübergreifenden U-Net-Schritt; 1 ist das Paper.',
      renormalize:
        'Ob Zeilen der dritten Karte nach dem Kontrast durch ihre Summen geteilt werden.',
      own_keys:
        'Ob die dritte Karte die eigenen Schlüssel des fragenden Bildes neben denen des Aussehensbilds liest, in einem Softmax.',
      foreign_bias: 'Mit eigenen Schlüsseln: wird zu den Logits der fremden addiert.',
      appearance_keys:
        'Die Stellen des Aussehensbilds, die die dritte Karte lesen darf; ohne Maske alle.',
    },
  },
};
