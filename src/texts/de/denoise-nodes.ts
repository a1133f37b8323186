import type { Texts } from '../en/index.js';

/** Die Knoten der Inversion und der Schleife, die entrauscht. */
export const denoiseNodes: Texts['nodes'] = {
  AdaIN: {
    title: 'AdaIN',
    description:
      'Gibt dem Ergebnis die Mittel und Abweichungen der Kanäle, die der Zweig des Aussehens nach demselben Durchgang hat, innerhalb der Vordergrundmasken (Aufsatz, Gl. 5; Methode, Abschnitt 9; `adain_range`, `use_masked_adain` im Referenzcode).\n\nEine Maske anderer Größe wird um ihre Mitte beschnitten und durch nächste Nachbarn angepasst. Liegen weniger als zwei Bildpunkte in einer Maske, zählt das **ganze** Bild, und der Knoten sagt es.',
    inputs: {
      samples: 'Die Latents nach dem Schritt.',
      appearance: 'Der Zweig, dessen Statistik das Ergebnis annimmt.',
      schedule: 'Sagt, in welchen Durchgängen AdaIN wirkt und wie weit.',
      content_mask: 'Wo das Ergebnis geändert wird: der Vordergrund des Strukturbilds.',
      style_mask: 'Woher die Statistik kommt: der Vordergrund des Bilds mit dem Aussehen.',
      structure:
        'Über den Aufsatz hinaus: der Zweig der Struktur macht AdaIN örtlich. Seine Aufmerksamkeit auf das Aussehen gewichtet die Statistik für jede Stelle; style_mask sagt dann nichts. Kostet bis zu zwei Netzläufe je Durchgang.',
    },
    outputs: { samples: 'Die Latents mit der Statistik des Aussehens.' },
  },
  AppearanceGuidance: {
    title: 'Führung zum Aussehen',
    description:
      'Übertreibt die Änderung, die fremde Schlüssel und Werte bewirkt haben: das Rauschen des gewöhnlichen Durchgangs plus *Stärke* mal dem Unterschied zum bildübergreifenden.',
    inputs: {
      cross: 'Das Rauschen, vorausgesagt mit bildübergreifender Aufmerksamkeit.',
      self: 'Das Rauschen, vorausgesagt mit dem gewöhnlichen Netz.',
      schedule: 'Gibt die Stärke jedes Durchgangs.',
    },
    outputs: { noise_pred: 'Das geführte Rauschen.' },
  },
  CrossImageUNetStep: {
    title: 'Bildübergreifender U-Net-Schritt',
    description:
      'Führt das U-Net auf dem Ergebnis aus, wobei die Selbstaufmerksamkeit der zwei feinsten Decodergrößen **Schlüssel und Werte eines anderen Bilds** liest, und noch einmal, wie es ist: die Anfragen fragen mit der Struktur, die Antworten kommen vom Aussehen (Aufsatz, Abschnitt 3.1; Methode, Abschnitt 6; `perform_swap` und `contrast_strength` im Referenzcode).\n\nEine Quelle mit **Maske** lesen nur die Anfragen darin; außerhalb wird das Aussehen gelesen, und außerhalb von dessen eigener Maske das Eigene. Wann, sagt die Maskenspur des Zeitplans. Eine Maske wird um ihre Mitte beschnitten und durch nächste Nachbarn auf das Raster der Schicht gebracht; Werte zwischen 0 und 1 mischen.\n\nWas beide Durchgänge gemeinsam haben, wird einmal berechnet. Wo nichts gemischt wird, gibt es einen Durchgang, und gar keinen, solange das Ergebnis noch dem Zweig der Struktur gleicht.',
    inputs: {
      model: 'Das Modell, das das Rauschen voraussagt.',
      positive: 'Was die Bilder zeigen.',
      samples: 'Die Latents des Ergebnisses vor dem Durchgang.',
      step: 'Der Durchgang, vom Anfang der Zone.',
      schedule: 'Sagt, wessen Schlüssel und Werte jede Größe in diesem Durchgang liest.',
      appearance: 'Der Zweig des Bilds, dessen Aussehen gewünscht ist.',
      structure: 'Der Zweig des Bilds, dessen Form bleibt, für Zeitpläne, die auch ihn lesen.',
      reference_c: 'Der Zweig eines weiteren Bilds, den Spuren c nennen.',
      reference_d: 'Der Zweig eines weiteren Bilds, den Spuren d nennen.',
      reference_e: 'Der Zweig eines weiteren Bilds, den Spuren e nennen.',
      reference_f: 'Der Zweig eines weiteren Bilds, den Spuren f nennen.',
      appearance_mask: 'Wo das Ergebnis das Aussehen liest; sonst liest es sich selbst.',
      structure_mask: 'Wo das Ergebnis die Struktur liest; sonst liest es das Aussehen.',
      mask_c: 'Wo das Ergebnis c liest; sonst liest es das Aussehen.',
      mask_d: 'Wo das Ergebnis d liest; sonst liest es das Aussehen.',
      mask_e: 'Wo das Ergebnis e liest; sonst liest es das Aussehen.',
      mask_f: 'Wo das Ergebnis f liest; sonst liest es das Aussehen.',
      sharpness:
        'Über den Aufsatz hinaus: τ in softmax(τ · Q · Kᵀ / √d) auf fremden Schlüsseln, eine inverse Temperatur. 1 ist der Aufsatz; mit Kontrast 1 tritt sie an dessen Stelle.',
      renormalize:
        'Über den Aufsatz hinaus: teilt jede Zeile der kontrastierten Aufmerksamkeit durch ihre Summe, die das Beschneiden über 1 lässt.',
      appearance_keys:
        'Über den Aufsatz hinaus: die Stellen des Aussehens, die gelesen werden dürfen, etwa sein Tier; ohne Maske oder mit leerer alle.',
      own_keys:
        'Über den Aufsatz hinaus: liest die eigenen Schlüssel des Ergebnisses neben den fremden; was kein Gegenstück findet, bleibt, wie es ist.',
      foreign_bias:
        'Mit eigenen Schlüsseln: kommt zu den Logits der fremden hinzu. Über 0 werden sie bevorzugt, unter 0 die eigenen.',
      weight_c:
        'Über den Aufsatz hinaus: liest c neben dem Aussehen, wo immer dieses gelesen wird; jeder Schlüssel zählt so viele Male. 0 lässt es weg.',
      weight_d:
        'Über den Aufsatz hinaus: liest d neben dem Aussehen, wo immer dieses gelesen wird; jeder Schlüssel zählt so viele Male. 0 lässt es weg.',
      weight_e:
        'Über den Aufsatz hinaus: liest e neben dem Aussehen, wo immer dieses gelesen wird; jeder Schlüssel zählt so viele Male. 0 lässt es weg.',
      weight_f:
        'Über den Aufsatz hinaus: liest f neben dem Aussehen, wo immer dieses gelesen wird; jeder Schlüssel zählt so viele Male. 0 lässt es weg.',
    },
    outputs: {
      cross: 'Das Rauschen, vorausgesagt mit fremden Schlüsseln und Werten.',
      self: 'Das Rauschen, vorausgesagt mit den eigenen.',
    },
  },
  DDPMStep: {
    title: 'DDPM-Schritt',
    description:
      'Macht einen Schritt zurück mit der gespeicherten Rauschkarte des Strukturbilds: `x_prev = A x + B eps + sigma z` (DDIM mit eta 1; Methode, Abschnitt 11.3; der Rückschritt mit `zs` im Referenzcode). Die Vorschau zeigt das saubere Bild, auf das der Schritt zugeht.',
    inputs: {
      samples: 'Die Latents vor dem Schritt.',
      noise_pred: 'Das für diese Latents vorausgesagte Rauschen.',
      step: 'Der Durchgang, vom Anfang der Zone.',
      noise: 'Die Inversion, deren Rauschkarten dazukommen: die des Strukturbilds.',
    },
    outputs: { samples: 'Die Latents nach dem Schritt.' },
  },
  DenoiseEnd: {
    title: 'Entrauschen: Ende',
    description:
      'Schließt die Zone des Entrauschens: was hier ankommt, geht zum nächsten Durchgang am *Anfang*, nach dem letzten Durchgang aus der Zone hinaus. Die Knoten dazwischen sind der Körper der Schleife.',
    inputs: { samples: 'Die Latents nach diesem Durchgang.' },
    outputs: { samples: 'Die Latents nach dem letzten Durchgang.' },
  },
  DenoiseStart: {
    title: 'Entrauschen: Anfang',
    description:
      'Öffnet die Zone des Entrauschens: jeder Knoten bis zu ihrem *Ende* läuft einmal je Durchgang, vom verrauschten Latent der Inversion bis zum sauberen Bild (Methode, Abschnitt 11.3; die Schleife über `zs[skip_steps:]` im Referenzcode).\n\nDas Latent, das von Durchgang zu Durchgang geht, beginnt als invertiertes Latent des **Strukturbilds**.',
    inputs: {
      inversion: 'Die Inversion des Strukturbilds: wo das Ergebnis beginnt.',
      start_at:
        'Der erste Durchgang; vor dem ersten mischenden gleicht das Ergebnis dem Strukturbild, es geht also nichts verloren, wenn man dort beginnt und die Latents die invertierten sind.',
      end_at: 'Eins hinter dem letzten Durchgang; mehr als es Durchgänge gibt bedeutet alle.',
    },
    outputs: {
      step: 'Nummer, Zeitschritt und Faktoren des Durchgangs.',
      samples: 'Die Latents vor dem Durchgang.',
    },
  },
  InjectionSchedule: {
    title: 'Einspeisungsplan',
    description:
      'Sagt, was jeder Durchgang der Schleife tut: wessen **Schlüssel und Werte** die zwei feinsten Decodergrößen lesen (eigene, die des Aussehens, die der Struktur), wie stark die Aufmerksamkeit geschärft wird, wie weit die Führung geht und wann AdaIN wirkt (Methode, Abschnitte 3, 6, 7 und 9).\n\nIm Referenzcode: `cross_attn_32_range`, `cross_attn_64_range`, `contrast_strength`, `swap_guidance_scale`, `adain_range` und die feste Regel `step % 5 == 0 and step < 40`.\n\nDer Zeitplan (T) malt ihn Durchgang für Durchgang. Gemaltes wird als Text einer **Spur** behalten, etwa `app 11..67; struct 11..36/5`; eine Spur mit Text gilt vor den Bereichen, für die sie steht, und zählt die Durchgänge, wie sie sind, ohne Verzug. `c` bis `f` sind weitere Bilder des bildübergreifenden U-Net-Schritts.\n\nVorlagen: *official* tut, was jener Code tut, Verzug um einen Durchgang und Begrenzung inbegriffen; *paper*, was der Aufsatz sagt; *consistent* ist derselbe Plan für invertierte Zweige.',
    inputs: {
      steps: 'Zahl der Zeitschritte; dieselbe wie in der Inversion.',
      skip_steps:
        'Wie viele der am stärksten verrauschten Zeitschritte ausgelassen werden; wie in der Inversion.',
      lag: 'Um wie viele Durchgänge die Bereiche der Schlüssel und Werte spät wirken: 1 im Referenzcode, dessen Schichten den Zähler des vorigen Durchgangs lesen.',
      half_start: 'Erster Schritt, der bei halber Seite des Latents mischt (32 mal 32 in SD 1.5).',
      half_end: 'Eins hinter dem letzten Schritt, der bei halber Seite des Latents mischt.',
      full_start: 'Erster Schritt, der bei voller Seite des Latents mischt (64 mal 64 in SD 1.5).',
      full_end: 'Eins hinter dem letzten Schritt, der bei voller Seite des Latents mischt.',
      structure_every:
        'Alle so viele Schritte werden Schlüssel und Werte der Struktur statt derer des Aussehens gelesen; 0 heißt nie.',
      structure_until: 'Schlüssel und Werte der Struktur werden nur vor diesem Schritt gelesen.',
      contrast:
        'Wie stark die Aufmerksamkeit geschärft wird, wo fremde Schlüssel gelesen werden (β); 1 lässt sie, wie sie ist.',
      clip: 'Begrenzt geschärfte Aufmerksamkeit auf 0..1, wie der Referenzcode; der Aufsatz tut das nicht, was schneller ist.',
      contrast_on_structure:
        'Schärft die Aufmerksamkeit auch, wo Schlüssel der Struktur gelesen werden.',
      guidance:
        'Wie weit die Änderung durch fremde Schlüssel im ersten Durchgang übertrieben wird (α); 1 oder weniger schaltet die Führung ab.',
      guidance_end: 'Dasselbe für den letzten Durchgang; dazwischen geht es gerade.',
      guidance_start_at: 'Erster geführter Durchgang.',
      guidance_end_at: 'Letzter geführter Durchgang.',
      adain_start: 'Erster Durchgang, nach dem AdaIN wirkt.',
      adain_end: 'Eins hinter dem letzten Durchgang, nach dem AdaIN wirkt.',
      full_lane:
        'Wessen Schlüssel und Werte die volle Seite des Latents liest, Durchgang für Durchgang: app 11..67; struct 11..36/5. Leer heißt nach den Bereichen.',
      half_lane: 'Dasselbe bei halber Seite des Latents. Leer heißt nach den Bereichen.',
      contrast_lane: 'Kontrast je Durchgang: 1.67@0 lin 1@67. Leer heißt die eine Zahl oben.',
      guidance_lane:
        'Führung je Durchgang: 3.5@0 lin 1.75@67; off 0..9. Leer heißt nach den Zahlen oben.',
      adain_lane:
        'Wie weit AdaIN geht, 0 bis 1: 1@0 lin 0.4@67; off 0..19. Leer heißt ganz, nach dem Bereich oben.',
      mask_lane:
        'Welche Masken des bildübergreifenden U-Net-Schritts wirken: none; struct 11..36; app+struct 37..67. Leer heißt alle verbundenen.',
      layer_lanes:
        'Spuren einzelner Decoderschichten, eine je Zeile, statt der ihrer Größe: half.0: app 11..67; und Masken einzelner Spuren: full.mask: struct 11..36.',
    },
    outputs: { SCHEDULE: 'Was jeder Durchgang tut, eine Scheibe je Durchgang.' },
  },
  DDPMInversion: {
    title: 'DDPM-Inversion',
    description:
      'Findet für jeden benutzten Zeitschritt eine verrauschte Fassung `x_t` des Bilds und die Rauschkarte `z_t`, mit der der Sampler von einer zur nächsten kommt: bearbeitungsfreundliche DDPM-Inversion (Huberman-Spiegelglas et al.; Methode, Abschnitt 11.2; `xts` und `zs` im Referenzcode).\n\nMit *cfg* über 1 wird jeder Zeitschritt jetzt ausgewertet, mit und ohne Beschreibung. Mit *cfg* 1, der Vorlage `consistent`, entstehen Rauschkarten, wenn ein Durchgang zum ersten Mal danach fragt, aus eben der Voraussage, die ein *Referenzzweig* dort braucht; nichts wird doppelt berechnet.',
    inputs: {
      model: 'Das Modell, das das Rauschen voraussagt.',
      positive: 'Was das Bild zeigt.',
      negative:
        'Wovon die Führung durch Text weggeht: die leere Beschreibung im Referenzcode. Nötig, außer cfg ist 1.',
      samples: 'Die Latents des Bilds.',
      steps: 'Zahl der Zeitschritte.',
      skip_steps:
        'Wie viele der am stärksten verrauschten Zeitschritte ausgelassen werden; mehr erhält mehr vom Bild.',
      cfg: 'Führung der Inversion durch Text; 1 nimmt allein die Voraussage zur Beschreibung.',
      seed: 'Startwert des Rauschens; dieselben Zahlen, die torch auf CUDA zieht.',
      noise_stream:
        'Welcher Teil des Rauschens zum Startwert: 0 für das Bild mit dem Aussehen, 1 für das Strukturbild, wie der Referenzcode sie zieht.',
    },
    outputs: { INVERSION: 'Die verrauschten Latents und Rauschkarten jedes Durchgangs.' },
  },
  ReferenceBranch: {
    title: 'Referenzzweig',
    description:
      'Ein Bild auf seinem Weg vom Rauschen zurück zu sich: für jeden Durchgang seine Latents und, auf Verlangen, die **Schlüssel und Werte** der Selbstaufmerksamkeit des Decoders, die das Ergebnis liest (Methode, Abschnitte 3.4 und 11.3; die Einträge für Aussehen und Struktur im Stapel des Referenzcodes).\n\nEr hängt nie vom Ergebnis ab; ein Zweig dient vielen Ergebnissen. Nichts wird berechnet, bevor ein Durchgang danach fragt.',
    inputs: {
      model: 'Das Modell, das das Rauschen voraussagt.',
      positive: 'Was das Bild zeigt.',
      inversion: 'Die Inversion des Bilds.',
      source:
        'Woher die Latents kommen: noch einmal mit dem gespeicherten Rauschen entrauscht, wie im Referenzcode, oder die invertierten, wie sie sind; mit cfg 1 der Inversion ist das dasselbe.',
    },
    outputs: { REFERENCE: 'Der Zweig, eine Scheibe je Durchgang.' },
  },
};
