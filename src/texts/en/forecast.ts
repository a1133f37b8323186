/** What is known of a run before it starts. */
export const forecast = {
  title: 'Before running',
  nodeTitle: 'Before running',
  nothing: 'Nothing to run yet: add an output node such as Preview Image.',
  looking: 'Reading the configuration of the model…',
  total: 'The whole run',
  work: 'U-Net work',
  workText: (equivalents: string, samples: string, pairs: string) =>
    pairs === '0'
      ? `${equivalents} forwards`
      : `${equivalents} forwards: ${samples} of one latent, ${pairs} of them forked`,
  other: 'Other networks',
  otherText: (passes: readonly string[]) => passes.join(', '),
  units: {
    clip: (count: string) => `text encoder ${count}×`,
    'vae-encode': (count: string) => `VAE encoder ${count}×`,
    'vae-decode': (count: string) => `VAE decoder ${count}×`,
    unet: (count: string) => `U-Net ${count}×`,
  } as Readonly<Record<string, (count: string) => string>>,
  time: 'Time',
  timeText: (time: string, device: string) => `about ${time}, as fast as earlier runs on ${device}`,
  timePartly: (time: string, device: string) =>
    `at least ${time} on ${device}; not everything has been measured yet`,
  timeUnknown: (device: string) => `not known: nothing was run on ${device} with this model yet`,
  memory: 'Memory',
  memoryText: (bytes: string) => `about ${bytes} at the most`,
  memoryParts: 'What the memory is for',
  parts: {
    weights: 'Weights, as they are computed with',
    bank: 'Keys and values of the branches',
    results: 'Results that are kept',
    grown: 'Latents and noise of the branches',
    scratch: 'The largest step while it runs',
  },
  fresh: 'Told for a run from the beginning; what is kept from earlier runs is not computed again.',
  nodes: 'Node by node',
  columns: { node: 'Node', gives: 'Gives', bytes: 'Bytes', work: 'Work', time: 'Time' },
  passes: (count: string) => `${count} passes`,
  unknown: (reason: string) => `Not known: ${reason}`,
  shared: 'nothing of its own',
  none: '–',
  misfitTitle: 'This run will probably not fit',
  refusedTitle: 'This device cannot do this run',
  misfit: (what: string, need: string, has: string) =>
    `${what}: it needs ${need}, there are ${has}.`,
  limits: {
    wasm: 'Memory of WebAssembly',
    device: 'Memory that the browser reports',
    buffer: 'Largest buffer of the graphics device',
    weight: 'Largest weight, which the graphics device must hold in one piece',
  },
  misfitRemedies: {
    wasm: 'Choose a smaller checkpoint; smaller pictures (width and height of VAE Encode) help as well.',
    device:
      'Smaller pictures (width and height of VAE Encode) need far less: half the side is a quarter of the cells. A smaller checkpoint helps as well.',
    buffer:
      'Smaller pictures (width and height of VAE Encode) need smaller buffers: half the side is a quarter of the cells.',
    weight: 'Choose a smaller checkpoint, or a browser and a device with larger buffers.',
  },
  runAnyway: 'Run anyway',
  cancel: 'Do not run',
  close: 'Close',
};
