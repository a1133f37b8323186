import { expect } from '@open-wc/testing';
import creature from '../../../nodes/image/creature.js';
import partMask from '../../../nodes/mask/part-mask.js';
import partCorrespondence from '../../../nodes/metrics/part-correspondence.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

const plain = {
  seed: 1_000_000,
  looks_seed: -1,
  size: 48,
  species: 'any',
  pose: 'any',
  facing: 'any',
  pattern: 'any',
  ground: 'any',
  legs: 1,
  neck: 1,
  body: 1,
  head: 1,
  neck_turn: 0,
} as const;

function lab() {
  const { context, heard } = listen(createAnalyticServices());
  return {
    heard,
    context,
    draw: (wishes: Partial<typeof plain> | Record<string, unknown> = {}) =>
      creature.execute({ ...plain, ...wishes }, context),
  };
}

describe('Creature', () => {
  it('draws the same bytes for the same settings, and what it was told', async () => {
    const { draw } = lab();
    const first = await draw({ species: 'elephant', ground: 'snow' });
    const second = await draw({ species: 'elephant', ground: 'snow' });
    expect(first.caption).to.equal('a photo of an elephant on snow');
    expect(await first.IMAGE.pixels.read()).to.deep.equal(await second.IMAGE.pixels.read());
    expect(first.PARTS.labels).to.deep.equal(second.PARTS.labels);
  });

  it('takes other looks for the same shape, and another shape for longer legs', async () => {
    const { draw } = lab();
    const [own, looks, legs] = [
      await draw(),
      await draw({ looks_seed: 7 }),
      await draw({ legs: 2 }),
    ];
    expect(looks.PARTS.labels).to.deep.equal(own.PARTS.labels);
    expect(await looks.IMAGE.pixels.read()).to.not.deep.equal(await own.IMAGE.pixels.read());
    expect(legs.PARTS.labels).to.not.deep.equal(own.PARTS.labels);
  });
});

describe('PartMask', () => {
  it('of the subject is the silhouette; a part that is not there is told', async () => {
    const { draw, context, heard } = lab();
    const { PARTS, MASK } = await draw({ species: 'dog' });
    const { MASK: subject } = await partMask.execute({ parts: PARTS, part: 'subject' }, context);
    expect(await subject.values.read()).to.deep.equal(await MASK.values.read());
    await partMask.execute({ parts: PARTS, part: 'horn' }, context);
    expect(heard.warnings).to.deep.equal(['The picture shows no horn: the mask is empty.']);
  });
});

describe('PartCorrespondence', () => {
  it('is perfect for a picture against itself and lower with the looks of another', async () => {
    const { draw, context } = lab();
    const [own, other] = [await draw(), await draw({ looks_seed: 7 })];
    const score = (image: typeof own.IMAGE) =>
      partCorrespondence.execute(
        {
          image,
          structure_parts: own.PARTS,
          appearance: own.IMAGE,
          appearance_parts: own.PARTS,
        },
        context,
      );
    const perfect = await score(own.IMAGE);
    const foreign = await score(other.IMAGE);
    expect(perfect.correspondence).to.be.above(0.8);
    expect(perfect.appearance_distance).to.equal(0);
    expect(foreign.correspondence).to.be.below(perfect.correspondence);
    expect(foreign.appearance_distance).to.be.above(5);
  });
});
