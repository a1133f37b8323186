import { expect } from '@open-wc/testing';
import { createEngine } from '../../src/core/engine/engine.js';
import type { RunEvent } from '../../src/core/engine/events.js';
import { createForecaster } from '../../src/core/forecast/forecast-graph.js';
import { settleWork } from '../../src/core/forecast/settle-work.js';
import { createAnalyticServices } from '../support/analytic-services.js';
import { analyticFacts } from '../support/analytic-facts.js';
import { graphNamed, graphNames, registry } from '../support/example-graphs.js';

for (const name of graphNames) {
  it(`graphs/${name}.json costs what was forecast, and every node holds the bytes that were`, async () => {
    const document = await graphNamed(name);
    const services = createAnalyticServices();
    const engine = createEngine({ registry, services, cacheBytes: 2 ** 26 });
    const held = new Map<string, number>();
    const onEvent = (event: RunEvent) => {
      if (event.type === 'executed') held.set(event.nodeId, event.byteLength);
    };
    const outcome = await engine.run(document, { onEvent });
    expect(outcome.outcome).to.equal('success');
    const { sampleForwards, pairs } = services.network.work();
    const outlook = createForecaster(registry).forecast(document, analyticFacts);
    expect(outlook.problems).to.deep.equal([]);
    const sum = settleWork(outlook.work, services.bank.budgetBytes).total.get('unet analytic');
    expect([sum?.samples, sum?.pairs]).to.deep.equal([sampleForwards, pairs]);
    expect(sum?.equivalents).to.be.closeTo(sampleForwards + 0.4 * pairs, 1e-9);
    const forecast = new Map([...outlook.nodes].map(([id, { byteLength }]) => [id, byteLength]));
    for (const [id, bytes] of held) {
      expect(forecast.get(id), `${document.nodes[id]?.type ?? ''} ${id}`).to.equal(bytes);
    }
    await engine.dispose();
  });
}
