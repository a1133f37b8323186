import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { elementwise, elementwiseKernel } from './elementwise.js';

const AFFINE = elementwiseKernel('affine', 1, 'p.a * x[i] + p.b');
const CLAMPED = elementwiseKernel('affine-clamped', 1, 'clamp(p.a * x[i] + p.b, p.c, p.d)');

/** `scale * x + offset`, held within `clampTo`. */
export function affine(
  context: GpuContext,
  x: GpuTensor,
  scale: number,
  offset: number,
  clampTo?: readonly [number, number],
): GpuTensor {
  return clampTo === undefined
    ? elementwise(context, AFFINE, [x], [scale, offset])
    : elementwise(context, CLAMPED, [x], [scale, offset, ...clampTo]);
}
