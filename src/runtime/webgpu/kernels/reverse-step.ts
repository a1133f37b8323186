import type { StepCoefficients } from '../../../diffusion/ports.js';
import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { elementwise, elementwiseKernel } from './elementwise.js';

const STEP = elementwiseKernel('reverse-step', 3, 'p.a * x[i] + p.b * y[i] + p.c * z[i]');
const LAST_STEP = elementwiseKernel('reverse-step-without-noise', 2, 'p.a * x[i] + p.b * y[i]');

/** `A x + B eps + sigma z`, without the last term where there is no noise map. method.md 11.3. */
export function reverseStep(
  context: GpuContext,
  x: GpuTensor,
  noisePred: GpuTensor,
  noiseMap: GpuTensor | undefined,
  { A, B, sigma }: StepCoefficients,
): GpuTensor {
  return noiseMap === undefined
    ? elementwise(context, LAST_STEP, [x, noisePred], [A, B])
    : elementwise(context, STEP, [x, noisePred, noiseMap], [A, B, sigma]);
}
