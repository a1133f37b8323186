import { expect } from '@open-wc/testing';
import { createForecaster } from '../../../src/core/forecast/forecast-graph.js';
import { isKnown } from '../../../src/core/forecast/outlook.js';
import { settleWork } from '../../../src/core/forecast/settle-work.js';
import { setWidget } from '../../../src/core/graph/edits.js';
import type { ForecastFacts } from '../../../src/diffusion/forecast-facts.js';
import { analyticFacts } from '../../support/analytic-facts.js';
import { graphNamed, nodeCalled, registry } from '../../support/example-graphs.js';

describe('the forecast of a graph', () => {
  it('passes on that a model is not known, with the reason', async () => {
    const document = await graphNamed('appearance-transfer');
    const facts: ForecastFacts = { ...analyticFacts, model: () => undefined };
    const { nodes, work, problems } = createForecaster(registry).forecast(document, facts);
    const image = nodes.get(nodeCalled(document, 'VAEDecode'))?.outputs.get('IMAGE');
    expect(image).to.deep.equal({ unknown: 'the configuration of creatures is not known yet' });
    expect(work).to.deep.equal([]);
    expect(problems).to.deep.equal([]);
    const picture = nodes.get(nodeCalled(document, 'Structure picture'))?.outputs.get('IMAGE');
    expect(isKnown(picture) && picture.shape).to.deep.equal([1, 3, 40, 48]);
  });

  it('tells sizes that will be refused as a problem of the node and its input', async () => {
    const document = await graphNamed('appearance-transfer');
    const encode = nodeCalled(document, 'Encode structure');
    const { problems } = createForecaster(registry).forecast(
      setWidget(document, encode, 'width', 100),
      analyticFacts,
    );
    expect(problems.map(({ code, nodeId, input }) => [code, nodeId, input])).to.deep.equal([
      ['input/will-fail', encode, 'width'],
    ]);
    expect(problems[0]?.message).to.include('128');
  });

  it('says what is not linked where a value stands in place of a link', async () => {
    const document = await graphNamed('appearance-transfer');
    const step = nodeCalled(document, 'DDPMStep');
    const { nodes } = createForecaster(registry).forecast(
      setWidget(document, step, 'step', 4),
      analyticFacts,
    );
    const samples = nodes.get(nodeCalled(document, 'VAEDecode'))?.outputs.get('IMAGE');
    expect(nodes.get(step)?.outputs.get('samples') ?? samples).to.deep.equal({
      unknown: 'nothing is linked to its input step',
    });
  });

  it('asks again only what an edit touches', async () => {
    const document = await graphNamed('appearance-transfer');
    const forecaster = createForecaster(registry);
    const before = forecaster.forecast(document, analyticFacts);
    const mask = nodeCalled(document, 'Structure mask');
    const after = forecaster.forecast(setWidget(document, mask, 'clusters', 7), analyticFacts);
    const [inversion, loop] = ['Invert structure', 'CrossImageUNetStep'].map((name) =>
      nodeCalled(document, name),
    );
    expect(after.nodes.get(inversion ?? '')).to.equal(before.nodes.get(inversion ?? ''));
    expect(after.nodes.get(mask)).not.to.equal(before.nodes.get(mask));
    expect(after.nodes.get(loop ?? '')?.byteLength).to.equal(
      before.nodes.get(loop ?? '')?.byteLength,
    );
  });
});

describe('work whose results are remembered', () => {
  const forward = (result: string) => ({
    unit: 'unet',
    model: 'm',
    samples: 1,
    equivalents: 1,
    multiplyAdds: 10,
    result,
    wants: ['keys'],
    keeps: { keys: 100 },
  });
  const total = (results: readonly string[], budget: number, ram?: number) =>
    settleWork(
      results.map((result, i) => ({ nodeId: '1', execution: String(i), item: forward(result) })),
      budget,
      ram,
    ).total.get('unet m')?.samples;

  it('is done once while its parts are kept', () => {
    expect(total(['a', 'b', 'a', 'b'], 200)).to.equal(2);
  });

  it('is done again when its parts had to go', () => {
    expect(total(['a', 'b', 'a', 'b'], 100)).to.equal(4);
  });

  it('is done once where main memory takes what had to go, and again when it is full as well', () => {
    expect(total(['a', 'b', 'a', 'b'], 100, 100)).to.equal(2);
    expect(total(['a', 'b', 'c', 'b', 'a'], 100, 100)).to.equal(4);
    expect(total(['a', 'b', 'c', 'b', 'a'], 0, 200)).to.equal(3);
  });
});
