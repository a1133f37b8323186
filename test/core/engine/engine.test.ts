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

  it('runs good outputs when others have problems or fail, and keeps the cause', async () => {
    const { engine, g } = setUp();
    const three = g.node('Source', { amount: 3 });
    const failing = g.node('Fail', { value: three.out('VALUE') });
    g.node('Show', { value: failing.out('VALUE') });
    const open = g.node('Show');
    const good = g.node('Show', { value: three.out('VALUE') });
    const result = await engine.run(g.document());
    expect(result.outcome).to.equal('error');
    expect(result.problems.map(({ code, nodeId }) => [code, nodeId])).to.deep.equal([
      ['input/missing', open.id],
    ]);
    expect(result.failures.map(({ cause }) => String(cause))).to.deep.equal([
      'RangeError: it does not work',
    ]);
    expect(didRun(result, good)).to.equal(true);
  });

  it('does not run muted nodes nor what needs them, and looks through bypassed ones', async () => {
    const { engine, g } = setUp();
    const three = g.node('Source', { amount: 3 });
    const muted = g.node('Source', { amount: 9 }, { mode: 'mute' });
    const lost = g.node('Show', { value: muted.out('VALUE') });
    const bypassed = g.node('Sum', { a: three.out('VALUE'), plus: 50 }, { mode: 'bypass' });
    const sum = g.node('Sum', { a: bypassed.out('VALUE'), b: muted.out('VALUE') });
    g.node('Show', { value: sum.out('VALUE') });
    const events: RunEvent[] = [];
    const result = await engine.run(g.document(), { onEvent: (event) => events.push(event) });
    expect(result.outcome).to.equal('success');
    expect(shown(events)).to.deep.equal([3]);
    expect(didRun(result, lost) || didRun(result, muted) || didRun(result, bypassed)).to.equal(
      false,
    );
  });

  it('runs again what a changed fingerprint stands for, and reports one that cannot be had', async () => {
    const { engine, g, services } = setUp();
    const stamp = g.node('Stamp', { amount: 1 });
    g.node('Show', { value: stamp.out('VALUE') });
    await engine.run(g.document());
    expect(wasCached(await engine.run(g.document()), stamp)).to.equal(true);
    services.stamp = 'abc';
    expect(didRun(await engine.run(g.document()), stamp)).to.equal(true);
    services.stamp = '';
    const result = await engine.run(g.document());
    expect(result.outcome).to.equal('error');
    expect(result.failures[0]?.details).to.deep.include({
      nodeId: stamp.id,
      reason: 'the stamp is missing',
    });
  });

  it('executes a node that must not be kept in every run, and leaves nothing of it behind', async () => {
    const { engine, g, services } = setUp();
    const always = g.node('Always', { value: g.node('Source').out('VALUE') });
    g.node('Show', { value: always.out('VALUE') });
    for (let i = 0; i < 3; i += 1)
      expect(didRun(await engine.run(g.document()), always)).to.equal(true);
    expect(services.live.size).to.equal(1);
  });

  it('refuses a value that a link brings to a widget that cannot hold it', async () => {
    const { engine, g } = setUp();
    const big = g.node('Source', { amount: 1e9 });
    const twice = g.node('Sum', { a: big.out('VALUE'), b: big.out('VALUE') });
    const number = g.node('ToNumber', { value: twice.out('VALUE') });
    const source = g.node('Source', { amount: number.out('FLOAT') });
    g.node('Show', { value: source.out('VALUE') });
    const { failures } = await engine.run(g.document());
    expect(failures[0]?.details).to.deep.include({ nodeId: source.id });
    expect(failures[0]?.message).to.match(/amount is 2000000000/);
  });

  it('stops inside a node that heeds the signal, and keeps what was finished', async () => {
    const { engine, g, services } = setUp();
    const three = g.node('Source', { amount: 3 });
    const hook = g.node('Hook', { value: three.out('VALUE') });
    g.node('Show', { value: hook.out('VALUE') });
    const stop = new AbortController();
    services.hook = (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
        stop.abort();
      });
    const events: RunEvent[] = [];
    const options = { signal: stop.signal, onEvent: (event: RunEvent) => events.push(event) };
    const stopped = await engine.run(g.document(), options);
    expect(stopped.outcome).to.equal('interrupted');
    expect(stopped.failures).to.deep.equal([]);
    expect(events.at(-1)).to.deep.equal({ type: 'execution-interrupted' });
    services.hook = () => undefined;
    const again = await engine.run(g.document());
    expect(again.outcome).to.equal('success');
    expect(wasCached(again, three)).to.equal(true);
  });

  it('stops between nodes when a node does not heed the signal, and lets the message in', async () => {
    const { engine, g, services } = setUp();
    let value = g.node('Source', { amount: 3 }).out('VALUE');
    for (let i = 0; i < 50; i += 1) value = g.node('Hook', { value }).out('VALUE');
    g.node('Show', { value });
    services.hook = () => {
      const began = performance.now();
      while (performance.now() - began < 4);
    };
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 10);
    expect((await engine.run(g.document(), { signal: stop.signal })).outcome).to.equal(
      'interrupted',
    );
  });

  it('runs one document after the other, and none once it was disposed', async () => {
    const { engine, g, services } = setUp();
    const hook = g.node('Hook', { value: g.node('Source').out('VALUE') });
    g.node('Show', { value: hook.out('VALUE') });
    let running = 0;
    services.hook = async () => {
      running += 1;
      expect(running).to.equal(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    };
    const [first, second] = await Promise.all([engine.run(g.document()), engine.run(g.document())]);
    expect(didRun(first, hook)).to.equal(true);
    expect(wasCached(second, hook)).to.equal(true);
    await engine.dispose();
    expect(services.live.size).to.equal(0);
    const refused = await engine.run(g.document()).catch(String);
    expect(refused).to.match(/disposed/);
  });

  it('makes transient pictures only when somebody watches', async () => {
    const previews = async (watched: boolean) => {
      const { engine, g } = setUp();
      const hook = g.node('Hook', { value: g.node('Source').out('VALUE') });
      g.node('Show', { value: hook.out('VALUE') });
      const events: RunEvent[] = [];
      await engine.run(g.document(), { previews: watched, onEvent: (event) => events.push(event) });
      return events.filter(({ type }) => type === 'preview').length;
    };
    expect([await previews(true), await previews(false)]).to.deep.equal([1, 0]);
  });

  it('pulls only the given targets', async () => {
    const { engine, g } = setUp();
    const one = g.node('Show', { value: g.node('Source', { amount: 1 }).out('VALUE') });
    const two = g.node('Show', { value: g.node('Source', { amount: 2 }).out('VALUE') });
    const result = await engine.run(g.document(), { targets: [two.id] });
    expect([didRun(result, one), didRun(result, two)]).to.deep.equal([false, true]);
  });

  it('executes each of a thousand nodes that share their values exactly once', async () => {
    const { engine, g } = setUp();
    let value = g.node('Source', { amount: 1 }).out('VALUE');
    for (let i = 0; i < 1000; i += 1)
      value = g.node('Sum', { a: value, b: value, plus: i % 7 }).out('VALUE');
    g.node('Show', { value });
    const result = await engine.run(g.document());
    expect(result.outcome).to.equal('success');
    const executed = Array.from(result.nodes.values(), (tally) => tally.executed);
    expect(executed).to.deep.equal(new Array<number>(1002).fill(1));
  });
});
