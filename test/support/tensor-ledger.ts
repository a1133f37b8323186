import type { LatentOps } from '../../src/diffusion/ports.js';
import { sizeOf, type CpuTensor, type Tensor } from '../../src/tensor/tensor.js';

/** Keeps account of tensors: how many are claimed, and that nobody reads one that was freed. */
export interface TensorLedger {
  /** Tensors with at least one claim. */
  readonly live: () => number;
  /** Tensors made so far. */
  readonly made: () => number;
  /** A tensor of the same values that is in the account; it starts with one claim. */
  readonly enter: (tensor: Tensor) => CpuTensor;
}

/** A new account. Freed twice or read after it was freed, a tensor throws. */
export function createTensorLedger(): TensorLedger {
  let live = 0;
  let made = 0;
  return {
    live: () => live,
    made: () => made,
    enter(source) {
      if (!('data' in source) || !(source.data instanceof Float32Array)) {
        throw new Error('the account holds tensors in the memory of the CPU');
      }
      const values = source.data;
      let claims = 1;
      live += 1;
      made += 1;
      const requireLive = () => {
        if (claims <= 0) throw new Error('a freed tensor was used');
      };
      const tensor: CpuTensor = {
        place: 'cpu',
        shape: source.shape,
        byteLength: 4 * sizeOf(source.shape),
        get data() {
          requireLive();
          return values;
        },
        read: () => {
          requireLive();
          return Promise.resolve(values);
        },
        retain() {
          requireLive();
          claims += 1;
          return tensor;
        },
        dispose() {
          requireLive();
          claims -= 1;
          if (claims === 0) live -= 1;
        },
      };
      return tensor;
    },
  };
}

/** Latent operations whose results are in the account. */
export function ledgerOps(ops: LatentOps, { enter }: TensorLedger): LatentOps {
  return {
    ...ops,
    upload: (values, shape) => enter(ops.upload(values, shape)),
    gaussian: (seed, call, shape) => enter(ops.gaussian(seed, call, shape)),
    affine: (x, scale, offset, clampTo) => enter(ops.affine(x, scale, offset, clampTo)),
    addNoise: (x0, noise, alpha) => enter(ops.addNoise(x0, noise, alpha)),
    guide: (self, cross, strength) => enter(ops.guide(self, cross, strength)),
    reverseStep: (x, noisePred, map, step) => enter(ops.reverseStep(x, noisePred, map, step)),
    noiseMap: (next, x, noisePred, step) => enter(ops.noiseMap(next, x, noisePred, step)),
    adain: (content, style, masks) => enter(ops.adain(content, style, masks)),
    localMoments: (content, style, weights, mask) =>
      enter(ops.localMoments(content, style, weights, mask)),
    headMeanAttention: async (query, key, heads) =>
      enter(await ops.headMeanAttention(query, key, heads)),
    concatBatch: (parts) => enter(ops.concatBatch(parts)),
    sliceBatch: (x, index) => enter(ops.sliceBatch(x, index)),
    joinTokens: (parts) => enter(ops.joinTokens(parts)),
  };
}
