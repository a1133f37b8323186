import { assert } from '../../../core/errors.js';
import { sizeOf } from '../../../tensor/tensor.js';
import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { emptyGpuTensor } from '../gpu-tensor.js';
import type { Kernel } from '../kernel.js';
import { declarations } from '../kernel.js';

const GROUP = 256;

/** Workgroups for `count` elements; more than the device's 65535 are covered by a stride loop in the kernel. */
export function groupsFor(count: number): number {
  return Math.min(Math.ceil(count / GROUP), 65535);
}

/** A loop over `count` (WGSL) elements: `body` sees the index `i`, the scalars `p` and the buffers. */
export function elementLoop(body: string, count = 'p.n'): string {
  return /* wgsl */ `
@compute @workgroup_size(${String(GROUP)})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < ${count}; i += groups.x * ${String(GROUP)}u) {
    ${body}
  }
}`;
}

/** A kernel that computes `expression` of the elements `x[i]`, `y[i]`, `z[i]` (as many as `inputs`). */
export function elementwiseKernel(name: string, inputs: 1 | 2 | 3, expression: string): Kernel {
  const names = ['x', 'y', 'z'].slice(0, inputs).map((input) => `${input}: array<f32>`);
  return {
    name,
    inputs,
    outputs: 1,
    code:
      declarations('n: u32, a: f32, b: f32, c: f32, d: f32', names, ['result: array<f32>']) +
      elementLoop(`result[i] = ${expression};`),
  };
}

/** Runs an element-wise kernel over tensors of one shape. */
export function elementwise(
  context: GpuContext,
  kernel: Kernel,
  inputs: readonly [GpuTensor, ...GpuTensor[]],
  floats: readonly number[],
): GpuTensor {
  const { shape } = inputs[0];
  const count = sizeOf(shape);
  for (const input of inputs) {
    assert(
      sizeOf(input.shape) === count,
      `${kernel.name} needs equal shapes, got [${shape.join(', ')}] and [${input.shape.join(', ')}]`,
    );
  }
  const result = emptyGpuTensor(context, shape);
  const params = { integers: [count], floats };
  context.dispatch(kernel, [...inputs, result], params, [groupsFor(count)]);
  return result;
}
