import { sizeOf } from '../../../tensor/tensor.js';
import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { emptyGpuTensor } from '../gpu-tensor.js';
import type { Kernel } from '../kernel.js';
import { declarations } from '../kernel.js';
import { elementLoop, groupsFor } from './elementwise.js';
import { WGSL_MATH } from './wgsl-math.js';

/** Philox4x32-10 of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011). */
const PHILOX = /* wgsl */ `
fn highProduct(a: u32, b: u32) -> u32 {
  let a0 = a & 0xffffu;
  let a1 = a >> 16u;
  let b0 = b & 0xffffu;
  let b1 = b >> 16u;
  let middle = a1 * b0 + ((a0 * b0) >> 16u);
  let carry = (middle & 0xffffu) + a0 * b1;
  return a1 * b1 + (middle >> 16u) + (carry >> 16u);
}

fn philox(start: vec4u, startKey: vec2u) -> vec4u {
  var c = start;
  var k = startKey;
  for (var round = 0; round < 10; round++) {
    let high0 = highProduct(0xD2511F53u, c.x);
    let high1 = highProduct(0xCD9E8D57u, c.z);
    c = vec4u(high1 ^ c.y ^ k.x, 0xCD9E8D57u * c.z, high0 ^ c.w ^ k.y, 0xD2511F53u * c.x);
    k += vec2u(0x9E3779B9u, 0xBB67AE85u);
  }
  return c;
}
`;

const GAUSSIAN: Kernel = {
  name: 'gaussian',
  inputs: 0,
  outputs: 1,
  code:
    declarations('n: u32, seedLow: u32, seedHigh: u32, call: u32', [], ['result: array<f32>']) +
    WGSL_MATH +
    PHILOX +
    elementLoop(`
    let g = philox(vec4u(p.call, 0u, i, 0u), vec2u(p.seedLow, p.seedHigh));
    result[i] = sqrt(-2.0 * lnOfUnit(g.x)) * sinOfTurn(g.y);`),
};

/** Standard normal values as torch's CUDA generator draws them in its `call`-th call since seeding. method.md 11.6. */
export function gaussian(
  context: GpuContext,
  seed: bigint,
  call: number,
  shape: readonly number[],
): GpuTensor {
  const result = emptyGpuTensor(context, shape);
  const count = sizeOf(shape);
  const key = [BigInt.asUintN(32, seed), BigInt.asUintN(32, seed >> 32n)].map(Number);
  context.dispatch(GAUSSIAN, [result], { integers: [count, ...key, call] }, [groupsFor(count)]);
  return result;
}
