import { expect } from '@open-wc/testing';
import { AppError, type ErrorCode } from '../../../src/core/errors.js';
import { migrateFormat } from '../../../src/core/graph/migrations/format-ladder.js';
import { loadDocument } from '../../../src/core/graph/load.js';
import { parseDocument } from '../../../src/core/graph/parse.js';
import { serializeDocument } from '../../../src/core/graph/serialize.js';
import { createGraphBuilder } from '../../support/graph-builder.js';
import { tinyRegistry } from '../../support/tiny-nodes.js';

function codeOf(source: unknown): ErrorCode | undefined {
  try {
    parseDocument(source);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.details.code;
    throw error;
  }
}

const minimal = {
  format: 'crossweave-graph',
  version: 1,
  nodes: {},
  layout: { nodes: {}, groups: [] },
};
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('parseDocument', () => {
  it('keeps keys that it does not know, at every level, and nodes of unknown type', () => {
    const strange = {
      ...minimal,
      extra: { deep: [1, { two: null }] },
      nodes: {
        3: {
          type: 'FromTheFuture',
          version: 7,
          inputs: { a: { link: ['3', 'x'], via: 'reroute' }, b: 2 },
          flavour: 'sweet',
        },
      },
      layout: {
        nodes: { 3: { pos: [1, 2], shape: 'round' } },
        groups: [{ title: 'G', bounds: [0, 0, 1, 1], zone: true }],
        view: { scale: 2, offset: [0, 0], minimap: true },
        grid: 10,
      },
    };
    const document = parseDocument(JSON.stringify(strange));
    expect(document).to.deep.equal(strange);
    expect(parseDocument(serializeDocument(document))).to.deep.equal(strange);
    expect(loadDocument(strange, tinyRegistry).document).to.deep.equal(strange);
  });

  it('refuses what is too large, and says what', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 5001 }, (_, i) => [i, { type: 'Source', version: 1, inputs: {} }]),
    );
    expect(codeOf({ ...minimal, nodes })).to.equal('document/too-large');
    expect(codeOf({ ...minimal, extra: nested(64) })).to.equal('document/too-large');
    expect(codeOf({ ...minimal, extra: nested(63) })).to.equal(undefined);
    expect(codeOf('x'.repeat(20_000_001))).to.equal('document/too-large');
    expect(codeOf(`"${'€'.repeat(7_000_000)}"`)).to.equal('document/too-large');
  });

  it('refuses crowds that no page can show, before it has parsed them', () => {
    const inputs = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`i${String(i)}`, 1]));
    const nodes = { 1: { type: 'Source', version: 1, inputs } };
    expect(codeOf({ ...minimal, nodes })).to.equal('document/too-large');
    const group = { title: '', bounds: [0, 0, 1, 1] };
    const groups = Array.from({ length: 5001 }, () => group);
    expect(codeOf({ ...minimal, layout: { nodes: {}, groups } })).to.equal('document/too-large');
    expect(codeOf(`[${'0,'.repeat(500_000)}`)).to.equal('document/too-large');
    expect(codeOf('['.repeat(100_000))).to.equal('document/too-large');
    const brackets = JSON.stringify({ ...minimal, title: `\\"${'[{,'.repeat(200_000)}\\` });
    expect(codeOf(brackets)).to.equal(undefined);
  });

  it('refuses keys that reach into prototypes', () => {
    const text = JSON.stringify(minimal).replace('"nodes":{}', '"nodes":{"__proto__":{"a":1}}');
    expect(codeOf(text)).to.equal('document/invalid');
    expect(codeOf({ ...minimal, extra: [{ constructor: 1 }] })).to.equal('document/invalid');
  });

  it('refuses junk with document/invalid and nothing else', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    const trap = {
      get format(): string {
        throw new TypeError('trap');
      },
    };
    const junk = ['', '{', 'null', '[]', '{"format":"crossweave-graph"}', 7, null, undefined, trap];
    const codes = junk.map(codeOf);
    expect(codes).to.deep.equal(junk.map(() => 'document/invalid'));
    expect(codeOf({ ...minimal, extra: circle })).to.equal('document/too-large');
    expect(codeOf({ ...minimal, extra: () => 1 })).to.equal('document/invalid');
    expect(codeOf({ ...minimal, extra: Number.NaN })).to.equal('document/invalid');
    expect(codeOf({ ...minimal, version: 0 })).to.equal('document/invalid');
    expect(codeOf({ ...minimal, nodes: { x: { type: 'A', version: 1, inputs: {} } } })).to.equal(
      'document/invalid',
    );
  });

  it('names the place of a mistake', () => {
    const nodes = { 4: { type: 'Source', version: 1, inputs: { amount: [1] } } };
    expect(() => parseDocument({ ...minimal, nodes }))
      .to.throw(AppError)
      .with.nested.property('details.path', 'nodes.4.inputs.amount');
  });

  it('does not guess at a newer format', () => {
    expect(codeOf({ ...minimal, version: 2 })).to.equal('document/too-new');
  });
});

describe('migrateFormat', () => {
  it('climbs the ladder one step after another, from the version of the file', () => {
    const ladder = [
      { to: 2, migrate: (old: object) => ({ ...old, path: '2' }) },
      {
        to: 3,
        migrate: (old: object) => ({ ...old, path: `${'path' in old ? String(old.path) : ''}3` }),
      },
    ];
    expect(migrateFormat({ version: 1 }, ladder)).to.deep.equal({ version: 3, path: '23' });
    expect(migrateFormat({ version: 2 }, ladder)).to.deep.equal({ version: 3, path: '3' });
    expect(() => migrateFormat({ version: 4 }, ladder)).to.throw(AppError);
  });
});

describe('loadDocument', () => {
  const load = (version: number, inputs: Record<string, number>) =>
    loadDocument({ ...minimal, nodes: { 1: { type: 'Renamed', version, inputs } } }, tinyRegistry);

  it('brings nodes up to the version of their definition', () => {
    const { document, problems } = load(1, { number: 4 });
    expect(document.nodes['1']).to.deep.equal({
      type: 'Renamed',
      version: 3,
      inputs: { amount: 4, label: 'old' },
    });
    expect(problems.map(({ code }) => code)).to.deep.equal(['graph/no-outputs']);
  });

  it('keeps a node of a newer version untouched and reports it', () => {
    const { document, problems } = load(4, { number: 4 });
    expect(document.nodes['1']).to.deep.equal({
      type: 'Renamed',
      version: 4,
      inputs: { number: 4 },
    });
    expect(problems.map(({ code }) => code)).to.include('node/too-new');
  });
});

describe('serializeDocument', () => {
  it('gives the same bytes whatever the order of the keys, with node ids by value', () => {
    const g = createGraphBuilder(tinyRegistry);
    for (let i = 0; i < 12; i += 1) g.node('Source', { amount: i });
    const document = g.document();
    const reversed = {
      layout: document.layout,
      nodes: Object.fromEntries(Object.entries(document.nodes).reverse()),
      version: 1,
      format: 'crossweave-graph',
    } as const;
    const text = serializeDocument(document);
    expect(serializeDocument(reversed)).to.equal(text);
    expect(text.indexOf('"2": {')).to.be.below(text.indexOf('"10": {'));
    expect(text)
      .to.match(/^\{\n {2}"format": "crossweave-graph",\n/)
      .and.to.match(/\}\n$/);
  });
});
