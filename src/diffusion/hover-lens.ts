import type { LensAnswer, LensQuestion } from '../core/node/lens-answer.js';
import { assert } from '../core/errors.js';
import type { Tensor } from '../tensor/tensor.js';
import type { LensLayer } from './attention-lens.js';
import { asRead, rowOf, type LensReading, type ReadLayer } from './lens-keys.js';
import { chosenLayers } from './lens-layers.js';
import { maskNumber } from './mask-number.js';
import type { Conditioning } from './ports.js';
import { predictionKey } from './predict.js';
import { layerLaneNames } from './schedule-sources.js';
import type { Latent, Mask, Model, ReferenceStep, ScheduleStep, Step } from './sockets.js';

/** What a cross-image step was given in a pass, as a run has kept it. Everything is borrowed. */
export interface LensInputs {
  readonly model: Model;
  readonly positive: Conditioning;
  readonly samples: Latent;
  readonly step: Step;
  readonly schedule: ScheduleStep;
  readonly appearance: ReferenceStep;
  readonly reference_c?: ReferenceStep;
  readonly reference_d?: ReferenceStep;
  readonly reference_e?: ReferenceStep;
  readonly reference_f?: ReferenceStep;
  readonly appearance_keys?: Mask;
}

/** Shows where places of a result look, as often as the pointer moves. */
export interface HoverLens {
  /** The attention of the place's query to the appearance: one row, computed when it is asked for. */
  ask(inputs: LensInputs, question: LensQuestion, signal: AbortSignal): Promise<LensAnswer>;
}

/**
 * Makes a lens that keeps queries and keys of the pass and layers it was asked of last: the first question of them costs a forward of
 * the result, and one of each picture that is read whose keys are not at hand; further ones cost none. The queries are those that the
 * result has with its own keys; the map of all pairs is never held. What is not there is told in the answer.
 */
export function createHoverLens(): HoverLens {
  let pass: { readonly name: string; readonly layers: readonly LensLayer[] } | undefined;
  let kept: { readonly name: string; readonly read: readonly ReadLayer[] } | undefined;
  return {
    async ask(inputs, { at: [x, y], settings, ...place }, signal) {
      const told: string[] = [];
      const chosen = choose(inputs.model.denoiser.mixedLayers, place, told);
      const passName = `${nameOfPass(inputs)} ${chosen.places.join()}`;
      if (pass?.name !== passName) {
        pass = { name: passName, layers: await layersOf(inputs, chosen.places, signal) };
      }
      const name = JSON.stringify([passName, chosen.head, nameOfReading(inputs, settings)]);
      if (kept?.name !== name) {
        const reading = readingOf(inputs, settings);
        const beside = await besideOf(inputs, settings, chosen.places, signal);
        const read = pass.layers.map((layer, i) =>
          asRead(
            { ...layer, head: chosen.head },
            { ...reading, beside: beside.map(({ keys, weight }) => [keys[i] ?? NONE, weight]) },
          ),
        );
        kept = { name, read: await Promise.all(read) };
      }
      const [{ grid, keyGrid }] = pass.layers as readonly [LensLayer];
      const cell = cellAt(x, grid.columns) + cellAt(y, grid.rows) * grid.columns;
      const { layers, head } = chosen;
      return { ...keyGrid, weights: rowOf(kept.read, cell), layers, head, told };
    },
  };
}

const NONE = new Float32Array(0);

function cellAt(share: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(share * count)));
}

/** Which layers are looked at, by place and name, and which head; what is not there is put into `told`. */
function choose(
  mixed: Model['denoiser']['mixedLayers'],
  { layer, head }: Pick<LensQuestion, 'layer' | 'head'>,
  told: string[],
) {
  const names = layerLaneNames(mixed);
  const places = chosenLayers(layer, mixed, (sentence) => told.push(sentence));
  const heads = Math.min(...places.map((i) => mixed[i]?.heads ?? 1));
  if (head >= heads)
    told.push(`The layer has ${String(heads)} heads, so the mean over all is looked at.`);
  return {
    places,
    layers: places.flatMap((i) => names[i] ?? []),
    head: head < 0 || head >= heads ? undefined : head,
  };
}

interface Size {
  readonly rows: number;
  readonly columns: number;
}

const further = ['c', 'd', 'e', 'f'] as const;

function readingOf(
  { schedule, appearance_keys }: LensInputs,
  settings: LensQuestion['settings'],
): LensReading {
  return {
    contrast: schedule.contrast,
    clip: schedule.clip,
    sharpness: Number(settings['sharpness'] ?? 1),
    renormalize: settings['renormalize'] === true,
    besideOwn: settings['own_keys'] === true,
    foreignBias: Number(settings['foreign_bias'] ?? 0),
    appearanceKeys: appearance_keys?.values,
  };
}

function nameOfPass({ model, positive, samples, step, appearance }: LensInputs): string {
  return `${predictionKey(model, positive, samples.key, step.timestep)} ${appearance.predictionKey}`;
}

function nameOfReading(inputs: LensInputs, settings: LensQuestion['settings']): unknown {
  const { schedule, appearance_keys } = inputs;
  return [
    further.map((name) => inputs[`reference_${name}`]?.predictionKey),
    appearance_keys && maskNumber(appearance_keys.values),
    [schedule.contrast, schedule.clip, settings],
  ];
}

/** Queries and own keys of a plain forward of the result, keys of the appearance, in each of the chosen layers. */
async function layersOf(
  { model, positive, samples, step, appearance }: LensInputs,
  chosen: readonly number[],
  signal: AbortSignal,
): Promise<readonly LensLayer[]> {
  const other = await keysOf(appearance, chosen, signal);
  const asked = await appearance.latent(signal);
  const { noisePred, queries, keysValues } = await model.denoiser.predict({
    samples: samples.samples,
    timesteps: [step.timestep],
    promptEmbeds: positive.promptEmbeds,
    freeU: model.freeU,
    capture: { queries: true, keysValues: true },
    signal,
  });
  const captured = [
    ...(queries?.layers ?? []).map(({ query }) => query),
    ...(keysValues?.layers ?? []).flatMap(({ key, value }) => [key, value]),
  ];
  try {
    const made: LensLayer[] = [];
    for (const [j, i] of chosen.entries()) {
      const [one, own, key] = [queries?.layers[i], keysValues?.layers[i], other[j]];
      assert(
        one !== undefined && own !== undefined && key !== undefined,
        'A forward gave no queries and keys although it was asked for.',
      );
      const { channels, heads, downscale } = one.layer;
      made.push({
        query: await one.query.read(),
        ownKey: await own.key.read(),
        key,
        channels,
        heads,
        head: undefined,
        grid: sizeOf(samples, downscale),
        keyGrid: sizeOf(asked, downscale),
        downscale: downscale * samples.format.downscale,
      });
    }
    return made;
  } finally {
    for (const one of [noisePred, ...captured]) one.dispose();
  }
}

function sizeOf({ samples }: Latent, downscale: number): Size {
  const [, , rows = 0, columns = 0] = samples.shape;
  return { rows: rows / downscale, columns: columns / downscale };
}

/** Keys of a branch in each of the chosen layers. */
async function keysOf(
  branch: ReferenceStep,
  chosen: readonly number[],
  signal: AbortSignal,
): Promise<readonly Float32Array[]> {
  const { keysValues } = await branch.prediction({ keysValues: true }, signal);
  const keys: Tensor[] = chosen.flatMap((i) => keysValues?.layers[i]?.key.retain() ?? []);
  try {
    return await Promise.all(keys.map((key) => key.read()));
  } finally {
    for (const key of keys) key.dispose();
  }
}

/** Keys of the pictures that are read beside the appearance, in each of the chosen layers. */
async function besideOf(
  inputs: LensInputs,
  settings: LensQuestion['settings'],
  chosen: readonly number[],
  signal: AbortSignal,
) {
  const beside: { readonly keys: readonly Float32Array[]; readonly weight: number }[] = [];
  for (const name of further) {
    const branch = inputs[`reference_${name}`];
    const weight = Number(settings[`weight_${name}`] ?? 0);
    if (!branch || !(weight > 0)) continue;
    beside.push({ keys: await keysOf(branch, chosen, signal), weight });
  }
  return beside;
}
