import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { elementwise, elementwiseKernel } from './elementwise.js';

const ADD_NOISE = elementwiseKernel('add-noise', 2, 'p.a * x[i] + p.b * y[i]');

/** `sqrt(a) x0 + sqrt(1 - a) noise`. */
export function addNoise(
  context: GpuContext,
  x0: GpuTensor,
  noise: GpuTensor,
  alphaCumprod: number,
): GpuTensor {
  const factors = [Math.sqrt(alphaCumprod), Math.sqrt(1 - alphaCumprod)];
  return elementwise(context, ADD_NOISE, [x0, noise], factors);
}
