import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { elementwise, elementwiseKernel } from './elementwise.js';

const GUIDE = elementwiseKernel('guidance', 2, 'x[i] + p.a * (y[i] - x[i])');

/** `self + strength (cross - self)`. method.md 7. */
export function guide(
  context: GpuContext,
  self: GpuTensor,
  cross: GpuTensor,
  strength: number,
): GpuTensor {
  return elementwise(context, GUIDE, [self, cross], [strength]);
}
