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

/** Runs of tokens of several `[1, count, channels]`, one after the other; all tokens of a part without runs. */
export function joinTokens(
  context: GpuContext,
  parts: readonly {
    readonly tokens: GpuTensor;
    readonly runs?: readonly (readonly [start: number, end: number])[] | undefined;
  }[],
): GpuTensor {
  const width = parts[0]?.tokens.shape[2] ?? 0;
  const pieces = parts.flatMap(({ tokens, runs = [[0, tokens.shape[1] ?? 0]] }) => {
    assert(tokens.shape[2] === width, 'joined tokens have one width');
    return runs.map(([start, end]) => ({ tokens, start, count: end - start }));
  });
  const total = pieces.reduce((sum, { count }) => sum + count, 0);
  const result = emptyGpuTensor(context, [1, total, width]);
  const bytes = 4 * width;
  let at = 0;
  for (const { tokens, start, count } of pieces) {
    context.copy(tokens.buffer, start * bytes, result.buffer, at * bytes, count * bytes);
    at += count;
  }
  return result;
}
