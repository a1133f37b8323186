import { expect } from '@open-wc/testing';
import { validate } from '../../../src/core/graph/validate.js';
import { findZones } from '../../../src/core/graph/zones.js';
import { createGraphBuilder, type GraphBuilder } from '../../support/graph-builder.js';
import { tinyRegistry } from '../../support/tiny-nodes.js';

const problemsOf = (build: (g: GraphBuilder) => void) => {
  const g = createGraphBuilder(tinyRegistry);
  build(g);
  return validate(g.document(), tinyRegistry);
};
const codesOf = (build: (g: GraphBuilder) => void) =>
  problemsOf(build).map(({ code, nodeId, input }) => [code, nodeId, input]);

describe('validate', () => {
  it('finds nothing wrong with a graph that can run', () => {
    expect(codesOf((g) => g.node('Show', { value: g.node('Source').out('VALUE') }))).to.deep.equal(
      [],
    );
  });

  it('names the node, the input and the remedy when something is not connected', () => {
    const [problem] = problemsOf((g) => g.node('Show', {}, { title: 'My view' }));
    expect(problem).to.deep.equal({
      code: 'input/missing',
      nodeId: '1',
      input: 'value',
      message: '“My view” (node 1): the input value is not connected. Connect a VALUE to it.',
    });
  });

  it('reports values out of range, of the wrong type and outside the options', () => {
    expect(
      codesOf((g) => {
        const amounts = ['three', 1e10].map((amount) => g.node('Source', { amount }).out('VALUE'));
        const curve = g.node('Curve', { first: 1.5, keyed: 'yes' });
        for (const value of [
          ...amounts,
          g.node('Scale', { by: curve.out('CURVE') }).out('VALUE'),
        ]) {
          g.node('Show', { value });
        }
      }),
    ).to.deep.equal([
      ['input/wrong-type', '1', 'amount'],
      ['input/out-of-range', '2', 'amount'],
      ['input/wrong-type', '3', 'first'],
      ['input/wrong-type', '3', 'keyed'],
      ['input/missing', '4', 'value'],
      ['node/needs-zone', '4', 'by'],
    ]);
  });

  it('reports links that lead nowhere and links of the wrong type', () => {
    expect(
      codesOf((g) => {
        const curve = g.node('Curve');
        g.node('Show', { value: curve.out('CURVE') });
        g.node('Show', { value: { link: ['99', 'VALUE'] } });
        g.node('Show', { value: { link: ['1', 'constructor'] } });
        g.node('Show', { value: g.node('Lost').out('VALUE') });
        g.node('Show', { value: 5 });
      }),
    ).to.have.deep.members([
      ['link/type-mismatch', '2', 'value'],
      ['link/dangling', '3', 'value'],
      ['link/dangling', '4', 'value'],
      ['node/unknown-type', '5', undefined],
      ['link/dangling', '6', 'value'],
      ['input/wrong-type', '7', 'value'],
    ]);
  });

  it('reports every node of a circle', () => {
    expect(
      codesOf((g) => {
        const a = g.node('Sum');
        const b = g.node('Sum', { a: a.out('VALUE') });
        g.set(a, 'a', b.out('VALUE'));
        g.node('Show', { value: b.out('VALUE') });
      }),
    ).to.deep.equal([
      ['graph/cycle', '1', undefined],
      ['graph/cycle', '2', undefined],
    ]);
  });

  it('says when nothing asks for a result, and leaves muted nodes alone', () => {
    expect(codesOf((g) => g.node('Sum', {}, { mode: 'mute' }))).to.deep.equal([
      ['graph/no-outputs', undefined, undefined],
    ]);
  });

  it('looks through bypassed nodes, and says when one has nothing to pass', () => {
    expect(
      codesOf((g) => {
        const sum = g.node('Sum', { a: g.node('Source').out('VALUE') }, { mode: 'bypass' });
        g.node('Show', { value: sum.out('VALUE') });
        g.node('Show', { value: g.node('Source', {}, { mode: 'bypass' }).out('VALUE') });
      }),
    ).to.deep.equal([['input/missing', '5', 'value']]);
  });
});

describe('the mistakes of zones', () => {
  it('an end that nothing opens', () => {
    expect(
      codesOf((g) => {
        const end = g.node('LoopEnd', { value: g.node('Source').out('VALUE') });
        g.node('Show', { value: end.out('value') });
      }),
    ).to.deep.equal([['zone/end-without-start', '2', undefined]]);
  });

  it('a start that nothing closes', () => {
    expect(
      codesOf((g) => {
        const start = g.node('LoopStart', { value: g.node('Source').out('VALUE') });
        g.node('Show', { value: start.out('value') });
      }),
    ).to.deep.equal([['zone/start-without-end', '2', undefined]]);
  });

  it('an end that could close several unrelated starts', () => {
    expect(
      codesOf((g) => {
        const source = g.node('Source').out('VALUE');
        const starts = [1, 2].map(() => g.node('LoopStart', { value: source }).out('value'));
        const [a, b] = starts;
        if (a && b) g.node('LoopEnd', { value: g.node('Sum', { a, b }).out('VALUE') });
        g.node('Show', { value: source });
      }).map(([code, id]) => [code, id]),
    ).to.deep.equal([
      ['zone/ambiguous-nesting', '5'],
      ['zone/start-without-end', '2'],
      ['zone/start-without-end', '3'],
    ]);
  });

  it('a value that leaves the zone beside its end', () => {
    expect(
      codesOf((g) => {
        const start = g.node('LoopStart', { value: g.node('Source').out('VALUE') });
        const body = g.node('Sum', { a: start.out('value') });
        const end = g.node('LoopEnd', { value: body.out('VALUE') });
        const mix = g.node('Sum', { a: end.out('value'), b: body.out('VALUE') });
        g.node('Show', { value: mix.out('VALUE') });
      }),
    ).to.deep.equal([
      ['zone/escape', '5', undefined],
      ['zone/escape', '6', undefined],
    ]);
  });

  it('ends that depend on each other', () => {
    const codes = codesOf((g) => {
      const start = g.node('LoopStart', { value: g.node('Source').out('VALUE') });
      const a = g.node('LoopEnd');
      const b = g.node('LoopEnd', { value: a.out('value') });
      const mix = g.node('Sum', { a: b.out('value'), b: start.out('value') });
      g.set(a, 'value', mix.out('VALUE'));
      g.node('Show', { value: b.out('value') });
    });
    expect(codes).to.deep.include.members([
      ['zone/end-cycle', '3', undefined],
      ['zone/end-cycle', '4', undefined],
      ['graph/cycle', '5', undefined],
    ]);
  });
});

describe('findZones', () => {
  it('pairs the inner zone first and computes both bodies', () => {
    const g = createGraphBuilder(tinyRegistry);
    const outer = g.node('LoopStart', { value: g.node('Source').out('VALUE') });
    const inner = g.node('LoopStart', { value: outer.out('value') });
    const body = g.node('Sum', { a: inner.out('value') });
    const side = g.node('Show', { value: body.out('VALUE') });
    const innerEnd = g.node('LoopEnd', { value: body.out('VALUE') });
    const after = g.node('Sum', { a: innerEnd.out('value') });
    const outerEnd = g.node('LoopEnd', { value: after.out('VALUE') });
    const { zones, zoneOf, problems } = findZones(g.document().nodes, tinyRegistry);
    expect(problems).to.deep.equal([]);
    const [first, second] = zones;
    expect([first?.start, first?.end]).to.deep.equal([outer.id, outerEnd.id]);
    expect([...(first?.body ?? [])].sort()).to.deep.equal(
      [inner.id, body.id, innerEnd.id, after.id].sort(),
    );
    expect(second).to.deep.include({ start: inner.id, end: innerEnd.id, parent: first });
    expect([...(second?.body ?? [])]).to.deep.equal([body.id]);
    expect([...(second?.side ?? [])]).to.deep.equal([side.id]);
    expect(zoneOf.get(side.id)).to.equal(second);
    expect(zoneOf.get(inner.id)).to.equal(first);
    expect(zoneOf.get(outer.id)).to.equal(undefined);
  });
});
