import { sizeOf } from '../../../tensor/tensor.js';
import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { emptyGpuTensor } from '../gpu-tensor.js';
import type { Kernel } from '../kernel.js';
import { declarations } from '../kernel.js';

const COUNT: Kernel = {
  name: 'count-mask',
  inputs: 1,
  outputs: 1,
  code:
    declarations('n: u32', ['mask: array<f32>'], ['result: array<u32>']) +
    /* wgsl */ `
var<workgroup> count: atomic<u32>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) lane: u32) {
  var own = 0u;
  for (var i = lane; i < p.n; i += 256u) { own += select(0u, 1u, mask[i] > 0.5); }
  atomicAdd(&count, own);
  workgroupBarrier();
  if (lane == 0u) { result[0] = atomicLoad(&count); }
}`,
};

/** Number of mask values above one half; four bytes are read back. */
export async function countMask(context: GpuContext, mask: GpuTensor): Promise<number> {
  const result = emptyGpuTensor(context, [1]);
  try {
    context.dispatch(COUNT, [mask, result], { integers: [sizeOf(mask.shape)] }, [1]);
    const [count = 0] = new Uint32Array(await context.read(result.buffer, 4));
    return count;
  } finally {
    result.dispose();
  }
}
