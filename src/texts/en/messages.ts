/** An error in words: what happened, and what to do about it. */
interface Words {
  readonly sentence: string;
  readonly remedy: string;
}

const ownGraph = 'Choose a graph saved by Crossweave. The graph on screen stays as it is.';

/** Everything the world can refuse: what happened, and the remedy. Reasons come without a full stop. */
export const messages = {
  noReason: 'no reason was given',
  documentInvalid: (path: string, reason: string): Words => ({
    sentence: `This is not a graph that Crossweave can read${path === '' ? '' : ` (at ${path})`}: ${reason}.`,
    remedy: ownGraph,
  }),
  documentTooNew: (found: number, supported: number): Words => ({
    sentence: `This graph was saved by a newer Crossweave (format ${String(found)}; this one reads up to ${String(supported)}).`,
    remedy: 'Reload the page to get the newest version, then open it again.',
  }),
  documentTooLarge: (what: string, found: number, limit: number): Words => ({
    sentence: `This file has too many ${what}: ${String(found)}, and at most ${String(limit)} can be read.`,
    remedy: ownGraph,
  }),
  nodeFailed: (node: string, pass: number | undefined, why: string) =>
    `${node} failed${pass === undefined ? '' : ` in pass ${String(pass)}`}: ${why}`,
  nodeFailedRemedy: 'Change its inputs and run again.',
  inputInvalid: (input: string, reason: string) =>
    `The input “${input}” cannot be used: ${reason}.`,
  pictureUnreadable: (name: string, reason: string): Words => ({
    sentence: `The picture “${name}” cannot be read: ${reason}.`,
    remedy: 'Use a PNG, JPEG or WebP file that opens elsewhere.',
  }),
  pictureMissing: (name: string): Words => ({
    sentence: name === '' ? 'No picture is chosen.' : `There is no picture called “${name}”.`,
    remedy: 'Drop a picture on the Load Image node, or choose one from its list.',
  }),
  modelMissing: (name: string, reason: string): Words => ({
    sentence: `The model “${name}” cannot be found: ${reason}.`,
    remedy: 'Choose another model in Load Checkpoint.',
  }),
  modelInvalid: (file: string, tensor: string, reason: string): Words => ({
    sentence: `The model file ${file} is broken${tensor === '' ? '' : ` at “${tensor}”`}: ${reason}.`,
    remedy: 'Download the file again, or choose another model.',
  }),
  modelUnsupported: (file: string, reason: string): Words => ({
    sentence: `The model ${file} is of a kind that cannot run here: ${reason}.`,
    remedy: 'Use a Stable Diffusion 1.x checkpoint.',
  }),
  downloadFailed: (url: string, reason: string): Words => ({
    sentence: `The file ${url} could not be downloaded: ${reason}.`,
    remedy: 'Check the connection and run again.',
  }),
  outOfMemory: (reason: string): Words => ({
    sentence: `There is not enough memory: ${reason}.`,
    remedy: 'Close other pages, or use a smaller picture.',
  }),
  /** What was done for want of memory. */
  memory: {
    bankToRam: 'Memory was short: kept keys and values went to main memory.',
    bankDropped: 'Memory was short: kept keys and values were freed and are computed again.',
    resultsDropped: 'Memory was short: kept networks and results were freed.',
    tiles:
      'Memory was short, so the picture was decoded in tiles: tones may differ a little from tile to tile.',
    smallerCalls: (from: number, to: number) =>
      `Memory was short with ${String(from)} timesteps a call of the network, so it goes on with ${String(to)}: this takes longer.`,
    pairApart:
      'Memory was short, so both predictions of a pass are computed one after the other: this takes longer.',
  },
  goesOn: 'The run goes on from its last finished pass.',
  webgpuUnavailable: (reason: string): Words => ({
    sentence: `WebGPU cannot be used: ${reason}.`,
    remedy: 'The processor is used instead; it is slower.',
  }),
  deviceLost: (reason: string): Words => ({
    sentence: `The graphics device was lost: ${reason}.`,
    remedy: 'Run again: it goes on from what is cached.',
  }),
  workerCrashed: (reason: string): Words => ({
    sentence: `The run thread stopped unexpectedly: ${reason}.`,
    remedy: 'It has been started anew. Run again.',
  }),
  archiveUnreadable: (reason: string): Words => ({
    sentence: `This is no file that everything can be brought back from: ${reason}.`,
    remedy: 'Choose a zip file that “Save everything” made. What is stored here stays as it is.',
  }),
  storageFailed: (reason: string): Words => ({
    sentence: `The browser refused to store your work: ${reason}.`,
    remedy: 'Download the graph to keep it.',
  }),
  storageQuota: {
    sentence: 'The browser has no room left to store your work.',
    remedy: 'Download the graph to keep it, or delete pictures you no longer need.',
  } as Words,
};
