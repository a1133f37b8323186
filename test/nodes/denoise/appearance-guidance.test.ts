import { expect } from '@open-wc/testing';
import node from '../../../nodes/denoise/appearance-guidance.js';
import type { NoisePred, ScheduleStep } from '../../../src/diffusion/sockets.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { createAnalyticServices, type AnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';

function noise({ ledger }: AnalyticServices, key: string, value: number): NoisePred {
  return { noisePred: ledger.enter(cpuTensor(Float32Array.of(value), [1])), key, index: 0 };
}

const schedule = (guidance: number | undefined) => ({ guidance }) as ScheduleStep;

describe('AppearanceGuidance', () => {
  it('goes from the plain noise past the foreign one by the pass’s strength', async () => {
    const services = createAnalyticServices();
    const [cross, self] = [noise(services, 'cross', 3), noise(services, 'self', 1)];
    const inputs = { cross, self, schedule: schedule(3.5) };
    const { noise_pred } = await node.execute(inputs, listen(services).context);
    expect([...(await noise_pred.noisePred.read())]).to.deep.equal([1 + 3.5 * 2]);
    expect(noise_pred.key).to.not.equal(cross.key);
  });

  it('hands the foreign noise on, with a claim of its own, where nothing is guided or both are one', async () => {
    const services = createAnalyticServices();
    const { context } = listen(services);
    const [cross, self] = [noise(services, 'a', 3), noise(services, 'b', 1)];
    const same = { ...self, key: 'a' };
    for (const inputs of [
      { cross, self, schedule: schedule(undefined) },
      { cross, self: same, schedule: schedule(3.5) },
    ]) {
      const { noise_pred } = await node.execute(inputs, context);
      expect(noise_pred.key).to.equal('a');
      noise_pred.noisePred.dispose();
    }
    expect(services.ledger.live()).to.equal(2);
  });
});
