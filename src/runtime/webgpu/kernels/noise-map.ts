import type { StepCoefficients } from '../../../diffusion/ports.js';
import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { elementwise, elementwiseKernel } from './elementwise.js';

const NOISE_MAP = elementwiseKernel('noise-map', 3, '(x[i] - (p.a * y[i] + p.b * z[i])) / p.c');

/** `(next - A x - B eps) / sigma`: the noise with which the reverse step leads from `x` to `next`. method.md 11.2. */
export function noiseMap(
  context: GpuContext,
  next: GpuTensor,
  x: GpuTensor,
  noisePred: GpuTensor,
  { A, B, sigma }: StepCoefficients,
): GpuTensor {
  return elementwise(context, NOISE_MAP, [next, x, noisePred], [A, B, sigma]);
}
