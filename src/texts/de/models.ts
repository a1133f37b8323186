import type { Texts } from '../en/index.js';

/** Die Seite „Modelle“. */
export const models: Texts['models'] = {
  accessDenied: (host, reason) => ({
    sentence: `Der Server ${host} gibt die Datei nicht her: ${reason}.`,
    remedy:
      'Nehmen Sie die Lizenz auf der Seite des Modells an, oder geben Sie auf der Seite „Modelle“ ein Token ein; es bleibt nur im Speicher.',
  }),
  add: 'Modell hinzufügen',
  address: 'Webadresse oder Eigentümer/Name im Hub',
  addressHint: 'https://… oder Eigentümer/Name',
  look: 'Ansehen',
  looking: 'Der Kopf der Datei wird gelesen …',
  chooseFile: 'Datei wählen',
  chooseFolder: 'Ordner wählen',
  privacy:
    'Checkpoints, LoRAs, VAEs und Embeddings als safetensors. Nichts wird gesendet außer der Anfrage nach der Datei.',
  token: 'Zugangstoken',
  tokenHint: (host) =>
    `Geht nur an ${host} und bleibt im Speicher, bis die Seite geschlossen wird.`,
  tryAgain: 'Noch einmal',
  choices: (origin) => `${origin} enthält mehrere Modelle`,
  folder: 'Das ganze Modell (Ordner)',
  halfFolder: 'Das ganze Modell in halber Genauigkeit',
  unknownSize: 'Größe noch unbekannt',
  name: 'Name in den Listen',
  kinds: { checkpoint: 'Checkpoint', lora: 'LoRA', vae: 'VAE', embedding: 'Embedding' },
  families: {
    sd1: 'Stable Diffusion 1.x',
    sd2: 'Stable Diffusion 2.x',
    lora: 'LoRA',
    vae: 'VAE',
    'textual-inversion': 'Textual Inversion',
  },
  missing: {
    vae: 'Ohne VAE: mit „Load VAE“ eines dazunehmen',
    text_encoder: 'Ohne Textkodierer: das CLIP eines anderen Checkpoints nehmen',
  },
  size: 'Größe',
  precision: 'Genauigkeit',
  memory: 'Speicher, wenn geladen',
  memoryText: (full) => `bis zu ${full}`,
  room: 'Platz im Browser',
  tooLittleRoom: (needed, free) =>
    `Der Browser würde noch ${free} aufbewahren, gebraucht werden ${needed}. Löschen Sie Modelle oder schaffen Sie Platz, und sehen Sie es dann neu an.`,
  tooLittleMemory: (needed, there) =>
    `Es braucht ${needed} Arbeitsspeicher, dieses Gerät nennt ${there}. Vielleicht lässt es sich nicht laden.`,
  download: 'Herunterladen',
  copy: 'In den Browser kopieren',
  keep: 'Hinzufügen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  all: 'Downloads',
  progress: (saved, all) => `${saved} von ${all}`,
  speed: (perSecond) => `${perSecond}/s`,
  left: (time) => `noch ${time}`,
  yours: 'Ihre Modelle',
  empty: 'Noch kein eigenes Modell',
  emptyText:
    'Crossweave bringt „creatures“ mit, eine Miniatur, die nur gezeichnete Tiere kennt. Für Fotos fügen Sie einen Checkpoint von Stable Diffusion 1.x hinzu: Geben Sie seine Adresse ein, oder wählen Sie seine .safetensors-Datei.',
  states: {
    ready: 'Bereit',
    locked: 'Braucht Ihre Erlaubnis',
    waiting: 'Wartet',
    arriving: 'Kommt an',
    checking: 'Jedes Gewicht wird geprüft',
    paused: 'Angehalten',
    failed: 'Gescheitert',
    gone: 'Vom Browser gelöscht',
  },
  fetchAgain: 'Noch einmal holen',
  goneText:
    'Der Browser brauchte den Platz und hat gelöscht, was er gespeichert hatte. Es kann noch einmal geholt werden.',
  goneForGood:
    'Der Browser brauchte den Platz und hat gelöscht, was er gespeichert hatte. Löschen Sie diesen Eintrag, und wählen Sie die Datei oder geben Sie ihre Adresse noch einmal ein.',
  comesWhole:
    'Dieser Server sendet Dateien nur von Anfang an: Was angehalten wird oder abbricht, beginnt von vorn.',
  hashed: (done, all) =>
    done === all
      ? `SHA-256 von ${String(all)} ${all === 1 ? 'Teil' : 'Teilen'} aufbewahrt`
      : `${String(done)} von ${String(all)} Teilen mit SHA-256`,
  onDisk: 'wird von Ihrer Platte gelesen',
  from: (origin) => `von ${origin}`,
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  restart: 'Von vorn',
  allow: 'Lesen erlauben',
  remove: 'Löschen',
  removeSure: 'Wirklich löschen?',
  named: (action, name) => `${action}: ${name}`,
  use: 'Benutzen',
  used: (node, name) => `${node} benutzt jetzt „${name}“.`,
  persist: 'Wenn die Platte voll wird, darf der Browser Modelle löschen.',
  persistAsk: 'Um Aufbewahrung bitten',
  persistRefused:
    'Der Browser hat nicht zugestimmt; vielleicht tut er es, wenn Sie die Seite öfter benutzen oder ein Lesezeichen setzen.',
  full: (saved) =>
    `Die Platte oder der Platz, den der Browser dieser Seite gibt, ist voll. ${saved} bleiben: Schaffen Sie Platz und setzen Sie fort, oder löschen Sie sie.`,
  update: 'Eine neuere Fassung von Crossweave ist da.',
  notKept: (reason) =>
    `Die Seite braucht ihren Server: Sie konnte nicht behalten werden (${reason}).`,
  threads: 'Nach einem Neuladen rechnen die Netze auf allen Prozessorkernen.',
  added: (name) => `„${name}“ kann jetzt gewählt werden.`,
};
