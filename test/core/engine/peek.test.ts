import { expect } from '@open-wc/testing';
import { createEngine } from '../../../src/core/engine/engine.js';
import type { ValuePlace } from '../../../src/core/engine/value-places.js';
import { didRun, passesRun } from '../../support/did-run.js';
import { createGraphBuilder } from '../../support/graph-builder.js';
import { createTinyServices, tinyRegistry } from '../../support/tiny-nodes.js';

/** x becomes 2 x + curve[pass] in every pass of four; a second output hangs on the source. */
function lab(cacheBytes = 1e6) {
  const services = createTinyServices();
  const engine = createEngine({ registry: tinyRegistry, services, cacheBytes });
  const g = createGraphBuilder(tinyRegistry);
  const source = g.node('Source', { amount: 1 });
  const curve = g.node('Curve', { numbers: '1,2,3,4' });
  const start = g.node('LoopStart', { value: source.out('VALUE'), passes: 4 });
  const scale = g.node('Scale', { value: start.out('value'), by: curve.out('CURVE') });
  const end = g.node('LoopEnd', { value: scale.out('VALUE') });
  const show = g.node('Show', { value: end.out('value') });
  const other = g.node('Show', { value: source.out('VALUE') });
  const amountAt = (place: ValuePlace) => {
    const found = engine.peek(place);
    if (found.kind !== 'kept') return found.kind;
    found.release();
    return [(found.value as { amount: number }).amount, found.pass];
  };
  return {
    services,
    engine,
    document: g.document(),
    source,
    start,
    scale,
    end,
    show,
    other,
    amountAt,
  };
}

describe('an engine that is asked for a value', () => {
  it('gives what a node had in the pass that is asked for, or in the newest', async () => {
    const { engine, document, start, scale, end, amountAt } = lab();
    expect(amountAt({ node: scale.id, output: 'VALUE' })).to.equal('never-ran');
    await engine.run(document);
    expect(amountAt({ node: scale.id, output: 'VALUE', pass: 1 })).to.deep.equal([8, 1]);
    expect(amountAt({ node: scale.id, output: 'VALUE' })).to.deep.equal([42, 3]);
    expect(amountAt({ node: start.id, output: 'value', pass: 1 })).to.deep.equal([3, 1]);
    expect(amountAt({ node: end.id, output: 'value' })).to.deep.equal([42, undefined]);
  });

  it('says that a value made room for others, computes nothing, and keeps no claim', async () => {
    const { engine, document, services, source, scale, amountAt } = lab(64);
    await engine.run(document);
    const alive = services.live.size;
    expect(amountAt({ node: scale.id, output: 'VALUE', pass: 0 })).to.equal('not-kept');
    amountAt({ node: source.id, output: 'VALUE' });
    expect(services.live.size).to.equal(alive);
  });

  it('keeps the values of several documents apart', async () => {
    const { engine, document, source, amountAt } = lab();
    await engine.run(document, { scope: 'first' });
    const place = { node: source.id, output: 'VALUE' };
    expect(amountAt({ ...place, scope: 'first' })).to.deep.equal([1, undefined]);
    expect(amountAt({ ...place, scope: 'second' })).to.equal('never-ran');
  });
});

describe('a run to a node', () => {
  it('computes what the node needs and nothing else, also inside a zone', async () => {
    const { engine, document, source, scale, end, show, other } = lab();
    const first = await engine.run(document, { targets: [source.id] });
    expect(first.outcome).to.equal('success');
    expect([...first.nodes.keys()]).to.deep.equal([source.id]);
    const second = await engine.run(document, { targets: [scale.id] });
    expect(passesRun(second, scale)).to.deep.equal([0, 1, 2, 3]);
    expect([end, show, other].some((node) => didRun(second, node))).to.equal(false);
  });
});
