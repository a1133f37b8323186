import { isOutOfMemory } from '../core/errors.js';
import type { MemoryStep } from '../core/memory-step.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Keepsakes } from './keepsakes.js';
import type { Conditioning, LatentOps } from './ports.js';
import type { Latent, Model, Step } from './sockets.js';

/** Latent pixels that one call of the network may hold per sample of the pair; batches grow as latents shrink. */
const PIXELS_PER_CALL = 2048;

/** What the eager inversion needs. */
export interface InvertRequest {
  readonly ops: LatentOps;
  readonly model: Model;
  readonly positive: Conditioning;
  readonly negative: Conditioning;
  /** Text guidance, the w of `eps_u + w (eps_c - eps_u)`. */
  readonly cfg: number;
  readonly steps: readonly Step[];
  /** A new sampled latent before a pass (after the last: the picture's own), owned by the caller. */
  readonly draw: (index: number) => Tensor;
  /** Timesteps a call; chosen by the latent's size when absent. */
  readonly batch?: number;
  /** Has maps of an earlier thread under their keys, and gets those that are made. */
  readonly keepsakes?: Keepsakes | undefined;
  readonly mapKey: (index: number) => string;
  /** Hears of smaller calls. */
  readonly warn?: (step: MemoryStep) => void;
}

/** Timesteps that go through the network in one call, given the latent's shape. */
export function batchFor({
  samples,
}: {
  readonly samples: Pick<Latent['samples'], 'shape'>;
}): number {
  const [, , height = 1, width = 1] = samples.shape;
  return Math.max(1, Math.floor(PIXELS_PER_CALL / (height * width)));
}

/** The guided noise of several passes with one call: each latent with the negative prompt, then each with the positive one. */
async function guidedNoise(
  request: InvertRequest,
  promptEmbeds: Tensor,
  latents: readonly Tensor[],
  timesteps: readonly number[],
  signal: AbortSignal,
): Promise<readonly Tensor[]> {
  const { ops, model, cfg } = request;
  const ahead = request.steps.map(({ timestep }) => timestep);
  const samples = ops.concatBatch(latents);
  const { noisePred } = await model.denoiser
    .predict({ samples, timesteps, promptEmbeds, freeU: model.freeU, ahead, signal })
    .finally(() => {
      samples.dispose();
    });
  const guided = latents.map((_latent, j) => {
    const uncond = ops.sliceBatch(noisePred, j);
    const cond = ops.sliceBatch(noisePred, latents.length + j);
    const noise = ops.guide(uncond, cond, cfg);
    uncond.dispose();
    cond.dispose();
    return noise;
  });
  noisePred.dispose();
  return guided;
}

/** The prompts of a call with so many latents: the same tensor for every call of one size. */
function guidingPrompts({ ops, positive, negative }: InvertRequest) {
  const made = new Map<number, Tensor>();
  return {
    of: (latents: number): Tensor => {
      const known = made.get(latents);
      if (known) return known;
      const prompts = [negative, positive].flatMap(({ promptEmbeds }) =>
        Array.from({ length: latents }, () => promptEmbeds),
      );
      const joined = ops.concatBatch(prompts);
      made.set(latents, joined);
      return joined;
    },
    dispose: (): void => {
      for (const tensor of made.values()) tensor.dispose();
    },
  };
}

/** Draws latents, the last one once: each call of the network ends with the latent that the next begins with. */
function drawOnce(draw: InvertRequest['draw']) {
  let last: { readonly index: number; readonly latent: Tensor } | undefined;
  const forget = (): void => {
    last?.latent.dispose();
    last = undefined;
  };
  return {
    draw: (index: number): Tensor => {
      if (last?.index !== index) {
        forget();
        last = { index, latent: draw(index) };
      }
      return last.latent.retain();
    },
    dispose: forget,
  };
}

/**
 * The noise maps of all passes but the last, whose map is zero by definition: edit-friendly DDPM inversion
 * (Huberman-Spiegelglas et al.) with text guidance; the passes do not depend on each other, so several share
 * a call. Where a call finds no memory, calls of half as many follow. method.md 11.2. The caller owns the maps; an abort
 * between calls frees what was made.
 */
export async function invert(
  request: InvertRequest,
  signal: AbortSignal,
  progress: (done: number, total: number) => void,
): Promise<readonly Tensor[]> {
  const total = request.steps.length - 1;
  let batch = request.batch ?? 1;
  const maps: Tensor[] = [];
  const prompts = guidingPrompts(request);
  const latents = drawOnce(request.draw);
  const drawn = { ...request, draw: latents.draw };
  try {
    while (maps.length < total) {
      signal.throwIfAborted();
      const rows = Math.min(batch, total - maps.length);
      try {
        maps.push(...(await mapsOf(drawn, maps.length, rows, prompts.of, signal)));
      } catch (error) {
        if (rows === 1 || !isOutOfMemory(error)) throw error;
        batch = Math.ceil(rows / 2);
        request.warn?.({ code: 'memory/smaller-calls', from: rows, to: batch });
        continue;
      }
      progress(maps.length, total);
    }
  } catch (error) {
    for (const map of maps) map.dispose();
    throw error;
  } finally {
    prompts.dispose();
    latents.dispose();
  }
  return maps;
}

/** The noise maps of `rows` passes from `first` on, by one call of the network unless all are kept. */
async function mapsOf(
  request: InvertRequest,
  first: number,
  rows: number,
  prompts: (latents: number) => Tensor,
  signal: AbortSignal,
): Promise<readonly Tensor[]> {
  const { ops, draw, steps, keepsakes, mapKey } = request;
  const chunk = steps.slice(first, first + rows);
  const kept = chunk.flatMap((_step, j) => keepsakes?.find(mapKey(first + j)) ?? []);
  if (kept.length === rows) return kept;
  for (const map of kept) map.dispose();
  const latents = [...chunk, undefined].map((_step, j) => draw(first + j));
  const timesteps = chunk.map(({ timestep }) => timestep);
  try {
    const noise = await guidedNoise(
      request,
      prompts(rows),
      latents.slice(0, -1),
      timesteps,
      signal,
    );
    return chunk.flatMap((step, j) => {
      const [x, next, eps] = [latents[j], latents[j + 1], noise[j]];
      if (!x || !next || !eps) return [];
      const map = ops.noiseMap(next, x, eps, step);
      eps.dispose();
      keepsakes?.keep(mapKey(first + j), map);
      return [map];
    });
  } finally {
    for (const latent of latents) latent.dispose();
  }
}
