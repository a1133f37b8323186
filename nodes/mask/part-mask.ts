import { PARTS } from '../../src/creatures/parts.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { tensorForecast } from '../../src/diffusion/forecast-values.js';
import { maskToPicture } from '../../src/diffusion/image-processor.js';
import { partMask } from '../../src/diffusion/part-map.js';

export default defineNode({
  type: 'PartMask',
  version: 1,
  displayName: 'Part Mask',
  category: 'mask',
  description:
    'Makes a mask of a part map: of one part, of the whole subject, or of what is behind it. A part that the picture does not show gives an empty mask, which is told.',
  searchAliases: ['label', 'segmentation', 'silhouette', 'parts to mask'],
  example: 'creatures',
  inputs: {
    parts: { type: 'PARTS', tooltip: 'The part map, such as that of a creature.' },
    part: {
      type: 'COMBO',
      options: ['subject', 'background', ...PARTS],
      default: 'subject',
      tooltip: 'What the mask holds.',
    },
  },
  outputs: { MASK: { type: 'MASK', shape: 'H×W', tooltip: 'The chosen part as 0 and 1.' } },
  forecast({ parts }) {
    return { MASK: tensorForecast([1, 1, ...parts.about], null) };
  },
  async execute({ parts, part }, { show, warn }) {
    const { names, firstOfSubject } = parts;
    const values = partMask(parts, (label) => {
      if (part === 'subject') return label >= firstOfSubject;
      return part === 'background' ? label < firstOfSubject : names[label] === part;
    });
    if (!(await values.read()).includes(1))
      warn(`The picture shows no ${part}: the mask is empty.`);
    show(part, await maskToPicture(values, 1));
    return { MASK: { values } };
  },
});
