import { AppError } from '../../src/core/errors.js';
import type { Picture } from '../../src/core/node/definition.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { plainForecast } from '../../src/diffusion/forecast-values.js';
import { pixelsToPicture, prepareImage } from '../../src/diffusion/image-processor.js';
import type { Image, Parts } from '../../src/diffusion/sockets.js';

export default defineNode({
  type: 'PartCorrespondence',
  version: 1,
  displayName: 'Part Correspondence',
  category: 'metrics',
  description: [
    'Scores a transfer between two pictures whose parts are known: the **share of the result’s pixels whose colour comes from the same part** of the appearance’s subject (legs from legs, head from head). It also tells how well the result keeps the structure’s silhouette, and how far the looks of its parts are from those of the appearance.',
    '',
    'Right pixels are drawn green, wrong ones red, over the result’s brightness; what the appearance has no counterpart for is left grey.',
  ].join('\n'),
  source: 'Method, section 15',
  searchAliases: ['score', 'part map', 'semantic correspondence', 'evaluate', 'accuracy'],
  outputNode: true,
  example: 'creatures',
  inputs: {
    image: { type: 'IMAGE', tooltip: 'The result; brought to the size of the part map.' },
    structure_parts: { type: 'PARTS', tooltip: 'The parts of the structure picture.' },
    appearance: { type: 'IMAGE', tooltip: 'The appearance picture.' },
    appearance_parts: { type: 'PARTS', tooltip: 'The parts of the appearance picture.' },
  },
  outputs: {
    correspondence: { type: 'FLOAT', tooltip: 'The share of pixels from the right part, 0 to 1.' },
    structure_iou: { type: 'FLOAT', tooltip: 'How well the silhouette is kept, 0 to 1.' },
    appearance_distance: {
      type: 'FLOAT',
      tooltip: 'How far colour and texture of the parts are apart, in units of L*a*b*.',
    },
  },
  forecast: () => ({
    correspondence: plainForecast(undefined),
    structure_iou: plainForecast(undefined),
    appearance_distance: plainForecast(undefined),
  }),
  async execute({ image, structure_parts, appearance, appearance_parts }, { show, warn }) {
    const scores = await import('../../src/creatures/score.js');
    const { appearanceDistance } = await import('../../src/creatures/appearance-distance.js');
    const output = await rgbOf(image, structure_parts, 'structure_parts');
    const structure = { ...labelled(structure_parts), rgb: output };
    const wanted = await rgbOf(appearance, appearance_parts, 'appearance_parts');
    const source = { ...labelled(appearance_parts), rgb: wanted };
    const verdicts = scores.partVerdicts(output, structure, source);
    const { structureIoU, partCorrespondence } = scores.scoreTransfer(output, structure, source);
    const distance = appearanceDistance(output, structure, source);
    if (distance === undefined)
      warn('The two pictures have no part in common, so there is nothing to compare.');
    show(
      `parts ${partCorrespondence.toFixed(3)}, silhouette ${structureIoU.toFixed(3)}`,
      judged(output, verdicts, structure.size),
    );
    return {
      correspondence: partCorrespondence,
      structure_iou: structureIoU,
      appearance_distance: distance ?? 0,
    };
  },
});

function labelled({ labels, width }: Parts) {
  return { parts: labels, size: width };
}

/** The picture's RGB bytes at the size of its part map. */
async function rgbOf(
  { pixels }: Image,
  { width, height }: Parts,
  input: string,
): Promise<Uint8Array> {
  if (width !== height) {
    throw new AppError({
      code: 'input/invalid',
      input,
      reason: `the part map is ${String(width)} by ${String(height)}`,
      remedy: 'Connect a square part map, as Creature makes it.',
    });
  }
  const [, , rows, columns] = pixels.shape;
  const isSame = rows === height && columns === width;
  const { data }: Picture = isSame
    ? await pixelsToPicture(pixels)
    : (await prepareImage(pixels, width, height)).picture;
  return Uint8Array.from(data.filter((_value, i) => i % 4 !== 3));
}

/** 2 is right, 1 wrong, 0 not counted. */
function judged(rgb: Uint8Array, verdicts: Uint8Array, size: number): Picture {
  const data = new Uint8ClampedArray(4 * size * size).fill(255);
  verdicts.forEach((verdict, i) => {
    const grey = ((rgb[3 * i] ?? 0) + (rgb[3 * i + 1] ?? 0) + (rgb[3 * i + 2] ?? 0)) / 3;
    const strength = verdict === 0 ? 0.35 : 0.55;
    const [red, green] = [verdict === 1 ? 110 : 0, verdict === 2 ? 100 : 0];
    data.set([strength * grey + red, strength * grey + green, strength * grey], 4 * i);
  });
  return { width: size, height: size, data };
}
