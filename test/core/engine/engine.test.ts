import { expect } from '@open-wc/testing';
import { createEngine } from '../../../src/core/engine/engine.js';
import type { RunEvent } from '../../../src/core/engine/events.js';
import { createGraphBuilder } from '../../support/graph-builder.js';
import { didRun, wasCached } from '../../support/did-run.js';
import { createTinyServices, tinyRegistry } from '../../support/tiny-nodes.js';

const setUp = (cacheBytes = 1e6) => {
  const services = createTinyServices();
  const engine = createEngine({ registry: tinyRegistry, services, cacheBytes });
  return { services, engine, g: createGraphBuilder(tinyRegistry) };
};

/** The amounts that a run showed, in order. */
const shown = (events: readonly RunEvent[]) =>
  events.flatMap((event) =>
    event.type === 'executed' || event.type === 'execution-cached'
      ? event.pictures.map(({ picture }) => picture.data[0])
      : [],
  );

describe('an engine', () => {
  it('computes what output nodes ask for, and nothing else', async () => {
    const { engine, g } = setUp();
    const three = g.node('Source', { amount: 3 });
    const unused = g.node('Source', { amount: 5 });
    const total = g.node('Sum', { a: three.out('VALUE'), b: three.out('VALUE') });
    g.node('Show', { value: total.out('VALUE') });
    const events: RunEvent[] = [];
    const result = await engine.run(g.document(), { onEvent: (event) => events.push(event) });
    expect(result.outcome).to.equal('success');
    expect(shown(events)).to.deep.equal([6]);
    expect(didRun(result, unused)).to.equal(false);
    expect(events.map(({ type }) => type)).to.deep.equal([
      'execution-start',
      'executing',
      'executed',
      'executing',
      'executed',
      'executing',
      'executed',
      'execution-success',
    ]);
  });

  it('does not compute again what has the same signature, and shows its pictures and warnings again', async () => {
    const { engine, g } = setUp();
    const three = g.node('Source', { amount: 3 });
    const view = g.node('Show', { value: three.out('VALUE') });
    await engine.run(g.document());
    const events: RunEvent[] = [];
    const second = await engine.run(g.document(), { onEvent: (event) => events.push(event) });
    expect(wasCached(second, three)).to.equal(true);
    expect(wasCached(second, view)).to.equal(true);
    expect(shown(events)).to.deep.equal([3]);
    expect(events.flatMap((event) => ('warnings' in event ? event.warnings : []))).to.deep.equal([
      'saw 3 in pass undefined',
    ]);
  });
});
