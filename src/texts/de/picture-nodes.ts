import type { Texts } from '../en/index.js';

/** Die Knoten vor und nach der Schleife: Modelle, Bilder, Latents, Masken. */
export const pictureNodes: Texts['nodes'] = {
  CLIPTextEncode: {
    title: 'Text codieren (CLIP)',
    description:
      'Macht aus einer Beschreibung die Einbettungen, die das U-Net liest. Die Methode will einen schlichten Satz, der nennt, was beide Bilder zeigen, etwa *a photo of an animal*; nach dessen Hauptwort sucht auch die Selbstsegmentierung.',
    inputs: {
      clip: 'Der Textencoder des Checkpoints.',
      text: 'Was die Bilder zeigen; ein leerer Text ist die bedingungslose Beschreibung.',
    },
    outputs: { CONDITIONING: 'Die codierte Beschreibung.' },
  },
  CompareImages: {
    title: 'Bilder vergleichen',
    description:
      'Legt ein Bild über ein anderes, mit einer verschiebbaren Trennlinie: das Strukturbild neben dem Ergebnis zeigt, was erhalten blieb.',
    inputs: {
      image_a: 'Das Bild links der Trennlinie.',
      image_b: 'Das Bild rechts der Trennlinie.',
    },
  },
  ContactSheet: {
    title: 'Kontaktbogen',
    description:
      'Legt bis zu sechzehn Bilder in Reihen: Strukturen gegen Aussehensbilder (Paper, Abbildung 6), mehrere Startwerte (Abbildung 11) oder die Schritte einer Ablation (Abbildung 10). Jeder Platz ist so groß wie das erste Bild; andere werden um die Mitte zugeschnitten und skaliert, was gemeldet wird.\n\nBilder eines Bogens dürfen Zweige und Inversionen teilen: Was mehrere brauchen, wird einmal berechnet.',
    inputs: {
      columns: 'Bilder in einer Reihe.',
      image_1: tile(1),
      image_2: tile(2),
      image_3: tile(3),
      image_4: tile(4),
      image_5: tile(5),
      image_6: tile(6),
      image_7: tile(7),
      image_8: tile(8),
      image_9: tile(9),
      image_10: tile(10),
      image_11: tile(11),
      image_12: tile(12),
      image_13: tile(13),
      image_14: tile(14),
      image_15: tile(15),
      image_16: tile(16),
    },
    outputs: { IMAGE: 'Alle Bilder als eines.' },
  },
  Creature: {
    title: 'Tier',
    description:
      'Zeichnet ein Tier: die Bilder, an denen das eingebaute Modell gelernt hat, und so viele weitere, wie es Startwerte gibt. Dazu kommen eine **genaue Silhouette** und eine **Karte seiner Teile**, sodass sich eine Übertragung zwischen zwei Tieren bewerten lässt.\n\nWas auf *any* steht, entscheidet der Startwert; gleiche Einstellungen zeichnen überall dieselben Bytes. Startwerte ab 1 000 000 kamen im Training nicht vor.',
    inputs: {
      seed: 'Entscheidet alles, was unten nicht eingestellt ist.',
      looks_seed: 'Nimmt Farben und Muster eines anderen Startwerts; -1 behält die des eigenen.',
      size: 'Breite und Höhe; das eingebaute Modell hat bei 128 gelernt.',
      species: 'Der Körperbau.',
      pose: 'Wie es dasteht.',
      facing: 'Wohin es schaut.',
      pattern: 'Das Muster von Rumpf und Hals.',
      ground: 'Worauf es steht.',
      legs: 'Vervielfacht die Länge der Beine.',
      neck: 'Vervielfacht die Länge des Halses.',
      body: 'Vervielfacht die Länge des Rumpfs.',
      head: 'Vervielfacht die Größe des Kopfes.',
      neck_turn: 'Hebt den Hals; unter null senkt er sich.',
    },
    outputs: {
      IMAGE: 'Das Bild.',
      MASK: 'Die Silhouette: 1, wo das Tier ist.',
      PARTS: 'Der Teil, zu dem jedes Pixel gehört.',
      caption: 'Was das Bild zeigt, in Wörtern, die das eingebaute Modell kennt.',
    },
  },
  PartMask: {
    title: 'Maske eines Teils',
    description:
      'Macht aus einer Karte der Teile eine Maske: von einem Teil, vom ganzen Motiv oder von dem, was dahinter liegt. Ein Teil, den das Bild nicht zeigt, gibt eine leere Maske; das wird gemeldet.',
    inputs: {
      parts: 'Die Karte der Teile, etwa die eines Tiers.',
      part: 'Was die Maske enthält.',
    },
    outputs: { MASK: 'Der gewählte Teil als 0 und 1.' },
  },
  LoadImage: {
    title: 'Bild laden',
    description:
      'Liest eines Ihrer Bilder. Durchsichtige Teile liegen auf **Weiß**, und die Deckkraft selbst kommt als Maske heraus: ein freigestelltes Motiv bringt seine Vordergrundmaske für AdaIN mit.',
    inputs: { image: 'Der Name des Bildes.' },
    outputs: {
      IMAGE: 'Das Bild, durchsichtige Teile auf Weiß.',
      MASK: 'Die Deckkraft: 1, wo das Bild deckt, 0, wo es durchsichtig ist; überall 1 ohne Durchsichtigkeit.',
    },
  },
  PreviewImage: {
    title: 'Bild zeigen',
    description: 'Zeigt ein Bild auf dem Knoten. Gespeichert wird nichts.',
    inputs: { images: 'Das Bild, das zu sehen sein soll.' },
  },
  SaveImage: {
    title: 'Bild sichern',
    description: 'Hebt ein Bild als PNG unter Ihren Bildern auf und zeigt es auf dem Knoten.',
    inputs: {
      images: 'Das Bild, das aufgehoben werden soll.',
      filename_prefix: 'Der Name der Datei; ist er vergeben, kommt eine Zahl dazu.',
    },
  },
  VAEDecode: {
    title: 'VAE-Decodieren',
    description: 'Macht mit dem Decoder des Autoencoders aus Latents ein Bild.',
    inputs: {
      samples: 'Die Latents eines Bildes.',
      vae: 'Der Autoencoder, zu dem die Latents gehören.',
    },
    outputs: { IMAGE: 'Das Bild.' },
  },
  VAEEncode: {
    title: 'VAE-Codieren',
    description:
      'Macht aus einem Bild Latents: den häufigsten Wert der Verteilung, skaliert, ohne zu würfeln (Methode, Abschnitt 5).\n\nZuvor wird das Bild um seine Mitte auf das Verhältnis von *width* zu *height* beschnitten und mit einem geglätteten bikubischen Filter verkleinert, wie im Referenzcode. Der Knoten zeigt, was das Modell sieht.',
    inputs: {
      pixels: 'Das Bild, in beliebiger Größe.',
      vae: 'Der Autoencoder des Checkpoints.',
      width:
        'Breite in Bildpunkten, ein Vielfaches von 64; 0 nimmt die Größe, für die der Checkpoint gemacht ist.',
      height:
        'Höhe in Bildpunkten, ein Vielfaches von 64; 0 nimmt die Größe, für die der Checkpoint gemacht ist.',
    },
    outputs: { LATENT: 'Die Latents des Bildes.' },
  },
  LoadCheckpoint: {
    title: 'Checkpoint laden',
    description:
      'Lädt einen Checkpoint von Stable Diffusion 1.x oder 2.x: das entrauschende U-Net, den Textencoder und den Autoencoder. Ein Ordner nach Art von diffusers und eine einzelne `.safetensors`-Datei taugen gleichermaßen. Nichts wird umgewandelt; die Gewichte werden benutzt, wie sie in der Datei liegen.',
    inputs: {
      ckpt_name: 'Der Name des Checkpoints; `creatures` ist der kleine, der mit Crossweave kommt.',
      prediction_type:
        'Was das U-Net voraussagt. *auto* glaubt den Dateien; manche 2.x-Dateien sagen es nicht und ergeben farbiges Rauschen, wenn falsch geraten wird.',
      ema: 'Nimmt die gemittelten Gewichte (EMA) einer Datei, die beide hat; die anderen nimmt diffusers.',
    },
    outputs: {
      MODEL: 'Das U-Net, das das Rauschen voraussagt.',
      CLIP: 'Der Textencoder, der aus Beschreibungen Einbettungen macht.',
      VAE: 'Der Autoencoder, der aus Bildern Latents macht und umgekehrt.',
    },
  },
  LoadLoRA: {
    title: 'LoRA laden',
    description:
      'Fügt den Gewichten eines Modells und seines Textencoders hinzu, was eine LoRA gelernt hat. Dateien aus den Skripten von kohya, aus diffusers und PEFT taugen gleichermaßen. Addiert wird einmal, wenn die Gewichte in den Speicher kommen; ein Lauf kostet nicht mehr. Mehrere dürfen einander folgen.',
    inputs: {
      model: 'Das Modell, das geändert werden soll.',
      clip: 'Der Textencoder, der geändert werden soll.',
      lora_name: 'Der Name der LoRA-Datei.',
      strength_model: 'Faktor für das, was zum U-Net kommt; 0 lässt es, wie es ist.',
      strength_clip: 'Faktor für das, was zum Textencoder kommt; 0 lässt ihn, wie er ist.',
    },
    outputs: { MODEL: 'Das geänderte Modell.', CLIP: 'Der geänderte Textencoder.' },
  },
  LoadVAE: {
    title: 'VAE laden',
    description:
      'Lädt einen Autoencoder für sich: eine `.safetensors`-Datei in beiden Anordnungen, einen Ordner mit `config.json` oder den aus einem Checkpoint. Für Checkpoints ohne eigenen, oder um einen anderen zu nehmen.',
    inputs: { vae_name: 'Der Name des Autoencoders.' },
    outputs: { VAE: 'Der Autoencoder, der aus Bildern Latents macht und umgekehrt.' },
  },
  LoadEmbedding: {
    title: 'Embedding laden',
    description:
      'Bringt einem Textencoder ein Wort aus einer Textual Inversion bei. Schreiben Sie in Prompts `embedding:name` oder `<name>`, wo es hingehört; der Name ist der in der Liste, der der Datei oder das Wort, unter dem trainiert wurde. Mehrere dürfen einander folgen.',
    inputs: {
      clip: 'Der Textencoder, der das Wort lernt.',
      embedding_name: 'Der Name der Embedding-Datei.',
    },
    outputs: { CLIP: 'Der Textencoder, der auch das Wort kennt.' },
  },
  PreviewDecoder: {
    title: 'Vorschau-Decoder',
    description:
      'Zeigt Latents unterwegs durch einen kleinen Autoencoder (TAESD), schärfer als die Farben, die ohne einen zu sehen sind. Das fertige Bild decodiert weiterhin der Autoencoder selbst. Ein Modell, in dessen Ordner eine `taesd_decoder.safetensors` liegt, kann das ohne diesen Node.',
    inputs: {
      vae: 'Der Autoencoder, der Latents und Bilder macht.',
      preview_name:
        'Der Name des kleinen Autoencoders, in der Anordnung von diffusers oder wie er veröffentlicht wurde.',
    },
    outputs: { VAE: 'Der Autoencoder, dessen Latents der kleine zeigt.' },
  },
  LoadMask: {
    title: 'Maske laden',
    description:
      'Liest einen Kanal eines Bildes als Maske: ein von Hand gezeichneter Vordergrund statt der Selbstsegmentierung. Das Bild darf beliebig groß sein; eine Maske kommt dort, wo sie gebraucht wird, durch nächste Nachbarn auf die Größe der Latents.',
    inputs: {
      image: 'Der Name des Bildes.',
      channel: 'Der Kanal, dessen Helligkeit die Maske ist: 0 ist Hintergrund, 255 Vordergrund.',
    },
    outputs: { MASK: 'Der Kanal als Werte von 0 bis 1.' },
  },
  PaintMask: {
    title: 'Maske malen',
    description:
      'Eine Maske, die Sie auf ein Bild **malen**: mit Maus, Stift oder Finger, oder mit den Pfeiltasten. Sie steht im Graphen selbst, mit bis zu 128 Zellen je Seite; ein geteilter Graph bringt seine Maske mit.\n\nSolange nichts gemalt ist, kommt heraus, was mit `base` verbunden ist. Damit beginnt auch das Malen: Ist eine *Maske aus Selbstsegmentierung* verbunden, bietet der Editor ihre Teile an, jeden mit der Wertung des Worts, zum Auswählen und Verbessern von Hand.',
    inputs: {
      base: 'Was herauskommt, solange nichts gemalt ist, und womit das Malen beginnt.',
      image: 'Das Bild, auf das gemalt wird; an der Maske ändert es nichts.',
      mask: 'Was gemalt wurde: die Größe und Läufe von Zellen; leer heißt noch nichts.',
    },
    outputs: { MASK: 'Das Gemalte als Werte von 0 bis 1.' },
  },
  SelfSegmentationMask: {
    title: 'Maske aus Selbstsegmentierung',
    description:
      'Findet den Vordergrund aus der Aufmerksamkeit des Netzes selbst: k-means auf der **Selbstaufmerksamkeit** der feinsten Decoderschicht zerlegt das Bild in Teile; Teile, in denen die **Textaufmerksamkeit** des Hauptworts heraussticht, sind Vordergrund (Patashnik et al., *Prompt Mixing*; Methode, Abschnitt 10; `domain_name`, `object_noun` im Referenzcode).\n\nEine leere Maske, oder ein Wort, das in der Beschreibung fehlt, wird gemeldet und hält den Lauf nicht an: AdaIN nimmt dann das ganze Bild. Wo diese Maske versagt, zeichnen Sie eine eigene und laden sie mit *Maske laden*.',
    inputs: {
      reference: 'Der Zweig des Bildes.',
      positive: 'Die Beschreibung, deren Wörter das Netz auf das Bild bezogen hat.',
      noun: 'Das Wort der Beschreibung, das den Vordergrund nennt; von mehreren zählt jedes.',
      step: 'Der Durchgang, dessen Aufmerksamkeit betrachtet wird: 20 im Referenzcode.',
      clusters:
        'In wie viele Teile das Bild zerlegt wird: 5 im Referenzcode; das eingebettete Modell, dessen Aufmerksamkeit die Teile eines Tiers sammelt, will 12.',
      threshold:
        'Ein Teil ist Vordergrund, wenn dort die Aufmerksamkeit des Worts das Mittel der anderen um diesen Faktor übertrifft; weniger nimmt mehr dazu.',
      restarts: 'Wie oft k-means von vorn beginnt; das beste Ergebnis zählt.',
      seed: 'Startwert der Anfänge von k-means.',
    },
    outputs: {
      MASK: 'Der Vordergrund, in der Größe der Latents.',
      clusters:
        'Die Teile, in die das Bild zerlegt wurde, mit der Wertung des Worts in jedem, für den Maskeneditor.',
    },
  },
  FreeU: {
    title: 'FreeU',
    description:
      'Stärkt das Rückgrat des Decoders und dämpft seine tiefsten Frequenzen (Si et al., *FreeU*).\n\nDies ist die Abart aus dem Code von Cross-Image Attention: sie wirkt auf den **Eingang jedes Decoderblocks**, nicht auf die Abkürzungen; ihre Zahlen sind mit denen anderer FreeU-Knoten nicht vergleichbar. Der Aufsatz nennt keine Zahlen; diese stehen in seinem Code. Ohne den Knoten läuft das Netz, wie es ist.',
    inputs: {
      model: 'Das Modell, das gestärkt werden soll.',
      b1: 'Faktor für die Hälfte der Kanäle in jedem Decoderblock außer dem letzten.',
      b2: 'Faktor für die Hälfte der Kanäle im letzten Decoderblock.',
      s1: 'Faktor für die tiefsten Frequenzen in jedem Decoderblock außer dem letzten.',
      s2: 'Faktor für die tiefsten Frequenzen im letzten Decoderblock.',
    },
    outputs: { MODEL: 'Dasselbe Modell, mit diesen Faktoren ausgeführt.' },
  },
};

function tile(number: number): string {
  return `Bild ${String(number)}, Reihe für Reihe gezählt; ohne Bild bleibt sein Platz leer.`;
}
