import type { Texts } from '../en/index.js';

/** Was vor einem Lauf über ihn bekannt ist. */
export const forecast: Texts['forecast'] = {
  title: 'Vor dem Lauf',
  nodeTitle: 'Vor dem Lauf',
  nothing: 'Noch nichts auszuführen: fügen Sie eine Ausgabe wie „Bild zeigen“ hinzu.',
  looking: 'Die Konfiguration des Modells wird gelesen …',
  total: 'Der ganze Lauf',
  work: 'Arbeit des U-Nets',
  workText: (equivalents, samples, pairs) =>
    pairs === '0'
      ? `${equivalents} Vorwärtsläufe`
      : `${equivalents} Vorwärtsläufe: ${samples} eines Latents, davon ${pairs} gegabelt`,
  other: 'Andere Netze',
  otherText: (passes) => passes.join(', '),
  units: {
    clip: (count) => `Textencoder ${count}×`,
    'vae-encode': (count) => `VAE-Encoder ${count}×`,
    'vae-decode': (count) => `VAE-Decoder ${count}×`,
    unet: (count) => `U-Net ${count}×`,
  },
  time: 'Zeit',
  timeText: (time, device) => `etwa ${time}, so schnell wie frühere Läufe auf ${device}`,
  timePartly: (time, device) => `mindestens ${time} auf ${device}; noch ist nicht alles gemessen`,
  timeUnknown: (device) => `unbekannt: auf ${device} lief mit diesem Modell noch nichts`,
  memory: 'Speicher',
  memoryText: (bytes) => `höchstens etwa ${bytes}`,
  memoryParts: 'Wofür der Speicher ist',
  parts: {
    weights: 'Gewichte, so wie mit ihnen gerechnet wird',
    bank: 'Schlüssel und Werte der Zweige',
    results: 'Ergebnisse, die behalten werden',
    grown: 'Latents und Rauschen der Zweige',
    scratch: 'Der größte Schritt, während er läuft',
  },
  fresh:
    'Gilt für einen Lauf von Anfang an; was von früheren Läufen behalten ist, wird nicht neu berechnet.',
  nodes: 'Knoten für Knoten',
  columns: { node: 'Knoten', gives: 'Gibt', bytes: 'Bytes', work: 'Arbeit', time: 'Zeit' },
  passes: (count) => `${count} Durchgänge`,
  unknown: (reason) => `Unbekannt: ${reason}`,
  shared: 'nichts Eigenes',
  none: '–',
  misfitTitle: 'Dieser Lauf wird wohl nicht hineinpassen',
  refusedTitle: 'Auf diesem Gerät geht dieser Lauf nicht',
  misfit: (what, need, has) => `${what}: gebraucht werden ${need}, vorhanden sind ${has}.`,
  limits: {
    wasm: 'Speicher von WebAssembly',
    device: 'Speicher, den der Browser nennt',
    buffer: 'Größter Puffer der Grafikeinheit',
    weight: 'Größtes Gewicht, das die Grafikeinheit an einem Stück halten muss',
  },
  misfitRemedies: {
    wasm: 'Wählen Sie einen kleineren Checkpoint; auch kleinere Bilder (Breite und Höhe in „VAE-Codieren“) helfen.',
    device:
      'Kleinere Bilder (Breite und Höhe in „VAE-Codieren“) brauchen weit weniger: die halbe Seite ist ein Viertel der Zellen. Auch ein kleinerer Checkpoint hilft.',
    buffer:
      'Kleinere Bilder (Breite und Höhe in „VAE-Codieren“) brauchen kleinere Puffer: die halbe Seite ist ein Viertel der Zellen.',
    weight:
      'Wählen Sie einen kleineren Checkpoint oder einen Browser und ein Gerät mit größeren Puffern.',
  },
  runAnyway: 'Trotzdem ausführen',
  cancel: 'Nicht ausführen',
  close: 'Schließen',
};
