import { AppError } from '../../src/core/errors.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { plainForecast } from '../../src/diffusion/forecast-values.js';
import { maskOverlap } from '../../src/diffusion/mask-overlap.js';
import { partMask } from '../../src/diffusion/part-map.js';
import type { Parts } from '../../src/diffusion/sockets.js';
import type { Tensor } from '../../src/tensor/tensor.js';

/** Latent cells are drawn as wide as the pixels they stand for. */
const SCALE = 8;

export default defineNode({
  type: 'MaskOverlap',
  version: 1,
  displayName: 'Mask IoU',
  category: 'metrics',
  description: [
    'Says how well two masks agree: the pixels that both hold, divided by those that either holds. With the masks of the structure picture and of the result it is the paper’s measure of kept structure (method, section 15).',
    '',
    'In place of a mask a part map may be linked, whose subject counts; of two part maps the parts are compared as well. Both is drawn white, only *a* orange, only *b* blue. Two empty masks are told and count as equal.',
  ].join('\n'),
  equation: 'IoU = |a ∩ b| / |a ∪ b|',
  source: 'Paper, evaluation; method, section 15',
  searchAliases: ['MaskIoU', 'intersection over union', 'jaccard', 'structure score', 'overlap'],
  outputNode: true,
  example: 'creatures',
  inputs: {
    a: {
      type: 'MASK',
      optional: true,
      tooltip: 'One mask, such as that of the structure picture.',
    },
    b: {
      type: 'MASK',
      optional: true,
      tooltip: 'The other, such as that of the result; brought to the size of a.',
    },
    parts_a: {
      type: 'PARTS',
      optional: true,
      tooltip: 'A part map, whose subject is taken where a is not linked.',
    },
    parts_b: {
      type: 'PARTS',
      optional: true,
      tooltip: 'A part map, whose subject is taken where b is not linked.',
    },
  },
  outputs: {
    iou: { type: 'FLOAT', tooltip: 'The share: 0 for masks apart, 1 for equal masks.' },
    part_iou: {
      type: 'FLOAT',
      tooltip:
        'The mean of the shares of the parts that either map shows; the same as iou unless both part maps are linked.',
    },
  },
  forecast: () => ({ iou: plainForecast(undefined), part_iou: plainForecast(undefined) }),
  async execute({ a, b, parts_a, parts_b }, { show, warn }) {
    const first = a?.values ?? silhouette(parts_a, 'a');
    const second = b?.values ?? silhouette(parts_b, 'b');
    const [, , rows = 0, columns = 0] = first.shape;
    const scale = Math.max(rows, columns) <= 128 ? SCALE : 1;
    const { iou, picture } = await maskOverlap(first, second, scale);
    if (iou === undefined) warn('Both masks are empty, so they count as equal.');
    show(`IoU ${(iou ?? 1).toFixed(3)}`, picture);
    if (!parts_a || !parts_b) return { iou: iou ?? 1, part_iou: iou ?? 1 };
    if (parts_a.width !== parts_b.width || parts_a.height !== parts_b.height) {
      warn('The part maps have different sizes, so parts are compared as their masks are.');
    }
    return { iou: iou ?? 1, part_iou: await partOverlap(parts_a, parts_b) };
  },
});

/** The subject of a part map. @throws AppError `input/invalid` when there is none. */
function silhouette(parts: Parts | undefined, input: string): Tensor {
  if (parts) return partMask(parts, (label) => label >= parts.firstOfSubject);
  throw new AppError({
    code: 'input/invalid',
    input,
    reason: 'neither a mask nor a part map is linked',
    remedy: `Link a mask to ${input}, or a part map to parts_${input}.`,
  });
}

/** The mean over the parts of the subject that either map shows; 1 when neither shows any. */
async function partOverlap(a: Parts, b: Parts): Promise<number> {
  const names = new Set([...a.names.slice(a.firstOfSubject), ...b.names.slice(b.firstOfSubject)]);
  const shares: number[] = [];
  for (const name of names) {
    const [first, second] = [a, b].map((parts) =>
      partMask(parts, (label) => parts.names[label] === name),
    );
    const { iou } = first && second ? await maskOverlap(first, second, 1) : { iou: undefined };
    if (iou !== undefined) shares.push(iou);
  }
  if (shares.length === 0) return 1;
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
