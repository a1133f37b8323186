/** The Models tab. */
export const models = {
  accessDenied: (host: string, reason: string) => ({
    sentence: `The server ${host} does not give the file: ${reason}.`,
    remedy:
      'Accept the licence on the model’s page, or type a token in the Models tab; it is kept in memory only.',
  }),
  add: 'Add a model',
  address: 'Web address, or owner/name on the Hub',
  addressHint: 'https://… or owner/name',
  look: 'Look',
  looking: 'Reading the header…',
  chooseFile: 'Choose a file',
  chooseFolder: 'Choose a folder',
  privacy:
    'Checkpoints, LoRAs and VAEs as safetensors. Nothing is sent anywhere but the request for the file.',
  token: 'Access token',
  tokenHint: (host: string) => `Sent to ${host} only, kept in memory until the page is closed.`,
  tryAgain: 'Try again',
  choices: (origin: string) => `${origin} holds several models`,
  folder: 'The whole model (folder)',
  halfFolder: 'The whole model in half precision',
  unknownSize: 'size not known yet',
  name: 'Name in the lists',
  kinds: { checkpoint: 'Checkpoint', lora: 'LoRA', vae: 'VAE' },
  families: {
    sd1: 'Stable Diffusion 1.x',
    sd2: 'Stable Diffusion 2.x',
    lora: 'LoRA',
    vae: 'VAE',
  } as Readonly<Record<string, string>>,
  missing: {
    vae: 'No VAE inside: add one with Load VAE',
    text_encoder: 'No text encoder inside: use another checkpoint’s CLIP',
  } as Readonly<Record<string, string>>,
  size: 'Size',
  precision: 'Precision',
  memory: 'Memory when loaded',
  memoryText: (full: string) => `up to ${full}`,
  room: 'Room in the browser',
  tooLittleRoom: (needed: string, free: string) =>
    `The browser would store ${free} more, and this needs ${needed}. Delete models or free the disk, then look again.`,
  tooLittleMemory: (needed: string, there: string) =>
    `It needs ${needed} of memory, and this device tells of ${there}. It may not load.`,
  download: 'Download',
  copy: 'Copy into the browser',
  keep: 'Add',
  cancel: 'Cancel',
  close: 'Close',
  all: 'Downloads',
  progress: (saved: string, all: string) => `${saved} of ${all}`,
  speed: (perSecond: string) => `${perSecond}/s`,
  left: (time: string) => `${time} left`,
  yours: 'Your models',
  empty: 'No model of yours yet',
  emptyText:
    'Crossweave comes with “creatures”, a miniature that knows drawn animals only. For photographs add a Stable Diffusion 1.x checkpoint: type its address, or choose its .safetensors file.',
  states: {
    ready: 'Ready',
    locked: 'Needs your leave',
    waiting: 'Waiting',
    arriving: 'Arriving',
    checking: 'Checking every weight',
    paused: 'Paused',
    failed: 'Failed',
    gone: 'Cleared by the browser',
  },
  fetchAgain: 'Fetch again',
  goneText: 'The browser needed the room and cleared what it had stored. It can be fetched again.',
  goneForGood:
    'The browser needed the room and cleared what it had stored. Delete this, then choose the file or type its address again.',
  comesWhole:
    'This server sends files from the beginning only: a download that is paused or breaks off begins anew.',
  hashed: (done: number, all: number) =>
    done === all
      ? `SHA-256 of ${String(all)} ${all === 1 ? 'part' : 'parts'} kept`
      : `${String(done)} of ${String(all)} parts hashed`,
  onDisk: 'read from your disk',
  from: (origin: string) => `from ${origin}`,
  pause: 'Pause',
  resume: 'Resume',
  restart: 'Start over',
  allow: 'Allow reading',
  remove: 'Delete',
  removeSure: 'Really delete?',
  named: (action: string, name: string) => `${action}: ${name}`,
  use: 'Use',
  used: (node: string, name: string) => `${node} uses “${name}” now.`,
  persist: 'The browser may clear models when the disk fills up.',
  persistAsk: 'Ask it to keep them',
  persistRefused:
    'The browser did not agree; it may after you have used this page more, or bookmarked it.',
  full: (saved: string) =>
    `The disk, or the room the browser gives this page, is full. ${saved} are kept: make room and resume, or delete them.`,
  update: 'A newer version of Crossweave is ready.',
  notKept: (reason: string) => `The page needs its server: it could not be kept (${reason}).`,
  threads: 'After a reload networks run on all processor cores.',
  added: (name: string) => `“${name}” can be chosen now.`,
};
