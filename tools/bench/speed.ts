import type { GraphDocument } from '../../src/core/graph/types.js';
import { loadCheckpoint } from '../../src/runtime/node/load-checkpoint.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { parseOptions, runCommand, UsageError } from '../cli/headless/command.js';
import { nodesOfType, setWidgets } from '../cli/headless/document-nodes.js';
import { places } from '../cli/headless/project.js';
import { transferGraph } from '../cli/headless/transfer-graph.js';
import { createLab, type TimedRun } from './lab.js';
import { openPlainDenoiser, probe, type PlainDenoiser } from './plain-denoiser.js';
import { referenceOrder } from './reference-order.js';

const USAGE = `Usage: npm run -s bench [-- --json]

Measures on the embedded model and the processor, in one run on one machine, against the same network as a plain export:
a U-Net forward, a whole transfer against the reference code's 808 forwards, a new structure with the same appearance, and
edits of the schedule at passes 11, 30 and 50. Ratios are the result; milliseconds are this machine's.`;

const PICTURES = { structure: 'giraffe.png', appearance: 'zebra.png' } as const;
const OTHER_STRUCTURE = 'cow.png';
const PROMPT = 'a photo of an animal';
const FORWARDS = 25;
const OFFICIAL = 'app 11..67; struct 11..36/5';

/** Lanes that differ from the official ones from a pass on. */
const EDITS = {
  11: 'app 11..67; struct 16..36/5',
  30: `${OFFICIAL}; struct 30`,
  50: `${OFFICIAL}; struct 50`,
} as const;

interface Forwards {
  readonly ours: number;
  readonly plain: number;
  /** Largest difference of their predictions, relative to the largest value. */
  readonly difference: number;
  /** The prompt that both were given. */
  readonly text: Tensor;
}

/** Medians of both networks' forward of one sample, taken in turn so that both see the same machine. */
async function measureForwards(plain: PlainDenoiser, signal: AbortSignal): Promise<Forwards> {
  const checkpoint = await loadCheckpoint(`${places.models}/creatures`);
  const { denoiser, textEncoder } = checkpoint;
  const samples = probe(denoiser.latentChannels, denoiser.sampleSize, denoiser.sampleSize);
  const { promptEmbeds: text } = await textEncoder.encode(PROMPT, signal, (message) => {
    console.error(message);
  });
  const request = { samples, timesteps: [401], promptEmbeds: text, freeU: undefined, signal };
  const times: Record<'ours' | 'plain', number[]> = { ours: [], plain: [] };
  let difference = 0;
  for (let i = 0; i < FORWARDS; i++) {
    const began = performance.now();
    const { noisePred } = await denoiser.predict(request);
    const between = performance.now();
    const noise = await plain.predict(samples, 401, text);
    times.ours.push(between - began);
    times.plain.push(performance.now() - between);
    difference = Math.max(difference, await relativeDifference(noisePred, noise));
    noisePred.dispose();
    noise.dispose();
  }
  checkpoint.dispose();
  return { ours: median(times.ours), plain: median(times.plain), difference, text };
}

async function relativeDifference(a: Tensor, b: Tensor): Promise<number> {
  const [x, y] = [await a.read(), await b.read()];
  let difference = 0;
  let size = 0;
  x.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - (y[i] ?? NaN)));
    size = Math.max(size, Math.abs(value));
  });
  return difference / size;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** The document with the given text in both lanes of sources. */
function withLanes(document: GraphDocument, lanes: string): GraphDocument {
  const [schedule = ''] = nodesOfType(document, 'InjectionSchedule');
  return setWidgets(document, schedule, { full_lane: lanes, half_lane: lanes });
}

/** A first transfer, the edits of its schedule each on its own, and a new structure; all with one engine. */
async function measureOfficial() {
  const document = withLanes(await transferGraph({ ...PICTURES, preset: 'official' }), OFFICIAL);
  const lab = createLab();
  try {
    const transfer = await lab.run(document);
    const edits: [string, TimedRun][] = [];
    for (const [pass, lanes] of Object.entries(EDITS)) {
      edits.push([pass, await lab.run(withLanes(document, lanes))]);
    }
    const other = await transferGraph({
      ...PICTURES,
      structure: OTHER_STRUCTURE,
      preset: 'official',
    });
    return { transfer, edits, newStructure: await lab.run(withLanes(other, OFFICIAL)) };
  } finally {
    await lab.dispose();
  }
}

async function measureConsistent() {
  const lab = createLab();
  try {
    return await lab.run(await transferGraph({ ...PICTURES, preset: 'consistent' }));
  } finally {
    await lab.dispose();
  }
}

async function measure(signal: AbortSignal) {
  const plain = await openPlainDenoiser(`${places.models}/creatures`);
  try {
    const forwards = await measureForwards(plain, signal);
    const official = await measureOfficial();
    const consistent = await measureConsistent();
    const { inChannels, sampleSize } = plain.config;
    const latent = [inChannels, sampleSize, sampleSize] as const;
    const reference = await referenceOrder(plain, latent, forwards.text);
    return { forwards, official, consistent, reference };
  } finally {
    await plain.release();
  }
}

/**
 * The figures as `--json` prints them. The reference's transfer is its forwards and what is not a network of our
 * official transfer: masks, AdaIN, pictures are the same work in both.
 */
function figures({
  forwards,
  official,
  consistent,
  reference,
}: Awaited<ReturnType<typeof measure>>) {
  const others = official.transfer.milliseconds - official.transfer.networkMs;
  const whole = reference.milliseconds + others;
  const against = ({ milliseconds }: TimedRun): number => round(whole / milliseconds);
  return {
    speedupTransfer: against(official.transfer),
    speedupNewStructure: against(official.newStructure),
    speedupScheduleEdit: Object.fromEntries(
      official.edits.map(([pass, run]) => [pass, against(run)]),
    ),
    speedupConsistent: against(consistent),
    speedupForward: round(forwards.plain / forwards.ours),
    forwards: {
      reference: reference.sampleForwards,
      official: round(official.transfer.forwards),
      consistent: round(consistent.forwards),
      newStructure: round(official.newStructure.forwards),
      edits: Object.fromEntries(official.edits.map(([pass, run]) => [pass, round(run.forwards)])),
    },
    forwardMs: round(forwards.ours),
    plainForwardMs: round(forwards.plain),
    forwardDifference: forwards.difference,
    transferMs: Math.round(official.transfer.milliseconds),
    otherMs: Math.round(others),
    referenceUnetMs: Math.round(reference.milliseconds),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function table(result: ReturnType<typeof figures>): string {
  const { forwards } = result;
  const row = (what: string, work: number | string, ratio: number | undefined): string =>
    `${what.padEnd(44)}${String(work).padStart(10)}${ratio === undefined ? '' : `${ratio.toFixed(2)} x`.padStart(12)}`;
  return [
    `${'what'.padEnd(44)}${'forwards'.padStart(10)}${'faster'.padStart(12)}`,
    row('the reference code’s order of work, plain', forwards.reference, 1),
    row('transfer, official', forwards.official, result.speedupTransfer),
    row('transfer, consistent', forwards.consistent, result.speedupConsistent),
    row('new structure, same appearance', forwards.newStructure, result.speedupNewStructure),
    ...Object.entries(result.speedupScheduleEdit).map(([pass, ratio]) =>
      row(`schedule edited at pass ${pass}`, forwards.edits[pass] ?? 0, ratio),
    ),
    row('one forward against the plain one', 1, result.speedupForward),
    '',
    `A forward takes ${String(result.forwardMs)} ms, the plain one ${String(result.plainForwardMs)} ms; they differ by ${result.forwardDifference.toExponential(1)}.`,
    `A whole transfer takes ${String(result.transferMs)} ms, ${String(result.otherMs)} ms of it outside networks; the reference’s forwards alone ${String(result.referenceUnetMs)} ms.`,
  ].join('\n');
}

async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseOptions({
    args: [...args],
    options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (positionals[0] !== undefined) {
    throw new UsageError(`bench takes no “${positionals[0]}”.`);
  }
  const result = figures(await measure(signal));
  console.log(values.json ? JSON.stringify(result, undefined, 1) : table(result));
  return 0;
}

await runCommand(main);
