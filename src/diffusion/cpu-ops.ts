import { assert } from '../core/errors.js';
import { headMeanWeights } from '../tensor/attention.js';
import { kmeans } from '../tensor/kmeans.js';
import { gaussian } from '../tensor/philox.js';
import { cpuTensor, isCpuTensor, sizeOf, type CpuTensor, type Tensor } from '../tensor/tensor.js';
import { adain, localMoments } from './adain.js';
import type { LatentOps, TokenRuns } from './ports.js';

function dataOf(tensor: Tensor): Float32Array {
  assert(isCpuTensor(tensor), 'operations on the CPU take tensors of the CPU');
  return tensor.data;
}

/** `a x + b y + c z`, element by element; the parts have one shape. */
function combine(
  parts: readonly (readonly [factor: number, tensor: Tensor])[],
  shape: readonly number[],
): CpuTensor {
  const out = new Float32Array(sizeOf(shape));
  const [[a, x], [b, y], [c, z]] = [0, 1, 2].map((i) => {
    const part = parts[i];
    const data = part ? dataOf(part[1]) : out;
    assert(
      data.length === out.length,
      `a latent has ${String(data.length)} values, not ${String(out.length)}`,
    );
    return [part?.[0] ?? 0, data] as const;
  }) as [
    readonly [number, Float32Array],
    readonly [number, Float32Array],
    readonly [number, Float32Array],
  ];
  for (let i = 0; i < out.length; i++) {
    out[i] = a * (x[i] ?? 0) + b * (y[i] ?? 0) + c * (z[i] ?? 0);
  }
  return cpuTensor(out, shape);
}

/** Copies one sample's values of a batch. */
function sampleOf(x: Tensor, index: number): CpuTensor {
  const [batch = 1, ...rest] = x.shape;
  assert(index >= 0 && index < batch, `a batch of ${String(batch)} has no sample ${String(index)}`);
  const size = sizeOf(rest);
  return cpuTensor(dataOf(x).slice(index * size, (index + 1) * size), [1, ...rest]);
}

/** Joins tensors that differ in the batch alone. */
function joinSamples(parts: readonly Tensor[]): CpuTensor {
  const [, ...rest] = parts[0]?.shape ?? [];
  const batch = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const out = new Float32Array(batch * sizeOf(rest));
  let start = 0;
  for (const part of parts) {
    assert(sizeOf(part.shape.slice(1)) === sizeOf(rest), 'stacked tensors have one shape');
    out.set(dataOf(part), start);
    start += dataOf(part).length;
  }
  return cpuTensor(out, [batch, ...rest]);
}

/** Copies runs of tokens one after the other. */
function joinTokens(parts: readonly TokenRuns[]): CpuTensor {
  const width = parts[0]?.tokens.shape[2] ?? 0;
  const pieces = parts.flatMap(({ tokens, runs = [[0, tokens.shape[1] ?? 0]] }) => {
    assert(tokens.shape[2] === width, 'joined tokens have one width');
    return runs.map(([start, end]) => dataOf(tokens).subarray(start * width, end * width));
  });
  const out = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return cpuTensor(out, [1, out.length / width, width]);
}

/** The method's small stages on tensors in the CPU's memory; float64 inside, float32 results. */
export const cpuOps: LatentOps = {
  upload: (values, shape) => cpuTensor(values.slice(), shape),
  gaussian: (seed, call, shape) => cpuTensor(gaussian(seed, call, sizeOf(shape)), shape),
  affine(x, scale, offset, clampTo) {
    const [low, high] = clampTo ?? [-Infinity, Infinity];
    const values = dataOf(x).map((value) => Math.min(Math.max(scale * value + offset, low), high));
    return cpuTensor(values, x.shape);
  },
  addNoise: (x0, noise, alphaCumprod) =>
    combine(
      [
        [Math.sqrt(alphaCumprod), x0],
        [Math.sqrt(1 - alphaCumprod), noise],
      ],
      x0.shape,
    ),
  guide: (self, cross, strength) =>
    combine(
      [
        [1 - strength, self],
        [strength, cross],
      ],
      self.shape,
    ),
  reverseStep: (x, noisePred, noiseMap, { A, B, sigma }) =>
    combine([[A, x], [B, noisePred], ...(noiseMap ? [[sigma, noiseMap] as const] : [])], x.shape),
  noiseMap: (next, x, noisePred, { A, B, sigma }) =>
    combine(
      [
        [1 / sigma, next],
        [-A / sigma, x],
        [-B / sigma, noisePred],
      ],
      x.shape,
    ),
  adain(content, style, masks) {
    const values = masks && { content: dataOf(masks.content), style: dataOf(masks.style) };
    const channels = content.shape[1] ?? 1;
    return cpuTensor(adain(dataOf(content), dataOf(style), channels, values), content.shape);
  },
  localMoments(content, style, weights, mask) {
    const data = localMoments(
      { content: dataOf(content), style: dataOf(style), weights: dataOf(weights) },
      content.shape[1] ?? 1,
      mask && dataOf(mask),
    );
    return cpuTensor(data, content.shape);
  },
  headMeanAttention(query, key, heads) {
    const [, queries = 0, channels = 0] = query.shape;
    const weights = headMeanWeights(dataOf(query), dataOf(key), channels, heads);
    return Promise.resolve(cpuTensor(weights, [queries, key.shape[1] ?? 0]));
  },
  kmeans: (points, options, signal) =>
    kmeans(dataOf(points), points.shape[0] ?? 0, options, signal),
  concatBatch: joinSamples,
  sliceBatch: sampleOf,
  joinTokens,
  countMask: (mask) =>
    Promise.resolve(dataOf(mask).reduce((sum, value) => sum + (value > 0.5 ? 1 : 0), 0)),
  bytesRead: () => 0,
};
