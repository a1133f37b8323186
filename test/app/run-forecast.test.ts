import { expect } from '@open-wc/testing';
import { createForecaster } from '../../src/core/forecast/forecast-graph.js';
import { forecastRun, type DeviceMemory } from '../../src/app/run-forecast.js';
import { isRefused } from '../../src/app/run-outlook.js';
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
    const at = (weightBytes: number) => {
      const unet = { ...analyticModel.unet, weightBytes, dtype: 'f16' as const };
      const model = () => ({ ...analyticModel, unet });
      return forecast({ ...analyticFacts, model }, { provider: 'wasm' });
    };
    const { misfits, memory } = await at(5 * 2 ** 30);
    expect(misfits.map(({ limit }) => limit)).to.deep.equal(['wasm']);
    expect(memory.weights).to.be.within(5 * 2 ** 30, 5.1 * 2 ** 30);
    // Large half-precision weights stay as they are there, small ones are widened.
    expect((await at(3 * 2 ** 30)).misfits).to.deep.equal([]);
    expect((await at(2 ** 25)).memory.weights).to.be.above(2 ** 26);
  });

  it('fits when everything is small', async () => {
    const { misfits } = await forecast(analyticFacts, { provider: 'wasm', deviceBytes: 2 ** 30 });
    expect(misfits).to.deep.equal([]);
  });

  it('does not fit a graphics device that cannot hold a picture’s maps, or a weight, in one buffer', async () => {
    const vae = { ...analyticModel.vae, widestChannels: 64 };
    const text = { ...analyticModel.text, largestBytes: 49408 * 768 * 4 };
    const facts = { ...analyticFacts, model: () => ({ ...analyticModel, vae, text }) };
    const at = async (maxBufferBytes: number, provider = 'webgpu' as const) =>
      (await forecast(facts, { provider, maxBufferBytes })).misfits;
    expect(await at(2 ** 28)).to.deep.equal([]);
    expect(await at(2 ** 27)).to.deep.equal([
      { limit: 'weight', needBytes: 151781376, hasBytes: 2 ** 27 },
    ]);
    // A device makes no larger buffer than it says, while memory that it tells of is an estimate.
    expect(isRefused({ misfits: await at(2 ** 27) })).to.equal(true);
    const estimate = { limit: 'device', needBytes: 2, hasBytes: 1 } as const;
    expect(isRefused({ misfits: [estimate] })).to.equal(false);
    const [map] = await at(32 * 32 * 64 * 4 - 1);
    expect(map).to.deep.equal({ limit: 'buffer', needBytes: 262144, hasBytes: 262143 });
    const unet = { ...analyticModel.unet, blockChannels: [4096, 2] };
    const wide = { ...analyticFacts, model: () => ({ ...analyticModel, unet }) };
    const [layer] = (await forecast(wide, { provider: 'webgpu', maxBufferBytes: 2 ** 20 })).misfits;
    // Eight times the width, over 4 by 4 cells of two rows at least.
    expect(layer?.limit).to.equal('buffer');
    expect(layer?.needBytes).to.be.at.least(2 * 8 * 4096 * 16 * 4);
    const limits = { provider: 'wasm', maxBufferBytes: 1 } as const;
    expect((await forecast(facts, limits)).misfits).to.deep.equal([]);
  });

  it('does not fit a device whose browser tells of less memory than the whole needs', async () => {
    const unet = { ...analyticModel.unet, weightBytes: 3 * 2 ** 30 };
    const facts = { ...analyticFacts, model: () => ({ ...analyticModel, unet }) };
    const device = { provider: 'webgpu', bankBytes: 2 ** 20, deviceBytes: 2 ** 31 } as const;
    const [misfit] = (await forecast(facts, device)).misfits;
    expect(misfit?.limit).to.equal('device');
    expect(misfit?.needBytes).to.be.above(3 * 2 ** 30);
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
