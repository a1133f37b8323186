import { expect } from '@open-wc/testing';
import node from '../../../nodes/denoise/cross-image-unet-step.js';
import type { KeyValueSource, ScheduleStep } from '../../../src/diffusion/sockets.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

function scheduleSlice(source: KeyValueSource, changes: Partial<ScheduleStep> = {}): ScheduleStep {
  return {
    index: 2,
    total: 7,
    sources: { half: source, full: source },
    contrast: 1.67,
    clip: true,
    guidance: 3.5,
    adain: false,
    ...changes,
  };
}

async function lab() {
  const services = createAnalyticServices();
  const structure = await createZoneParts(services, { picture: 'structure' });
  const appearance = await createZoneParts(services, { picture: 'other' });
  const inputs = {
    model: structure.model,
    positive: structure.positive,
    samples: structure.inversion.latentAt(2),
    step: structure.inversion.step(2),
    appearance: appearance.reference.at(2),
    structure: structure.reference.at(2),
  };
  return { services, inputs, context: listen(services, { pass: 2 }).context };
}

describe('CrossImageUNetStep', () => {
  it('makes one forked forward where foreign keys and values are read', async () => {
    const { services, inputs, context } = await lab();
    const schedule = scheduleSlice('appearance');
    const { cross, self } = await node.execute({ ...inputs, schedule }, context);
    expect(services.network.work().pairs).to.equal(1);
    expect(cross.key).to.not.equal(self.key);
    expect((await cross.noisePred.read())[0]).to.not.equal((await self.noisePred.read())[0]);
    expect([cross.index, self.index]).to.deep.equal([2, 2]);
  });

  it('takes over the structure branch’s forward while the result equals it', async () => {
    const { services, inputs, context } = await lab();
    const { cross, self } = await node.execute(
      { ...inputs, schedule: scheduleSlice('own') },
      context,
    );
    expect(cross.key).to.equal(self.key);
    await inputs.structure.prediction({}, context.signal);
    expect(services.network.work()).to.deep.equal({ sampleForwards: 1, pairs: 0 });
  });

  it('says which branch is missing when the schedule reads the structure', async () => {
    const { inputs, context } = await lab();
    const schedule = scheduleSlice('structure');
    const message = await refusal(() =>
      node.execute({ ...inputs, schedule, structure: undefined }, context),
    );
    expect(message).to.contain('no structure branch is linked');
  });

  it('refuses a schedule for another number of passes', async () => {
    const { inputs, context } = await lab();
    const schedule = scheduleSlice('own', { total: 68 });
    expect(await refusal(() => node.execute({ ...inputs, schedule }, context))).to.contain(
      'the schedule is made for 68 passes, the inversion for 7',
    );
  });

  it('refuses a network that has nothing to mix', async () => {
    const { inputs, context } = await lab();
    const denoiser = { ...inputs.model.denoiser, mixedLayers: [] };
    const model = { ...inputs.model, denoiser };
    const schedule = scheduleSlice('own');
    expect(await refusal(() => node.execute({ ...inputs, model, schedule }, context))).to.contain(
      'no self-attention in the two finest scales',
    );
  });
});
