import { cpuOps } from '../diffusion/cpu-ops.js';
import type { LatentOps } from '../diffusion/ports.js';
import type { InferenceRunner } from './inference.js';

/** The operations of the CPU, but attention maps are computed by `runner`, which is many times faster than a loop. */
export function cpuOpsWith(runner: InferenceRunner): LatentOps {
  return {
    ...cpuOps,
    async headMeanAttention(query, key, heads) {
      const { headMeanAttention } = await import('./head-mean-attention.js');
      return headMeanAttention(runner, query, key, heads);
    },
  };
}
