import { GROUNDS, PATTERNS, SPECIES } from '../../src/creatures/words.js';
import { FIRST_ANIMAL_LABEL, PARTS } from '../../src/creatures/parts.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { plainForecast, tensorForecast } from '../../src/diffusion/forecast-values.js';
import { pictureToPixels } from '../../src/diffusion/image-processor.js';
import { partMask, partPicture } from '../../src/diffusion/part-map.js';

/** The choice that leaves a trait to the seed. */
const ANY = 'any';
const times = { type: 'FLOAT', default: 1, min: 0.4, max: 2, step: 0.05 } as const;

export default defineNode({
  type: 'Creature',
  version: 1,
  displayName: 'Creature',
  category: 'image',
  description: [
    'Draws an animal: the pictures that the embedded model was trained on, and as many more as there are seeds. It comes with an **exact silhouette** and a **map of its parts**, so that a transfer between two creatures can be scored.',
    '',
    'What is left at *any* is decided by the seed; the same settings draw the same bytes everywhere. Seeds from 1,000,000 up were never trained on.',
  ].join('\n'),
  searchAliases: ['animal', 'test picture', 'generator', 'part map', 'synthetic'],
  example: 'creatures',
  inputs: {
    seed: {
      type: 'INT',
      default: 1_000_000,
      min: 0,
      max: 2_147_483_647,
      tooltip: 'Decides everything that is not set below.',
    },
    looks_seed: {
      type: 'INT',
      default: -1,
      min: -1,
      max: 2_147_483_647,
      tooltip: 'Takes colours and pattern of another seed; -1 keeps those of the seed.',
    },
    size: {
      type: 'INT',
      default: 128,
      min: 16,
      max: 1024,
      step: 8,
      unit: 'px',
      tooltip: 'Width and height; the embedded model was trained at 128.',
    },
    species: {
      type: 'COMBO',
      options: [ANY, ...SPECIES],
      default: ANY,
      tooltip: 'The body plan.',
    },
    pose: {
      type: 'COMBO',
      options: [ANY, 'standing', 'walking', 'grazing'],
      default: ANY,
      tooltip: 'How it stands.',
    },
    facing: {
      type: 'COMBO',
      options: [ANY, 'left', 'right'],
      default: ANY,
      tooltip: 'Where it looks.',
    },
    pattern: {
      type: 'COMBO',
      options: [ANY, ...PATTERNS],
      default: ANY,
      tooltip: 'The pattern of body and neck.',
    },
    ground: {
      type: 'COMBO',
      options: [ANY, ...GROUNDS],
      default: ANY,
      tooltip: 'What it stands on.',
    },
    legs: { ...times, tooltip: 'Multiplies the length of the legs.' },
    neck: { ...times, tooltip: 'Multiplies the length of the neck.' },
    body: { ...times, tooltip: 'Multiplies the length of the body.' },
    head: { ...times, tooltip: 'Multiplies the size of the head.' },
    neck_turn: {
      type: 'INT',
      default: 0,
      min: -60,
      max: 60,
      unit: '°',
      tooltip: 'Raises the neck, or lowers it below zero.',
    },
  },
  outputs: {
    IMAGE: { type: 'IMAGE', shape: '1×H×W×3', tooltip: 'The picture.' },
    MASK: { type: 'MASK', shape: 'H×W', tooltip: 'The silhouette: 1 where the animal is.' },
    PARTS: { type: 'PARTS', shape: 'H×W', tooltip: 'The part that every pixel belongs to.' },
    caption: {
      type: 'STRING',
      tooltip: 'What the picture shows, in words that the embedded model knows.',
    },
  },
  forecast({ size, ...settings }) {
    return {
      IMAGE: tensorForecast([1, 3, size, size], { key: JSON.stringify([size, settings]) }),
      MASK: tensorForecast([1, 1, size, size], null),
      PARTS: plainForecast([size, size] as const),
      caption: plainForecast(undefined),
    };
  },
  async execute(inputs, { show }) {
    // The page knows this node's settings only; the generator is loaded by whoever runs it.
    const { drawWish } = await import('../../src/creatures/wish.js');
    const { rgb, parts: labels, caption, size } = drawWish(inputs, inputs.size);
    const data = new Uint8ClampedArray(4 * size * size).fill(255);
    for (let i = 0; i < size * size; i++) data.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
    const picture = { width: size, height: size, data };
    const parts = {
      labels,
      width: size,
      height: size,
      names: PARTS,
      firstOfSubject: FIRST_ANIMAL_LABEL,
    };
    show(caption, picture);
    show('parts', partPicture(parts));
    return {
      IMAGE: { pixels: pictureToPixels(picture) },
      MASK: { values: partMask(parts, (label) => label >= FIRST_ANIMAL_LABEL) },
      PARTS: parts,
      caption,
    };
  },
});
