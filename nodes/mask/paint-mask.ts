import { AppError } from '../../src/core/errors.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { tensorForecast } from '../../src/diffusion/forecast-values.js';
import { maskToPicture } from '../../src/diffusion/image-processor.js';
import { fullMask } from '../../src/diffusion/latent-mask.js';
import {
  paintedMaskValues,
  parsePaintedMask,
  type PaintedMask,
} from '../../src/diffusion/painted-mask.js';

/** The side of the empty mask that nothing was painted on. */
const emptySide = 8;

export default defineNode({
  type: 'PaintMask',
  version: 1,
  displayName: 'Paint Mask',
  category: 'mask',
  description: [
    'A mask that you **paint** on a picture: with mouse, pen or finger, or with the arrow keys. It is kept in the graph itself, at up to 128 cells a side, so that a shared graph brings its mask along.',
    '',
    'While nothing is painted, what is linked to `base` comes out as it is. Painting begins from it: link a *Self-Segmentation Mask* and the editor offers its clusters, with the score of the noun in each, to be picked and corrected by hand.',
  ].join('\n'),
  source: 'Method, section 9',
  searchAliases: ['draw mask', 'mask editor', 'brush', 'inpaint mask', 'region'],
  example: 'own-masks',
  inputs: {
    base: {
      type: 'MASK',
      optional: true,
      tooltip: 'What comes out while nothing is painted, and what painting begins from.',
    },
    image: {
      type: 'COMBO',
      options: [],
      default: '',
      source: 'pictures',
      tooltip: 'The picture that is painted on; it does not change the mask.',
    },
    mask: {
      type: 'STRING',
      default: '',
      editor: 'mask',
      tooltip: 'What was painted: the size and runs of cells; empty means nothing yet.',
    },
  },
  outputs: {
    MASK: { type: 'MASK', shape: 'h×w', tooltip: 'What was painted, as values from 0 to 1.' },
  },
  forecast({ base, mask }) {
    if (mask.trim() !== '') {
      const { height, width } = readMask(mask);
      return { MASK: tensorForecast([1, 1, height, width], null) };
    }
    return { MASK: tensorForecast(base?.shape ?? [1, 1, emptySide, emptySide], null) };
  },
  async execute({ base, mask }, { show, warn }) {
    const values =
      mask.trim() !== ''
        ? paintedMaskValues(readMask(mask))
        : (base?.values.retain() ?? fullMask(emptySide, emptySide, 0));
    if (mask.trim() === '' && !base) warn('Nothing is painted yet: the mask is empty.');
    const side = Math.max(...values.shape);
    show('mask', await maskToPicture(values, Math.max(1, Math.floor(256 / side))));
    return { MASK: { values } };
  },
});

/** @throws AppError `input/invalid` when the text is no mask. */
function readMask(text: string): PaintedMask {
  const reading = parsePaintedMask(text);
  if ('lane' in reading) return reading.lane;
  const { at, reason } = reading.mistake;
  throw new AppError({
    code: 'input/invalid',
    input: 'mask',
    reason: `at character ${String(at + 1)} of the painted mask, ${reason}`,
    remedy: 'Paint it anew, or empty it to go by what is linked to base.',
  });
}
