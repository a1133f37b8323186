import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { cpuOps } from '../../src/diffusion/cpu-ops.js';
import {
  nounsInPrompt,
  segment,
  type SegmentationRequest,
} from '../../src/diffusion/self-segmentation.js';
import { separateObjects } from '../../src/diffusion/separate-objects.js';
import { cpuTensor } from '../../src/tensor/tensor.js';

const words = ['a', 'photo', 'of', 'a', 'Zebra,', 'foal'].map((text, i) => ({
  text,
  tokens: [i + 1],
}));
const positive = {
  key: 'prompt',
  prompt: 'a photo of a Zebra, foal',
  promptEmbeds: cpuTensor(new Float32Array(1), [1, 1, 1]),
  words,
};

/** A latent of 4 by 4 whose rows look at themselves: five groups, of which the last two rows belong to `token`. */
function request(token: number, changes: Partial<SegmentationRequest> = {}): SegmentationRequest {
  const features = new Float32Array(16 * 4);
  for (let pixel = 0; pixel < 16; pixel++) features[pixel * 4 + Math.floor(pixel / 4)] = 8;
  const text = new Float32Array(4 * 8).fill(0.01);
  for (const place of [2, 3]) text[place * 8 + token] = 0.9;
  return {
    ops: cpuOps,
    attention: {
      selfQuery: cpuTensor(features, [1, 16, 4]),
      selfKey: cpuTensor(features, [1, 16, 4]),
      heads: 1,
      textMap: cpuTensor(text, [1, 4, 8]),
    },
    positive,
    noun: 'zebra',
    clusters: 4,
    threshold: 1.4,
    restarts: 5,
    seed: 1,
    height: 4,
    width: 4,
    ...changes,
  };
}

async function maskOf(made: SegmentationRequest): Promise<{ mask: number[]; warnings: string[] }> {
  const warnings: string[] = [];
  const { mask } = await segment(made, new AbortController().signal, (text) => warnings.push(text));
  return { mask: [...(await mask.read())], warnings };
}

describe('a mask by self-segmentation', () => {
  it('covers the parts of the picture that the text attention gives to the noun', async () => {
    const { mask, warnings } = await maskOf(request(5, { threshold: 1.2 }));
    expect(mask).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(warnings).to.deep.equal([]);
  });

  it('of a noun of several words takes any of them', async () => {
    expect(nounsInPrompt(positive, 'zebra foal').map(({ text }) => text)).to.deep.equal([
      'Zebra,',
      'foal',
    ]);
    const { mask } = await maskOf(request(6, { noun: 'Zebra foal', threshold: 1.2 }));
    expect(mask.slice(8)).to.deep.equal(new Array(8).fill(1));
  });

  it('refuses a noun that is not in the prompt, and names the words that are', async () => {
    const refused = await maskOf(request(5, { noun: 'giraffe' })).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(AppError);
    expect(String(refused)).to.contain('“giraffe” is not a word of the prompt');
  });

  it('says so when nothing stands out', async () => {
    const { mask, warnings } = await maskOf(request(5, { threshold: 100 }));
    expect(Math.max(...mask)).to.equal(0);
    expect(warnings[0]).to.contain('No part of the picture stands out as “zebra”');
  });

  it('says so when the text attention is the same everywhere', async () => {
    const { mask, warnings } = await maskOf(request(1));
    expect(Math.max(...mask)).to.equal(0);
    expect(warnings[0]).to.contain('says nothing about “zebra”');
  });

  it('tells two objects from one with a stray part', () => {
    const rows = (...lines: readonly string[]): Float32Array =>
      Float32Array.from(lines.join(''), (cell) => (cell === '#' ? 1 : 0));
    expect(separateObjects(rows('##..##', '##..##', '##..##'), 6)).to.equal(2);
    expect(separateObjects(rows('####..', '##...#', '##...#'), 6)).to.equal(1);
    // The end of a row is no neighbour of the next row's beginning.
    expect(separateObjects(rows('..##', '..##', '##..', '##..'), 4)).to.equal(2);
    expect(separateObjects(rows('....'), 4)).to.equal(0);
  });
});
