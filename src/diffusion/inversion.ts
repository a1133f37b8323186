import type { MemoryStep } from '../core/memory-step.js';
import { contentKey } from '../core/engine/content-key.js';
import { AppError, assert } from '../core/errors.js';
import type { Tensor } from '../tensor/tensor.js';
import { countClaims, createQueue } from './claims.js';
import { batchFor, invert } from './invert.js';
import type { Keepsakes } from './keepsakes.js';
import type { KvBank } from './kv-bank.js';
import { createNoiseSchedule } from './noise-schedule.js';
import type { Conditioning, LatentOps } from './ports.js';
import { createPredictor, type Predictor } from './predict.js';
import type { Inversion, Latent, Model, Step, StepAxis } from './sockets.js';
import { checkAxis, passesOf, requirePass, stepAt } from './step-axis.js';

/** What a picture is inverted with. Everything is borrowed; the inversion retains what it keeps. */
export interface InversionRequest {
  readonly ops: LatentOps;
  readonly bank: KvBank;
  /** Has noise maps of an earlier thread, and gets those that are made. */
  readonly keepsakes?: Keepsakes | undefined;
  readonly model: Model;
  readonly positive: Conditioning;
  /** What text guidance moves away from; needed unless `cfg` is 1. */
  readonly negative: Conditioning | undefined;
  /** The picture's own latent. */
  readonly samples: Latent;
  readonly axis: StepAxis;
  /** Text guidance of the inversion; 1 = the conditional prediction alone, and noise maps are computed when asked for. */
  readonly cfg: number;
  readonly seed: bigint;
  /** 0 draws the noise that the reference gives the appearance picture, 1 that of the structure picture. method.md 11.6. */
  readonly noiseStream: 0 | 1;
  /** Timesteps a call of the network; chosen by the latent's size when absent. */
  readonly batch?: number;
  /** Hears, in a sentence, that fewer timesteps a call were taken for want of memory. */
  readonly warn?: (step: MemoryStep) => void;
}

/** The noisy latents x_k of the used timesteps, drawn when asked for; all but the kept ones are redrawn. */
interface SampledLatents {
  readonly byteLength: number;
  readonly draw: (index: number) => Tensor;
  keyOf(index: number): string;
  readonly at: (index: number) => Latent;
  dispose(): void;
}

/** x_k = sqrt(a) w0 + sqrt(1 - a) n_k with independent n_k, the last one w0 itself. method.md 11.2 and 11.6. */
function createSampledLatents(
  { ops, samples, axis, seed, noiseStream }: InversionRequest,
  steps: readonly Step[],
): SampledLatents {
  const kept = new Map<number, Latent>();
  const source = samples.samples.retain();
  const callOf = (index: number): number =>
    noiseStream * axis.steps + axis.steps - 1 - (axis.skip + index);
  const draw = (index: number): Tensor => {
    const step = steps[index];
    if (!step) return source.retain();
    const noise = ops.gaussian(seed, callOf(index), source.shape);
    const noisy = ops.addNoise(source, noise, step.alphaCumprod);
    noise.dispose();
    return noisy;
  };
  const keyOf = (index: number): string =>
    steps[index]
      ? contentKey({
          kind: 'noised',
          latent: samples.key,
          seed: String(seed),
          call: callOf(index),
          alphaCumprod: steps[index].alphaCumprod,
        })
      : samples.key;
  return {
    get byteLength() {
      return [...kept.values()].reduce((sum, latent) => sum + latent.samples.byteLength, 0);
    },
    draw,
    keyOf,
    at(index) {
      requirePass(index, 0, steps.length + 1);
      const known = kept.get(index);
      if (known) return known;
      const latent = { samples: draw(index), key: keyOf(index), format: samples.format };
      kept.set(index, latent);
      return latent;
    },
    dispose() {
      for (const { samples: values } of kept.values()) values.dispose();
      kept.clear();
      source.dispose();
    },
  };
}

/** What is said when text guidance has nothing to move away from. */
export function missingNegative(): AppError {
  return new AppError({
    code: 'input/invalid',
    input: 'negative',
    reason: 'text guidance needs an empty or negative prompt to move away from',
    remedy: 'Link a CLIPTextEncode with an empty text, or set cfg to 1.',
  });
}

function requireNegative(negative: Conditioning | undefined): Conditioning {
  if (negative) return negative;
  throw missingNegative();
}

function inversionKey(request: InversionRequest): string {
  const { model, positive, negative, samples, axis, cfg, seed, noiseStream } = request;
  return contentKey({
    kind: 'inversion',
    denoiser: model.denoiser.id,
    freeU: model.freeU,
    positive: positive.key,
    negative: cfg === 1 ? undefined : negative?.key,
    samples: samples.key,
    axis,
    cfg,
    seed: String(seed),
    noiseStream,
  });
}

/** The state of an inversion while it lives. */
interface Parts {
  readonly request: InversionRequest;
  readonly key: string;
  readonly steps: readonly Step[];
  readonly latents: SampledLatents;
  readonly predictor: Predictor;
  /** Noise maps by pass; complete from the start unless `cfg` is 1. */
  readonly maps: Map<number, Tensor>;
}

function stepOf({ steps }: Parts, index: number): Step {
  requirePass(index, 0, steps.length);
  const step = steps[index];
  assert(step !== undefined, `pass ${String(index)} exists`);
  return step;
}

/** The noise map of a pass, made from the remembered prediction when the inversion is lazy. */
async function noiseMapOf(
  parts: Parts,
  index: number,
  signal: AbortSignal,
): Promise<Tensor | undefined> {
  const step = stepOf(parts, index);
  if (index === parts.steps.length - 1) return undefined;
  const known = parts.maps.get(index);
  if (known) return known;
  const { latents, predictor, request, maps } = parts;
  const latent = latents.at(index);
  const { noisePred } = await predictor.predict(latent, step.timestep, {}, signal);
  const next = latents.at(index + 1);
  const map = request.ops.noiseMap(next.samples, latent.samples, noisePred, step);
  maps.set(index, map);
  return map;
}

function assemble(parts: Parts): Inversion {
  const { request, key, steps, latents, predictor, maps } = parts;
  const inTurn = createQueue();
  const claims = countClaims(() => {
    latents.dispose();
    predictor.dispose();
    for (const map of maps.values()) map.dispose();
    maps.clear();
  });
  const predictionKeyAt = (index: number): string =>
    predictor.keyOf(latents.keyOf(index), stepOf(parts, index).timestep);
  const inversion: Inversion = {
    axis: request.axis,
    key,
    format: request.samples.format,
    get byteLength() {
      const mapBytes = [...maps.values()].reduce((sum, map) => sum + map.byteLength, 0);
      return latents.byteLength + predictor.byteLength + mapBytes;
    },
    step: (index) => stepOf(parts, index),
    latentAt: latents.at,
    noiseMapAt: (index, signal) => inTurn(() => noiseMapOf(parts, index, signal)),
    predictionKeyAt,
    successor(index, predictionKey) {
      const leadsThere = request.cfg === 1 && index < steps.length - 1;
      return leadsThere && predictionKey === predictionKeyAt(index)
        ? latents.at(index + 1)
        : undefined;
    },
    predictionAt: (index, capture, signal) =>
      inTurn(() =>
        predictor.predict(latents.at(index), stepOf(parts, index).timestep, capture, signal),
      ),
    retain() {
      claims.add();
      return inversion;
    },
    dispose: claims.give,
  };
  return inversion;
}

/**
 * The edit-friendly DDPM inversion of a picture over the used passes. With text guidance all noise maps are
 * computed now, in batches; with `cfg` 1 each is computed when it is first asked for, from a prediction that a
 * consistent reference branch shares. method.md 3.4, 11.2. The caller owns the inversion.
 * @throws AppError `input/invalid` for steps that cannot be walked, or when the negative prompt is missing.
 */
export async function createInversion(
  request: InversionRequest,
  signal: AbortSignal,
  progress: (done: number, total: number) => void,
): Promise<Inversion> {
  const { model, positive, axis, cfg, bank, keepsakes, samples } = request;
  const { batch = batchFor(samples) } = request;
  const key = inversionKey(request);
  const mapKey = (index: number) => contentKey({ kind: 'noise-map', inversion: key, index });
  const schedule = createNoiseSchedule(model.denoiser.scheduler);
  checkAxis(axis, schedule);
  const steps = Array.from({ length: passesOf(axis) }, (_unused, i) => stepAt(schedule, axis, i));
  const latents = createSampledLatents(request, steps);
  const maps = new Map<number, Tensor>();
  if (cfg !== 1) {
    try {
      const negative = requireNegative(request.negative);
      const made = await invert(
        { ...request, negative, steps, draw: latents.draw, batch, mapKey },
        signal,
        progress,
      );
      made.forEach((map, index) => maps.set(index, map));
    } catch (error) {
      latents.dispose();
      throw error;
    }
  }
  const predictor = createPredictor(model, positive, bank, keepsakes);
  return assemble({ request, key, steps, latents, predictor, maps });
}
