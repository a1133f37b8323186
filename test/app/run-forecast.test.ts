import { expect } from '@open-wc/testing';
import { createForecaster } from '../../src/core/forecast/forecast-graph.js';
import { forecastRun, type DeviceMemory } from '../../src/app/run-forecast.js';
import { measuredSpeeds, timeOf } from '../../src/app/run-speeds.js';
import type { ForecastFacts } from '../../src/diffusion/forecast-facts.js';
import { analyticFacts, analyticModel } from '../support/analytic-facts.js';
import { graphNamed, nodeCalled, registry } from '../support/example-graphs.js';

async function forecast(facts: ForecastFacts, device: DeviceMemory) {
  const document = await graphNamed('appearance-transfer');
  const outlook = createForecaster(registry).forecast(document, facts);
  const loaders = new Set([nodeCalled(document, 'LoadCheckpoint')]);
  return forecastRun(outlook, new Set(outlook.order), loaders, device);
}

describe('a run before it starts', () => {
  it('does not fit WebAssembly when the weights alone need more than 4 GiB', async () => {
    const unet = { ...analyticModel.unet, weightBytes: 3 * 2 ** 30, dtype: 'f16' as const };
    const model = () => ({ ...analyticModel, unet });
    const { misfits, memory } = await forecast({ ...analyticFacts, model }, { provider: 'wasm' });
    expect(misfits.map(({ limit }) => limit)).to.deep.equal(['wasm']);
    expect(memory.weights).to.be.above(6 * 2 ** 30);
  });

  it('fits when everything is small', async () => {
    const { misfits } = await forecast(analyticFacts, { provider: 'wasm', deviceBytes: 2 ** 30 });
    expect(misfits).to.deep.equal([]);
  });

  it('has no time before anything was measured, and the measured one afterwards', async () => {
    const run = await forecast(analyticFacts, { provider: 'wasm' });
    expect(timeOf(run.work.total, 'wasm', {})).to.equal(undefined);
    const elapsed = new Map([...run.work.nodes.keys()].map((id) => [id, 1000]));
    const sum = run.work.total.get('unet analytic');
    const speeds = measuredSpeeds(run, 'wasm', elapsed, sum?.equivalents ?? 0);
    const unet = [...run.work.nodes.values()].filter((units) => units.has('unet analytic'));
    const time = timeOf(
      new Map([...run.work.total].filter(([unit]) => unit === 'unet analytic')),
      'wasm',
      speeds,
    );
    expect(time?.seconds).to.be.closeTo(unet.length, 1e-9);
    expect(timeOf(run.work.total, 'webgpu', speeds)).to.equal(undefined);
  });
});
