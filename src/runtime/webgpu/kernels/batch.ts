import { assert } from '../../../core/errors.js';
import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { emptyGpuTensor } from '../gpu-tensor.js';

/** Stacks tensors along the batch axis. */
export function concatBatch(context: GpuContext, parts: readonly GpuTensor[]): GpuTensor {
  const [first] = parts;
  assert(first !== undefined, 'a stack of no tensors has no shape');
  const inner = first.shape.slice(1);
  for (const { shape } of parts) {
    assert(
      shape.slice(1).join() === inner.join(),
      `a stack needs equal shapes, got [${first.shape.join(', ')}] and [${shape.join(', ')}]`,
    );
  }
  const batch = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const result = emptyGpuTensor(context, [batch, ...inner]);
  let offset = 0;
  for (const { buffer, byteLength } of parts) {
    context.copy(buffer, 0, result.buffer, offset, byteLength);
    offset += byteLength;
  }
  return result;
}

/** Sample `index` of a batch, `[1, ...]`. */
export function sliceBatch(context: GpuContext, x: GpuTensor, index: number): GpuTensor {
  const [batch = 0, ...inner] = x.shape;
  assert(
    index >= 0 && index < batch,
    `sample ${String(index)} of [${x.shape.join(', ')}] is asked for`,
  );
  const result = emptyGpuTensor(context, [1, ...inner]);
  const bytes = result.byteLength;
  context.copy(x.buffer, index * bytes, result.buffer, 0, bytes);
  return result;
}
