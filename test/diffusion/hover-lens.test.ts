import { expect } from '@open-wc/testing';
import { createHoverLens } from '../../src/diffusion/hover-lens.js';
import { createAnalyticServices } from '../support/analytic-services.js';
import { itself, knownModel, knownStep, mirrored, shifted } from '../support/known-attention.js';
import { createZoneParts } from '../support/zone-parts.js';

const signal = new AbortController().signal;
const PASS = 4;
const PLAIN = { at: [0, 0], layer: 'last', head: -1, settings: {} } as const;

async function setUp() {
  const services = createAnalyticServices();
  const { model, positive, reference, inversion } = await createZoneParts(services);
  const schedule = {
    index: PASS,
    total: 7,
    sources: { half: 'appearance', full: 'appearance' },
    layers: {},
    masks: [],
    contrast: 1,
    clip: true,
    guidance: undefined,
    adain: 0,
  } as const;
  const inputs = {
    model,
    positive,
    samples: inversion.latentAt(PASS),
    step: inversion.step(PASS),
    schedule,
    appearance: reference.at(PASS),
  };
  return { services, inputs };
}

describe('The lens under the pointer', () => {
  it('predicts once for a pass, and then answers every place without the network', async () => {
    const { services, inputs } = await setUp();
    const lens = createHoverLens();
    await inputs.appearance.prediction({ attention: true }, signal);
    const before = services.network.forwards.length;
    const held = services.ledger.live();
    const first = await lens.ask(inputs, { ...PLAIN, at: [0, 0] }, signal);
    const asked = services.network.forwards.length - before;
    expect(asked).to.equal(1);
    expect(services.ledger.live()).to.equal(held);
    expect(first.weights).to.have.length(first.rows * first.columns);
    expect(first.weights.reduce((sum, weight) => sum + weight, 0)).to.be.closeTo(1, 1e-5);
    for (const at of [
      [0.5, 0.5],
      [0.99, 0.99],
    ] as const) {
      await lens.ask(inputs, { ...PLAIN, at }, signal);
    }
    expect(services.network.forwards.length - before).to.equal(asked);
    expect(services.ledger.live()).to.equal(held);
  });

  it('looks more sharply when the step does, without another forward', async () => {
    const { services, inputs } = await setUp();
    const lens = createHoverLens();
    const most = async (settings: Readonly<Record<string, number>>): Promise<number> =>
      Math.max(...(await lens.ask(inputs, { ...PLAIN, settings }, signal)).weights);
    const plain = await most({ sharpness: 1 });
    const calls = services.network.forwards.length;
    expect(await most({ sharpness: 0.2 })).to.be.below(plain);
    expect(services.network.forwards.length).to.equal(calls);
  });

  for (const [promise, from] of [
    ['the same place of the picture itself', itself],
    ['the mirrored place of its mirror', mirrored],
    ['the shifted place of the picture shifted', shifted],
  ] as const) {
    it(`leads to ${promise}, at the layer’s own size`, async () => {
      const { inputs } = await setUp();
      const known = { ...inputs, model: knownModel(inputs.model), appearance: knownStep(from) };
      const lens = createHoverLens();
      for (const [layer, side] of [
        ['last', 4],
        ['half', 2],
      ] as const) {
        for (const cell of Array.from({ length: side * side }, (_unused, i) => i)) {
          const at = [
            ((cell % side) + 0.5) / side,
            (Math.floor(cell / side) + 0.5) / side,
          ] as const;
          const { weights, columns } = await lens.ask(known, { ...PLAIN, at, layer }, signal);
          expect(columns).to.equal(side);
          expect(from(weights.indexOf(Math.max(...weights)), side)).to.equal(cell);
        }
      }
    });
  }

  it('tells in a sentence that the model lacks a layer or a head, and looks at the nearest', async () => {
    const { inputs } = await setUp();
    const lens = createHoverLens();
    const right = await lens.ask(inputs, PLAIN, signal);
    expect([right.layers, right.head, right.told]).to.deep.equal([['full.0'], undefined, []]);
    const wrong = await lens.ask(inputs, { ...PLAIN, layer: 'full.7', head: 3 }, signal);
    expect(wrong.told.join(' '))
      .to.contain('no layer full.7: it has half.0, full.0')
      .and.to.contain('1 heads');
    expect([wrong.layers, wrong.head]).to.deep.equal([['full.0'], undefined]);
    expect(wrong.weights).to.deep.equal(right.weights);
  });
});
