import { assert } from '../../../core/errors.js';
import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { emptyGpuTensor } from '../gpu-tensor.js';
import type { Kernel } from '../kernel.js';
import { declarations } from '../kernel.js';

const GROUP = 256;

const REDUCE = /* wgsl */ `
var<workgroup> partial: array<f32, ${String(GROUP)}>;

fn total(value: f32, lane: u32) -> f32 {
  workgroupBarrier();
  partial[lane] = value;
  workgroupBarrier();
  for (var half = ${String(GROUP / 2)}u; half > 0u; half >>= 1u) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  return partial[0];
}
`;

/** Declares `<name>Count`, `<name>Mean` and `<name>Deviation` of one channel over the pixels where `inside` holds. */
function statistics(name: string, buffer: string, count: string, inside: string): string {
  const loop = (body: string): string =>
    `for (var i = lane; i < ${count}; i += ${String(GROUP)}u) { if (${inside}) { ${body} } }`;
  return /* wgsl */ `
  var ${name}Pixels = 0.0;
  var ${name}Sum = 0.0;
  ${loop(`${name}Pixels += 1.0; ${name}Sum += ${buffer}[channel * ${count} + i];`)}
  let ${name}Count = total(${name}Pixels, lane);
  let ${name}Mean = total(${name}Sum, lane) / ${name}Count;
  var ${name}Squares = 0.0;
  ${loop(`let d = ${buffer}[channel * ${count} + i] - ${name}Mean; ${name}Squares += d * d;`)}
  let ${name}Deviation = sqrt(total(${name}Squares, lane) / (${name}Count - 1.0) + 1e-5);`;
}

const HEAD = /* wgsl */ `
@compute @workgroup_size(${String(GROUP)})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let channel = group.x;`;

const TAIL = (blend: string): string => /* wgsl */ `
  let gain = styleDeviation / contentDeviation;
  for (var i = lane; i < p.contentSize; i += ${String(GROUP)}u) {
    let at = channel * p.contentSize + i;
    let y = (content[at] - contentMean) * gain + styleMean;
    result[at] = ${blend};
  }
}`;

const SIZES = 'contentSize: u32, styleSize: u32';

const UNMASKED: Kernel = {
  name: 'adain',
  inputs: 2,
  outputs: 1,
  code:
    declarations(SIZES, ['content: array<f32>', 'style: array<f32>'], ['result: array<f32>']) +
    REDUCE +
    HEAD +
    statistics('content', 'content', 'p.contentSize', 'true') +
    statistics('style', 'style', 'p.styleSize', 'true') +
    TAIL('y'),
};

const MASKED: Kernel = {
  name: 'adain-masked',
  inputs: 4,
  outputs: 1,
  code:
    declarations(
      SIZES,
      [
        'content: array<f32>',
        'style: array<f32>',
        'contentMask: array<f32>',
        'styleMask: array<f32>',
      ],
      ['result: array<f32>'],
    ) +
    REDUCE +
    HEAD +
    statistics('content', 'content', 'p.contentSize', 'contentMask[i] > 0.5') +
    statistics('style', 'style', 'p.styleSize', 'styleMask[i] > 0.5') +
    TAIL('mix(content[at], y, contentMask[i])'),
};

/**
 * Channel statistics of `style` (over its mask) given to `content` (inside its mask): `[1, C, H, W]` each,
 * masks `[1, 1, H, W]` with two pixels or more. method.md 9.
 */
export function adain(
  context: GpuContext,
  content: GpuTensor,
  style: GpuTensor,
  masks?: { readonly content: GpuTensor; readonly style: GpuTensor },
): GpuTensor {
  const [batch, channels, height = 0, width = 0] = content.shape;
  const [, styleChannels, styleHeight = 0, styleWidth = 0] = style.shape;
  assert(
    batch === 1 && channels !== undefined && channels === styleChannels,
    `adain needs [1, C, H, W] twice, got [${content.shape.join(', ')}] and [${style.shape.join(', ')}]`,
  );
  const result = emptyGpuTensor(context, content.shape);
  const params = { integers: [height * width, styleHeight * styleWidth] };
  const views =
    masks === undefined ? [content, style] : [content, style, masks.content, masks.style];
  const kernel = masks === undefined ? UNMASKED : MASKED;
  context.dispatch(kernel, [...views, result], params, [channels]);
  return result;
}
