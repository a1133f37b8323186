import { AppError } from '../../src/core/errors.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import {
  forecastLens,
  gridPicture,
  LENS_BRANCHES,
  LENS_PLACE,
  lensLayer,
  type LensLayer,
} from '../../src/diffusion/attention-lens.js';
import { eachAttentionRow, type Contrast } from '../../src/tensor/correspondence.js';

export default defineNode({
  type: 'AttentionMap',
  version: 1,
  displayName: 'Attention Map',
  category: 'lens',
  description:
    'Shows where points of one picture look: in the picture itself, in the appearance, and in the appearance **with contrast** (paper, figures 3 and 5). It looks at the last self-attention of the decoder, at the latent’s own size, in one pass of both branches. Each map is as bright as its largest weight; maps of several points are added.',
  equation: 'A = softmax(Q_p · Kᵀ / √d),  A′ = clip(β · A + (1 − β) / N, 0, 1)',
  source: 'Paper, figures 3 and 5; method, section 6',
  searchAliases: ['attention lens', 'heat map', 'where does it look', 'contrast'],
  outputNode: true,
  inputs: {
    ...LENS_BRANCHES,
    points: {
      type: 'STRING',
      default: '0.5 0.5',
      tooltip:
        'Points as shares of width and height, from the upper left; several parted by semicolons: 0.5 0.4; 0.2 0.7.',
    },
    ...LENS_PLACE,
    contrast: {
      type: 'FLOAT',
      default: 1.67,
      min: 0,
      max: 10,
      step: 0.01,
      tooltip: 'The contrast of the third map (β).',
    },
  },
  outputs: {},
  forecast({ queries, appearance, step, points }, context) {
    readPoints(points);
    forecastLens(queries, appearance, step, context);
    return {};
  },
  async execute({ queries, appearance, points, step, head, contrast }, { signal, show }) {
    const places = readPoints(points);
    const own = await lensLayer({ from: queries, to: queries, step, head }, signal);
    const cross = await lensLayer({ from: queries, to: appearance, step, head }, signal);
    show('self', heat(own, places, { contrast: 1, clip: false }));
    show('cross', heat(cross, places, { contrast: 1, clip: false }));
    show('cross with contrast', heat(cross, places, { contrast, clip: true }));
    return {};
  },
});

type Point = readonly [x: number, y: number];

/** @throws AppError `input/invalid` */
function readPoints(text: string): readonly Point[] {
  const points = text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) =>
      part
        .trim()
        .split(/[\s,]+/)
        .map(Number),
    );
  const isRight = (point: readonly number[]): boolean =>
    point.length === 2 && point.every((share) => share >= 0 && share <= 1);
  if (points.length > 0 && points.every(isRight)) return points.map(([x = 0, y = 0]) => [x, y]);
  throw new AppError({
    code: 'input/invalid',
    input: 'points',
    reason: `“${text}” is no list of points`,
    remedy: 'Write two numbers from 0 to 1 for each point, such as 0.5 0.4; 0.2 0.7.',
  });
}

/** The attention of the points' queries, added up. */
function heat(layer: LensLayer, points: readonly Point[], contrast: Contrast) {
  const { rows, columns, channels, query, downscale } = layer;
  const sum = new Float32Array(rows * columns);
  for (const [x, y] of points) {
    const column = Math.min(columns - 1, Math.floor(x * columns));
    const cell = Math.min(rows - 1, Math.floor(y * rows)) * columns + column;
    const asked = { ...layer, query: query.subarray(cell * channels, (cell + 1) * channels) };
    eachAttentionRow(
      asked,
      (_query, weights) => {
        weights.forEach((weight, i) => (sum[i] = (sum[i] ?? 0) + weight));
      },
      contrast,
    );
  }
  const largest = sum.reduce((most, weight) => Math.max(most, weight), 1e-12);
  return gridPicture(layer, downscale, (cell) => {
    const share = (sum[cell] ?? 0) / largest;
    return [255 * Math.min(1, 2 * share), 255 * share, 255 * Math.max(0, 2 * share - 1)];
  });
}
