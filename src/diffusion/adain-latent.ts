import { contentKey } from '../core/engine/content-key.js';
import { cpuTensor, isCpuTensor, type Tensor } from '../tensor/tensor.js';
import { maskNumber } from './mask-number.js';
import type { LatentOps } from './ports.js';
import type { Latent } from './sockets.js';

/** Fewest mask pixels that have a deviation. method.md 9. */
const FEWEST_PIXELS = 2;

/** Masks at the latents' size, `[1, 1, height, width]` each, in either place. */
export interface AdainMasks {
  readonly content: Tensor;
  readonly style: Tensor;
}

const maskCounts = new WeakMap<Tensor, Promise<number>>();

/** Pixels above one half, counted once a mask: a loop reads nothing back for it after its first pass. */
function countPixels(ops: LatentOps, mask: Tensor): Promise<number> {
  const count =
    maskCounts.get(mask) ??
    (isCpuTensor(mask)
      ? Promise.resolve(mask.data.reduce((sum, value) => sum + (value > 0.5 ? 1 : 0), 0))
      : ops.countMask(mask));
  maskCounts.set(mask, count);
  return count;
}

async function areUsable(
  ops: LatentOps,
  masks: AdainMasks,
  warn: (message: string) => void,
): Promise<boolean> {
  const content = await countPixels(ops, masks.content);
  const style = await countPixels(ops, masks.style);
  if (Math.min(content, style) >= FEWEST_PIXELS) return true;
  warn(
    `AdaIN was applied without masks: ${String(content)} pixels of the content and ${String(style)} of the style are masked, and statistics need ${String(FEWEST_PIXELS)} each.`,
  );
  return false;
}

/** Masks copied to another place that are kept for the next pass: those of two pictures, for two loops at a time. */
const MOST_COPIES = 4;

const copies = new WeakMap<LatentOps, Map<Tensor, Promise<Tensor>>>();

/** The mask where the latent lives, copied there in the first pass alone; the caller owns one claim on it. */
async function bringTo(ops: LatentOps, mask: Tensor, latent: Tensor): Promise<Tensor> {
  if (mask.place === latent.place) return mask.retain();
  const kept = copies.get(ops) ?? new Map<Tensor, Promise<Tensor>>();
  copies.set(ops, kept);
  const copy = kept.get(mask) ?? mask.read().then((values) => ops.upload(values, mask.shape));
  const claimed = copy.then((tensor) => tensor.retain());
  kept.delete(mask);
  kept.set(mask, copy);
  for (const [oldest, its] of kept) {
    if (kept.size <= MOST_COPIES) break;
    kept.delete(oldest);
    void its.then((tensor) => {
      tensor.dispose();
    });
  }
  return claimed;
}

/** How much each cell of the style says of each cell of the content. */
export interface LocalWeights {
  /** Content key of the weights. */
  readonly key: unknown;
  /** `[cells of content, cells of style]`; rows sum to 1. */
  readonly weights: Tensor;
}

/** Content to mean 0 and deviation 1, inside its mask where there is one, then to what the weights say of each cell. */
async function localAdain(
  ops: LatentOps,
  content: Latent,
  style: Latent,
  usable: AdainMasks | undefined,
  { weights }: LocalWeights,
): Promise<Tensor> {
  const [, channels = 0] = content.samples.shape;
  // Two values with mean 0 and an unbiased variance of 1, but for the 1e-5 that AdaIN adds.
  const pair = Float32Array.from(
    { length: 2 * channels },
    (_, i) => (2 * (i % 2) - 1) / Math.SQRT2,
  );
  const unit = cpuTensor(pair, [1, channels, 1, 2]);
  const mask = usable && (await bringTo(ops, usable.content, content.samples));
  const both = cpuTensor(Float32Array.of(1, 1), [1, 1, 1, 2]);
  const normal = ops.adain(content.samples, unit, mask && { content: mask, style: both });
  const samples = ops.localMoments(normal, style.samples, weights, mask);
  normal.dispose();
  mask?.dispose();
  return samples;
}

/**
 * The latent with the channel statistics of another, inside masks when both have at least two pixels, else
 * everywhere, which is told through `warn` (the reference code turns the picture black there). Goes `strength` of the
 * way, 0..1: x + s (AdaIN(x) - x). method.md 9. With `local` the statistics of the style are each cell's own. The caller owns
 * the result.
 */
export async function adainLatent(
  ops: LatentOps,
  content: Latent,
  style: Latent,
  masks: AdainMasks | undefined,
  warn: (message: string) => void,
  strength = 1,
  local?: LocalWeights,
): Promise<Latent> {
  const usable = masks && (await areUsable(ops, masks, warn)) ? masks : undefined;
  const key = contentKey({
    kind: 'adain',
    content: content.key,
    style: style.key,
    masks: usable && [maskNumber(usable.content), maskNumber(usable.style)],
    ...(strength !== 1 && { strength }),
    ...(local && { local: local.key }),
  });
  const whole = await fullAdain(ops, content, style, usable, local);
  if (strength === 1) return { samples: whole, key, format: content.format };
  const samples = ops.guide(content.samples, whole, strength);
  whole.dispose();
  return { samples, key, format: content.format };
}

async function fullAdain(
  ops: LatentOps,
  content: Latent,
  style: Latent,
  usable: AdainMasks | undefined,
  local: LocalWeights | undefined,
): Promise<Tensor> {
  if (local) return localAdain(ops, content, style, usable, local);
  if (!usable) return ops.adain(content.samples, style.samples);
  const brought = {
    content: await bringTo(ops, usable.content, content.samples),
    style: await bringTo(ops, usable.style, style.samples),
  };
  const samples = ops.adain(content.samples, style.samples, brought);
  brought.content.dispose();
  brought.style.dispose();
  return samples;
}
