import { expect } from '@open-wc/testing';
import { fc } from '../support/seeded-check.js';
import { createEngine } from '../../src/core/engine/engine.js';
import { createGraphBuilder, type BuiltNode } from '../support/graph-builder.js';
import { createTinyServices, tinyRegistry } from '../support/tiny-nodes.js';

interface Shape {
  readonly amount: number;
  readonly passes: number;
  readonly numbers: readonly number[];
  readonly keyed: boolean;
  readonly chain: readonly number[];
  readonly inner: boolean;
  readonly side: boolean;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  amount: fc.nat(9),
  passes: fc.nat(5),
  numbers: fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
  keyed: fc.boolean(),
  chain: fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }),
  inner: fc.boolean(),
  side: fc.boolean(),
});

const outputName = (type: string) => (type.startsWith('Loop') ? 'value' : 'VALUE');

/** A zone whose body is a chain of nodes, maybe around another zone, maybe with an output node at its side. */
function build({ amount, passes, numbers, keyed, chain, inner, side }: Shape) {
  const g = createGraphBuilder(tinyRegistry);
  const constant = g.node('Source', { amount: 1 });
  const curve = g.node('Curve', { numbers: numbers.join(','), keyed });
  let last: { readonly node: BuiltNode; readonly type: string } = {
    node: g.node('Source', { amount }),
    type: 'Source',
  };
  const add = (type: string, input: string, more: Parameters<typeof g.node>[1] = {}) => {
    last = { node: g.node(type, { ...more, [input]: last.node.out(outputName(last.type)) }), type };
  };
  add('LoopStart', 'value', { passes });
  if (inner) add('LoopStart', 'value', { passes: 2 });
  for (const kind of chain) {
    if (kind === 0) add('Keep', 'value');
    else if (kind === 1) add('Sum', 'a', { b: constant.out('VALUE') });
    else if (kind === 2) add('Sum', 'a', { plus: 2 });
    else add('Scale', 'value', { by: curve.out('CURVE') });
  }
  if (side) g.node('Show', { value: last.node.out(outputName(last.type)) });
  if (inner) add('LoopEnd', 'value');
  add('LoopEnd', 'value');
  g.node('Show', { value: last.node.out('value') });
  return g.document();
}

function createRunner(cacheBytes: number) {
  const services = createTinyServices();
  const engine = createEngine({ registry: tinyRegistry, services, cacheBytes });
  const run = async (shape: Shape) => {
    const seen = new Map<string, string>();
    const { outcome } = await engine.run(build(shape), {
      onEvent: (event) => {
        if (event.type !== 'executed' && event.type !== 'execution-cached') return;
        const text = event.warnings
          .map((warning) => (typeof warning === 'string' ? warning.replace(/ in pass.*/, '') : ''))
          .join();
        if (text !== '') seen.set(`${event.nodeId} ${String(event.pass)}`, text);
      },
    });
    return { outcome, seen: [...seen].sort() };
  };
  return { services, engine, run };
}

describe('any chain of zone graphs', () => {
  it('gives the same values with a warm cache, a tiny cache and none, and leaves nothing alive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(shapes, { minLength: 1, maxLength: 4 }), async (list) => {
        const runners = [1e9, 64 * 5, 0].map(createRunner);
        for (const shape of list) {
          const fresh = createRunner(1e9);
          const wanted = await fresh.run(shape);
          expect(wanted.outcome).to.equal('success');
          for (const { run } of runners) expect(await run(shape)).to.deep.equal(wanted);
        }
        for (const { engine, services } of runners) {
          await engine.clear();
          expect(services.live.size).to.equal(0);
        }
      }),
      { numRuns: 60 },
    );
  }).timeout(60_000);

  it('keeps no more than the budget once a run is over', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat(600), async (shape, cacheBytes) => {
        const { engine, run, services } = createRunner(cacheBytes);
        await run(shape);
        expect(engine.byteLength()).to.be.at.most(cacheBytes);
        await engine.dispose();
        expect(services.live.size).to.equal(0);
      }),
      { numRuns: 60 },
    );
  }).timeout(60_000);
});
