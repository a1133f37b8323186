import { assert } from '../../../core/errors.js';
import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { emptyGpuTensor } from '../gpu-tensor.js';
import type { Kernel } from '../kernel.js';
import { declarations } from '../kernel.js';

const GROUP = 64;

/** One invocation a cell and channel. */
function localKernel(name: string, masks: readonly string[], blend: string): Kernel {
  const inputs = ['content', 'style', 'weights', ...masks].map((input) => `${input}: array<f32>`);
  return {
    name,
    inputs: inputs.length,
    outputs: 1,
    code:
      declarations('cells: u32, keys: u32', inputs, ['result: array<f32>']) +
      /* wgsl */ `
@compute @workgroup_size(${String(GROUP)})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let cell = id.x;
  if (cell >= p.cells) { return; }
  let row = cell * p.keys;
  let plane = id.y * p.keys;
  var mean = 0.0;
  for (var j = 0u; j < p.keys; j++) { mean += weights[row + j] * style[plane + j]; }
  var variance = 0.0;
  for (var j = 0u; j < p.keys; j++) {
    let d = style[plane + j] - mean;
    variance += weights[row + j] * d * d;
  }
  let at = id.y * p.cells + cell;
  let y = content[at] * sqrt(variance + 1e-5) + mean;
  result[at] = ${blend};
}`,
  };
}

const UNMASKED = localKernel('local-moments', [], 'y');
const MASKED = localKernel('local-moments-masked', ['mask'], 'mix(content[at], y, mask[cell])');

/**
 * `content` `[1, C, H, W]` with each cell scaled and moved to the deviation and mean of the cells of `style`, weighed by the cell's row
 * of `weights` `[H W, cells of style]`; inside the mask `[1, 1, H, W]` where there is one.
 */
export function localMoments(
  context: GpuContext,
  content: GpuTensor,
  style: GpuTensor,
  weights: GpuTensor,
  mask?: GpuTensor,
): GpuTensor {
  const [, channels = 0, height = 0, width = 0] = content.shape;
  const [cells = 0, keys = 0] = weights.shape;
  assert(
    cells === height * width && style.byteLength === 4 * channels * keys,
    `local moments of [${content.shape.join(', ')}] need a weight for each cell of [${style.shape.join(', ')}], got [${weights.shape.join(', ')}]`,
  );
  const result = emptyGpuTensor(context, content.shape);
  const views = [content, style, weights, ...(mask ? [mask] : []), result];
  const groups = [Math.ceil(cells / GROUP), channels] as const;
  context.dispatch(mask ? MASKED : UNMASKED, views, { integers: [cells, keys] }, groups);
  return result;
}
