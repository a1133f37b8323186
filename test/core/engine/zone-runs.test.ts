import { expect } from '@open-wc/testing';
import { createEngine } from '../../../src/core/engine/engine.js';
import type { RunEvent } from '../../../src/core/engine/events.js';
import { createGraphBuilder, type BuiltNode } from '../../support/graph-builder.js';
import { didRun, passesCached, passesRun, wasCached } from '../../support/did-run.js';
import { createTinyServices, tinyRegistry } from '../../support/tiny-nodes.js';

const setUp = (cacheBytes = 1e6) => {
  const services = createTinyServices();
  return { services, engine: createEngine({ registry: tinyRegistry, services, cacheBytes }) };
};

interface LoopOptions {
  readonly numbers?: string;
  readonly keyed?: boolean;
  readonly passes?: number;
  readonly amount?: number;
  readonly build?: (g: ReturnType<typeof createGraphBuilder>, nodes: Loop) => void;
}

interface Loop {
  readonly source: BuiltNode;
  readonly curve: BuiltNode;
  readonly start: BuiltNode;
  readonly scale: BuiltNode;
  readonly end: BuiltNode;
  readonly show: BuiltNode;
}

/** x becomes 2 x + curve[pass] in every pass. */
function loop({ numbers = '1,2,3,4', keyed = true, passes = 4, amount = 1, build }: LoopOptions) {
  const g = createGraphBuilder(tinyRegistry);
  const source = g.node('Source', { amount });
  const curve = g.node('Curve', { numbers, keyed });
  const start = g.node('LoopStart', { value: source.out('VALUE'), passes });
  const scale = g.node('Scale', { value: start.out('value'), by: curve.out('CURVE') });
  const end = g.node('LoopEnd', { value: scale.out('VALUE') });
  const show = g.node('Show', { value: end.out('value') });
  const nodes = { source, curve, start, scale, end, show };
  build?.(g, nodes);
  return { document: g.document(), ...nodes };
}

async function run(
  engine: ReturnType<typeof setUp>['engine'],
  document: Parameters<typeof engine.run>[0],
) {
  const events: RunEvent[] = [];
  const outcome = await engine.run(document, { onEvent: (event) => events.push(event) });
  const shown = events.flatMap((event) =>
    event.type === 'executed' || event.type === 'execution-cached'
      ? event.warnings.map((text) =>
          Number(/^saw (\S+)/.exec(typeof text === 'string' ? text : '')?.[1]),
        )
      : [],
  );
  return { outcome, events, shown };
}

describe('a run through a zone', () => {
  it('carries the value from pass to pass and slices the sequence', async () => {
    const { engine } = setUp();
    const { document, scale } = loop({});
    const { outcome, shown, events } = await run(engine, document);
    expect(outcome.outcome).to.equal('success');
    expect(shown).to.deep.equal([42]);
    expect(passesRun(outcome, scale)).to.deep.equal([0, 1, 2, 3]);
    const executing = events.find((e) => e.type === 'executing' && e.nodeId === scale.id);
    expect(executing).to.deep.include({ pass: 0, passes: [0, 4] });
  });

  it('restarts at the first pass that an edit changes and tells every earlier pass as kept', async () => {
    const { engine } = setUp();
    await run(engine, loop({}).document);
    const { document, scale, start, end } = loop({ numbers: '1,2,9,4' });
    const { outcome, shown } = await run(engine, document);
    expect(shown).to.deep.equal([54]);
    expect(passesRun(outcome, scale)).to.deep.equal([2, 3]);
    expect(passesCached(outcome, scale)).to.deep.equal([0, 1]);
    expect(wasCached(outcome, start)).to.equal(true);
    expect(didRun(outcome, end)).to.equal(true);
  });

  it('runs every pass again when the slices have no keys and their source changed', async () => {
    const { engine } = setUp();
    await run(engine, loop({ keyed: false }).document);
    const { document, scale } = loop({ numbers: '1,2,9,4', keyed: false });
    const { outcome } = await run(engine, document);
    expect(passesRun(outcome, scale)).to.deep.equal([0, 1, 2, 3]);
  });

  it('visits no pass when the values of the end are kept', async () => {
    const { engine } = setUp();
    await run(engine, loop({}).document);
    const { document, end, scale, show } = loop({});
    const { outcome, shown } = await run(engine, document);
    expect(shown).to.deep.equal([42]);
    expect(wasCached(outcome, end) && wasCached(outcome, show)).to.equal(true);
    expect(passesRun(outcome, scale)).to.deep.equal([]);
    expect(passesCached(outcome, scale)).to.deep.equal([3]);
  });

  it('runs an output node that the body feeds in every pass, without running what is kept', async () => {
    const { engine } = setUp();
    await run(engine, loop({}).document);
    let side: BuiltNode | undefined;
    const { document, scale, end } = loop({
      build: (g, nodes) => {
        side = g.node('Show', { value: nodes.scale.out('VALUE') });
      },
    });
    const first = await run(engine, document);
    expect(first.shown).to.deep.equal([3, 8, 19, 42, 42]);
    expect(didRun(first.outcome, scale) || didRun(first.outcome, end)).to.equal(false);
    expect(side && passesRun(first.outcome, side)).to.deep.equal([0, 1, 2, 3]);
    const second = await run(engine, document);
    expect(second.shown).to.deep.equal([3, 8, 19, 42, 42]);
    expect(side && passesCached(second.outcome, side)).to.deep.equal([0, 1, 2, 3]);
  });

  it('carries values that the user added', async () => {
    const { engine } = setUp();
    const g = createGraphBuilder(tinyRegistry);
    const one = g.node('Source', { amount: 1 });
    const start = g.node(
      'LoopStart',
      { value: one.out('VALUE'), other: one.out('VALUE'), passes: 5 },
      { carried: { other: 'VALUE' } },
    );
    // Fibonacci: (a, b) becomes (b, a + b).
    const next = g.node('Sum', { a: start.out('value'), b: start.out('other') });
    const end = g.node('LoopEnd', { value: start.out('other'), other: next.out('VALUE') });
    g.node('Show', { value: end.out('value') });
    g.node('Show', { value: end.out('other') });
    const { shown, outcome } = await run(engine, g.document());
    expect(outcome.problems).to.deep.equal([]);
    expect(shown).to.deep.equal([8, 13]);
  });

  it('passes the first values through when there are no passes', async () => {
    const { engine } = setUp();
    const { document } = loop({ passes: 0, amount: 5 });
    const { shown } = await run(engine, document);
    expect(shown).to.deep.equal([5]);
  });

  it('runs nested zones and resumes inside them', async () => {
    const { engine } = setUp();
    const nested = (numbers: string) => {
      const g = createGraphBuilder(tinyRegistry);
      const source = g.node('Source', { amount: 1 });
      const outerCurve = g.node('Curve', { numbers });
      const innerCurve = g.node('Curve', { numbers: '0,1' });
      const outer = g.node('LoopStart', { value: source.out('VALUE'), passes: 3 });
      const before = g.node('Scale', { value: outer.out('value'), by: outerCurve.out('CURVE') });
      const inner = g.node('LoopStart', { value: before.out('VALUE'), passes: 2 });
      const scale = g.node('Scale', { value: inner.out('value'), by: innerCurve.out('CURVE') });
      const innerEnd = g.node('LoopEnd', { value: scale.out('VALUE') });
      const outerEnd = g.node('LoopEnd', { value: innerEnd.out('value') });
      g.node('Show', { value: outerEnd.out('value') });
      return { document: g.document(), before, scale };
    };
    // One outer pass makes 4 (2 x + c) + 1 of x.
    const first = await run(engine, nested('0,0,0').document);
    expect(first.outcome.problems).to.deep.equal([]);
    expect(first.shown).to.deep.equal([585]);
    const { document, before, scale } = nested('0,0,-70');
    const second = await run(engine, document);
    expect(second.shown).to.deep.equal([305]);
    expect(passesRun(second.outcome, before)).to.deep.equal([2]);
    expect(passesRun(second.outcome, scale)).to.deep.equal([0, 1]);
  });

  it('recomputes carried values that were evicted, in a cache that holds next to nothing', async () => {
    const { engine, services } = setUp(64 * 4);
    const first = await run(engine, loop({ numbers: '1,2,3,4,5,6,7', passes: 7 }).document);
    const again = loop({ numbers: '1,2,3,4,5,6,0', passes: 7, amount: 0 });
    const second = await run(engine, again.document);
    expect(first.outcome.outcome).to.equal('success');
    expect(second.shown).to.deep.equal([240]);
    expect(services.live.size).to.be.at.most(4);
    await engine.clear();
    expect(services.live.size).to.equal(0);
  });

  it('stops at the pass that fails, and other outputs still run', async () => {
    const { engine } = setUp();
    let failing: BuiltNode | undefined;
    let other: BuiltNode | undefined;
    const { document, end } = loop({
      build: (g, nodes) => {
        failing = g.node('Fail', { value: nodes.scale.out('VALUE'), from_pass: 2 });
        g.set(nodes.end, 'value', failing.out('VALUE'));
        other = g.node('Show', { value: nodes.source.out('VALUE') });
      },
    });
    const { outcome, shown } = await run(engine, document);
    expect(outcome.outcome).to.equal('error');
    expect(failing && passesRun(outcome, failing)).to.deep.equal([0, 1]);
    expect(other && didRun(outcome, other)).to.equal(true);
    expect(didRun(outcome, end)).to.equal(false);
    expect(shown).to.deep.equal([1]);
    expect(outcome.failures.map(({ details }) => details)).to.deep.include({
      code: 'execution/node-failed',
      nodeId: failing?.id,
      type: 'Fail',
      pass: 2,
      reason: 'it does not work',
    });
    expect(outcome.failures[0]?.cause).to.be.instanceOf(RangeError);
  });
});
