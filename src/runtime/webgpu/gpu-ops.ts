import type { LatentOps } from '../../diffusion/ports.js';
import type { Tensor } from '../../tensor/tensor.js';
import type { GpuContext } from './gpu-context.js';
import { toDevice, uploadTensor, type GpuTensor } from './gpu-tensor.js';
import { gpuKmeans } from './gpu-kmeans.js';
import { adain } from './kernels/adain.js';
import { addNoise } from './kernels/add-noise.js';
import { affine } from './kernels/affine.js';
import { concatBatch, joinTokens, sliceBatch } from './kernels/batch.js';
import { countMask } from './kernels/count-mask.js';
import { gaussian } from './kernels/gaussian.js';
import { guide } from './kernels/guidance.js';
import { headMeanAttention } from './kernels/head-mean-attention.js';
import { localMoments } from './kernels/local-moments.js';
import { noiseMap } from './kernels/noise-map.js';
import { reverseStep } from './kernels/reverse-step.js';

/** The small stages of the method as kernels on a device. A tensor in CPU memory is copied there first. */
export function createGpuOps(context: GpuContext): LatentOps {
  /** Runs `work` on the inputs as they lie on the device; copies made for it are freed. */
  const on = <const Inputs extends readonly Tensor[], Result>(
    inputs: Inputs,
    work: (...inputs: { [Index in keyof Inputs]: GpuTensor }) => Result,
  ): Result => {
    const placed = inputs.map((input) => toDevice(context, input));
    try {
      return work(...(placed as { [Index in keyof Inputs]: GpuTensor }));
    } finally {
      for (const tensor of placed) tensor.dispose();
    }
  };
  return {
    upload: (values, shape) => uploadTensor(context, values, shape),
    gaussian: (seed, call, shape) => gaussian(context, seed, call, shape),
    affine: (x, scale, offset, clampTo) =>
      on([x], (x) => affine(context, x, scale, offset, clampTo)),
    addNoise: (x0, noise, alphaCumprod) =>
      on([x0, noise], (x0, noise) => addNoise(context, x0, noise, alphaCumprod)),
    guide: (self, cross, strength) =>
      on([self, cross], (self, cross) => guide(context, self, cross, strength)),
    reverseStep: (x, noisePred, map, step) =>
      map === undefined
        ? on([x, noisePred], (x, eps) => reverseStep(context, x, eps, undefined, step))
        : on([x, noisePred, map], (x, eps, z) => reverseStep(context, x, eps, z, step)),
    noiseMap: (next, x, noisePred, step) =>
      on([next, x, noisePred], (next, x, eps) => noiseMap(context, next, x, eps, step)),
    adain: (content, style, masks) =>
      masks === undefined
        ? on([content, style], (content, style) => adain(context, content, style))
        : on([content, style, masks.content, masks.style], (content, style, inside, from) =>
            adain(context, content, style, { content: inside, style: from }),
          ),
    localMoments: (content, style, weights, mask) =>
      on([content, style, weights, ...(mask ? [mask] : [])], (...placed) =>
        localMoments(context, ...placed),
      ),
    headMeanAttention: (query, key, heads) =>
      Promise.resolve(
        on([query, key], (query, key) => headMeanAttention(context, query, key, heads)),
      ),
    kmeans: async (points, options, signal) => {
      const placed = toDevice(context, points);
      try {
        return await gpuKmeans(context, placed, options, signal);
      } finally {
        placed.dispose();
      }
    },
    concatBatch: (parts) => on(parts, (...parts) => concatBatch(context, parts)),
    sliceBatch: (x, index) => on([x], (x) => sliceBatch(context, x, index)),
    joinTokens: (parts) =>
      on(
        parts.map(({ tokens }) => tokens),
        (...placed) =>
          joinTokens(
            context,
            placed.map((tokens, i) => ({ tokens, runs: parts[i]?.runs })),
          ),
      ),
    countMask: (mask) => on([mask], (mask) => countMask(context, mask)),
    bytesRead: () => context.counters.bytesRead,
  };
}
