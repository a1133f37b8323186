import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { cpuOps } from '../../src/diffusion/cpu-ops.js';
import { crossImageStep } from '../../src/diffusion/cross-image-step.js';
import { createKvBank } from '../../src/diffusion/kv-bank.js';
import { schedulePresets } from '../../src/diffusion/presets.js';
import { createReference } from '../../src/diffusion/reference.js';
import { scheduleStep } from '../../src/diffusion/schedule.js';
import {
  analyticNetwork,
  invertPicture,
  modelOf,
  pictureLatent,
  prompt,
} from './analytic-network.js';

const signal = new AbortController().signal;
const positive = prompt('a cat', 0.1);

async function stepAt(pass: number, changes: { readonly key?: string } = {}) {
  const network = analyticNetwork();
  const bank = createKvBank(2 ** 20);
  const model = modelOf(network);
  const inversion = await invertPicture(network, bank, { cfg: 1, samples: pictureLatent(1) });
  const appearance = createReference({
    ops: cpuOps,
    bank,
    model,
    positive,
    inversion,
    source: 'inverted',
  });
  const before = network.work().sampleForwards;
  const result = await crossImageStep(
    {
      model,
      positive,
      samples: { ...inversion.latentAt(pass), ...changes },
      step: inversion.step(pass),
      schedule: scheduleStep(schedulePresets.official, pass),
      appearance: appearance.at(pass),
      structure: undefined,
    },
    signal,
  );
  return {
    ...result,
    forwards: network.work().sampleForwards - before,
    pairs: network.work().pairs,
  };
}

describe('the cross-image step', () => {
  it('without mixing gives the plain prediction twice', async () => {
    const { cross, self, forwards, pairs } = await stepAt(3, { key: 'something else' });
    expect(cross.key).to.equal(self.key);
    expect([...(await cross.noisePred.read())]).to.deep.equal([...(await self.noisePred.read())]);
    expect([forwards, pairs]).to.deep.equal([1, 0]);
  });

  it('takes the foreign values at mixing passes, in one forked forward', async () => {
    const { cross, self, forwards, pairs } = await stepAt(12);
    expect(cross.key).to.not.equal(self.key);
    expect([...(await cross.noisePred.read())]).to.not.deep.equal([
      ...(await self.noisePred.read()),
    ]);
    // The appearance's own forward, whose keys and values are read, and the pair.
    expect([forwards, pairs]).to.deep.equal([2, 1]);
  });

  it('refuses to inject structure when no structure branch is linked', async () => {
    const refused = await stepAt(11).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(AppError);
    expect(String(refused)).to.contain('no structure branch is linked');
  });
});
