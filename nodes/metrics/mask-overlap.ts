import { defineNode } from '../../src/diffusion/define-node.js';
import { plainForecast } from '../../src/diffusion/forecast-values.js';
import { maskOverlap } from '../../src/diffusion/mask-overlap.js';

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
    'Both is drawn white, only *a* orange, only *b* blue. Two empty masks are told and count as equal.',
  ].join('\n'),
  equation: 'IoU = |a ∩ b| / |a ∪ b|',
  source: 'Paper, evaluation; method, section 15',
  searchAliases: ['MaskIoU', 'intersection over union', 'jaccard', 'structure score', 'overlap'],
  outputNode: true,
  inputs: {
    a: { type: 'MASK', tooltip: 'One mask, such as that of the structure picture.' },
    b: {
      type: 'MASK',
      tooltip: 'The other, such as that of the result; brought to the size of a.',
    },
  },
  outputs: { iou: { type: 'FLOAT', tooltip: 'The share: 0 for masks apart, 1 for equal masks.' } },
  forecast: () => ({ iou: plainForecast(undefined) }),
  async execute({ a, b }, { show, warn }) {
    const [, , rows = 0, columns = 0] = a.values.shape;
    const scale = Math.max(rows, columns) <= 128 ? SCALE : 1;
    const { iou, picture } = await maskOverlap(a.values, b.values, scale);
    if (iou === undefined) warn('Both masks are empty, so they count as equal.');
    show(`IoU ${(iou ?? 1).toFixed(3)}`, picture);
    return { iou: iou ?? 1 };
  },
});
