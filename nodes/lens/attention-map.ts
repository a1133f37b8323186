import { AppError } from '../../src/core/errors.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import {
  forecastLens,
  LENS_BRANCHES,
  LENS_PLACE,
  lensLayers,
  type LensLayer,
} from '../../src/diffusion/attention-lens.js';
import { maskRuns } from '../../src/diffusion/foreign-keys.js';
import { LENS_LAYER } from '../../src/diffusion/lens-layers.js';
import { heatPicture, pictureUnder, ringed } from '../../src/diffusion/lens-pictures.js';
import { asRead, PLAIN_READING, rowOf, type LensReading } from '../../src/diffusion/lens-keys.js';

export default defineNode({
  type: 'AttentionMap',
  version: 1,
  displayName: 'Attention Map',
  category: 'lens',
  description:
    'Shows where points of one picture look: in the picture itself, in the appearance, and in the appearance **with contrast** (paper, figures 3 and 5). **Press on the first map** to set the point, with Shift to add one. It looks at the decoder’s self-attention, in one layer and pass of both branches or averaged over several. The third map reads the appearance with contrast and with what is set beyond the paper, as *Cross-Image U-Net Step* does. Each map is as bright as its largest weight; maps of several points are added.',
  equation: 'A = softmax(Q_p · Kᵀ / √d),  A′ = clip(β · A + (1 − β) / N, 0, 1)',
  source: 'Paper, figures 3 and 5; method, section 6',
  searchAliases: ['attention lens', 'heat map', 'where does it look', 'contrast'],
  outputNode: true,
  example: 'own-masks',
  inputs: {
    ...LENS_BRANCHES,
    queries_image: {
      type: 'IMAGE',
      optional: true,
      tooltip: 'The picture that asks, to be shown below the first map.',
    },
    appearance_image: {
      type: 'IMAGE',
      optional: true,
      tooltip: 'The appearance picture, to be shown below the other two maps.',
    },
    points: {
      type: 'STRING',
      default: '0.5 0.5',
      editor: 'points',
      tooltip:
        'Points of the first picture below, set by pressing there, or written as shares of width and height, from the upper left; several parted by semicolons: 0.5 0.4; 0.2 0.7.',
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
    sharpness: {
      type: 'FLOAT',
      default: 1,
      min: 0.1,
      max: 10,
      step: 0.05,
      tooltip:
        'The inverse temperature of the third map (τ), as on Cross-Image U-Net Step; 1 is the paper.',
    },
    renormalize: {
      type: 'BOOLEAN',
      default: false,
      tooltip: 'Whether rows of the third map are divided by their sums after the contrast.',
    },
    own_keys: {
      type: 'BOOLEAN',
      default: false,
      tooltip:
        'Whether the third map reads the asking picture’s own keys beside the appearance’s, in one softmax.',
    },
    foreign_bias: {
      type: 'FLOAT',
      default: 0,
      min: -20,
      max: 20,
      step: 0.1,
      tooltip: 'With own keys: added to the logits of the appearance’s.',
    },
    ...LENS_LAYER,
    appearance_keys: {
      type: 'MASK',
      optional: true,
      tooltip: 'The places of the appearance that the third map may read; all without a mask.',
    },
  },
  outputs: {},
  forecast({ queries, appearance, points, ...place }, context) {
    readPoints(points);
    forecastLens(queries, appearance, place, context);
    return {};
  },
  async execute({ queries, appearance, points, ...settings }, { signal, show, warn }) {
    const places = readPoints(points);
    const { step, until, every, head, layer, contrast } = settings;
    const place = { step, until, every, head, layer };
    const cross = await lensLayers({ from: queries, to: appearance, ...place }, { signal, warn });
    const [first, ...others] = cross;
    const own = [selfLayer(first), ...others.map(selfLayer)] as const;
    const reading = {
      contrast,
      clip: true,
      sharpness: settings.sharpness,
      renormalize: settings.renormalize,
      besideOwn: settings.own_keys,
      foreignBias: settings.foreign_bias,
      appearanceKeys: settings.appearance_keys?.values,
    };
    const { grid, keyGrid, downscale } = first;
    const keySize = { height: keyGrid.rows, width: keyGrid.columns };
    const { appearanceKeys } = reading;
    if (appearanceKeys && !(await maskRuns(appearanceKeys, keySize)))
      warn('The mask at appearance_keys is empty, so the whole appearance was read.');
    const asking = await pictureUnder(settings.queries_image, grid, downscale);
    const asked = await pictureUnder(settings.appearance_image, keyGrid, downscale);
    const plain = heatPicture(grid, downscale, await heat(own, places, PLAIN_READING), asking);
    show('self', ringed(plain, places));
    show('cross', heatPicture(keyGrid, downscale, await heat(cross, places, PLAIN_READING), asked));
    const contrasted = await heat(cross, places, reading);
    show('cross with contrast', heatPicture(keyGrid, downscale, contrasted, asked));
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

/** The same queries, asking the picture itself. */
function selfLayer(layer: LensLayer): LensLayer {
  return { ...layer, key: layer.ownKey, keyGrid: layer.grid };
}

/** The attention of the points’ queries to each cell that is looked at, added up. */
async function heat(
  layers: readonly [LensLayer, ...LensLayer[]],
  points: readonly Point[],
  reading: LensReading,
): Promise<Float32Array> {
  const read = await Promise.all(layers.map((layer) => asRead(layer, reading)));
  const [{ grid, keyGrid }] = layers;
  const sum = new Float32Array(keyGrid.rows * keyGrid.columns);
  for (const [x, y] of points) {
    const column = Math.min(grid.columns - 1, Math.floor(x * grid.columns));
    const cell = Math.min(grid.rows - 1, Math.floor(y * grid.rows)) * grid.columns + column;
    rowOf(read, cell).forEach((weight, i) => (sum[i] = (sum[i] ?? 0) + weight));
  }
  return sum;
}
