import type { LensAnswer, LensQuestion } from '../core/node/lens-answer.js';
import { assert } from '../core/errors.js';
import type { LensLayer } from './attention-lens.js';
import { asRead, rowOf, type LensReading, type ReadLayer } from './lens-keys.js';
import { maskNumber } from './mask-number.js';
import type { Conditioning } from './ports.js';
import { predictionKey } from './predict.js';
import { attentionOf } from './reference-attention.js';
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
 * Makes a lens that keeps queries and keys of the pass it was asked of last: the first question of a pass costs a forward of the
 * result and at most one of each picture that is read, further ones none. The queries are those of the last decoder self-attention
 * with the result's own keys; the map of all pairs is never held.
 */
export function createHoverLens(): HoverLens {
  let pass: { readonly name: string; readonly layer: LensLayer } | undefined;
  let kept: { readonly name: string; readonly read: ReadLayer } | undefined;
  return {
    async ask(inputs, { at: [x, y], settings }, signal) {
      const passName = nameOfPass(inputs);
      if (pass?.name !== passName) pass = { name: passName, layer: await layerOf(inputs, signal) };
      const { layer } = pass;
      const name = JSON.stringify([passName, nameOfReading(inputs, settings)]);
      if (kept?.name !== name) {
        const beside = await besideOf(inputs, settings, signal);
        kept = { name, read: await asRead(layer, { ...readingOf(inputs, settings), beside }) };
      }
      const { rows, columns } = layer.grid;
      const column = Math.max(0, Math.min(columns - 1, Math.floor(x * columns)));
      const row = Math.max(0, Math.min(rows - 1, Math.floor(y * rows)));
      return { ...kept.read.grid, weights: rowOf([kept.read], row * columns + column) };
    },
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

/** Queries and own keys of a plain forward of the result, keys of the appearance. */
async function layerOf(
  { model, positive, samples, step, appearance }: LensInputs,
  signal: AbortSignal,
): Promise<LensLayer> {
  const { noisePred, attention, keysValues } = await model.denoiser.predict({
    samples: samples.samples,
    timesteps: [step.timestep],
    promptEmbeds: positive.promptEmbeds,
    freeU: model.freeU,
    capture: { attention: true },
    signal,
  });
  noisePred.dispose();
  for (const { key, value } of keysValues?.layers ?? [])
    for (const one of [key, value]) one.dispose();
  assert(attention !== undefined, 'A forward gave no attention although it was asked for.');
  try {
    const other = await attentionOf(appearance, signal);
    const [, , channels = 1] = attention.selfQuery.shape;
    return {
      query: await attention.selfQuery.read(),
      ownKey: await attention.selfKey.read(),
      key: await other.selfKey.read(),
      channels,
      heads: attention.heads,
      head: undefined,
      grid: sizeOf(samples),
      keyGrid: sizeOf(await appearance.latent(signal)),
      downscale: samples.format.downscale,
    };
  } finally {
    for (const one of [attention.selfQuery, attention.selfKey, attention.textMap]) one.dispose();
  }
}

function sizeOf({ samples }: Latent): Size {
  const [, , rows = 0, columns = 0] = samples.shape;
  return { rows, columns };
}

/** Keys of the pictures that are read beside the appearance. */
async function besideOf(
  inputs: LensInputs,
  settings: LensQuestion['settings'],
  signal: AbortSignal,
): Promise<readonly (readonly [Float32Array, number])[]> {
  const beside: (readonly [Float32Array, number])[] = [];
  for (const name of further) {
    const branch = inputs[`reference_${name}`];
    const weight = Number(settings[`weight_${name}`] ?? 0);
    if (!branch || !(weight > 0)) continue;
    beside.push([await (await attentionOf(branch, signal)).selfKey.read(), weight]);
  }
  return beside;
}
