import { expect } from '@open-wc/testing';
import { createHoverLens } from '../../src/diffusion/hover-lens.js';
import { createAnalyticServices } from '../support/analytic-services.js';
import { createZoneParts } from '../support/zone-parts.js';

const signal = new AbortController().signal;
const PASS = 4;

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
    const settings = {};
    const first = await lens.ask(inputs, { at: [0, 0], settings }, signal);
    const asked = services.network.forwards.length - before;
    expect(asked).to.equal(1);
    expect(services.ledger.live()).to.equal(held);
    expect(first.weights).to.have.length(first.rows * first.columns);
    expect(first.weights.reduce((sum, weight) => sum + weight, 0)).to.be.closeTo(1, 1e-5);
    for (const at of [
      [0.5, 0.5],
      [0.99, 0.99],
    ] as const) {
      await lens.ask(inputs, { at, settings }, signal);
    }
    expect(services.network.forwards.length - before).to.equal(asked);
    expect(services.ledger.live()).to.equal(held);
  });

  it('looks more sharply when the step does, without another forward', async () => {
    const { services, inputs } = await setUp();
    const lens = createHoverLens();
    const most = async (settings: Readonly<Record<string, number>>): Promise<number> =>
      Math.max(...(await lens.ask(inputs, { at: [0, 0], settings }, signal)).weights);
    const plain = await most({ sharpness: 1 });
    const calls = services.network.forwards.length;
    expect(await most({ sharpness: 0.2 })).to.be.below(plain);
    expect(services.network.forwards.length).to.equal(calls);
  });
});
