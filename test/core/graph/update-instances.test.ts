import { expect } from '@open-wc/testing';
import { emptyDocument } from '../../../src/core/graph/edits.js';
import {
  instantiate,
  publishable,
  type PublishedSubgraph,
} from '../../../src/core/graph/publish.js';
import {
  marked,
  outdatedCopies,
  publishedContent,
} from '../../../src/core/graph/published-copies.js';
import type { GraphDocument, Subgraph } from '../../../src/core/graph/types.js';
import { updateInstances } from '../../../src/core/graph/update-instances.js';
import { tinyRegistry } from '../../support/tiny-nodes.js';

const sum = { type: 'Sum', version: 1, inputs: { plus: 2 } };
const place = { nodes: {}, groups: [] };

function published(at: string, subgraph: Partial<Subgraph>, rest = {}): PublishedSubgraph {
  const root: Subgraph = {
    title: 'Twice',
    inputs: { value: { type: 'VALUE', to: [['1', 'a']] } },
    outputs: { out: { type: 'VALUE', from: ['1', 'VALUE'] } },
    nodes: { 1: sum },
    layout: place,
    ...subgraph,
  };
  const bare = {
    format: 'crossweave-subgraph' as const,
    version: 1 as const,
    key: 's1',
    subgraphs: { s1: root, ...rest },
  };
  return marked(bare, { title: 'Twice', at, content: at });
}

const sockets = {
  inputs: {
    value: { type: 'VALUE', to: [['1', 'a']] },
    factor: { type: 'FLOAT', to: [['1', 'plus']] },
  },
} as const;

/** A graph that holds a copy: Source → copy → Show, the copy's factor set to 3. */
function graphWith(copy: PublishedSubgraph): GraphDocument {
  const { document } = instantiate(emptyDocument(), copy, [0, 0]);
  if (!document) throw new Error('The copy was refused.');
  return {
    ...document,
    nodes: {
      1: {
        type: document.nodes['1']?.type ?? '',
        version: 1,
        inputs: { value: link('2', 'VALUE'), factor: 3 },
      },
      2: { type: 'Source', version: 1, inputs: { amount: 5 } },
      3: { type: 'Show', version: 1, inputs: { value: link('1', 'out') } },
    },
  };
}

function link(node: string, output: string) {
  return { link: [node, output] as const };
}

describe('copies of a published subgraph', () => {
  const old = published('2026-01-01T00:00:00.000Z', sockets);

  it('are told apart from the newest, and from the same under other keys', () => {
    const document = graphWith(old);
    const newer = published('2026-02-01T00:00:00.000Z', { ...sockets, description: 'New.' });
    expect([...outdatedCopies(document, [newer]).keys()]).to.deep.equal(['s1']);
    const alike = published('2026-02-01T00:00:00.000Z', sockets);
    expect(outdatedCopies(graphWith(old), [alike]).size).to.equal(0);
    expect(outdatedCopies(document, [old]).size).to.equal(0);
    expect(outdatedCopies(graphWith(newer), [old]).size).to.equal(0);
    const [root] = Object.values(old.subgraphs);
    const again = { ...old, key: 's9', subgraphs: { ...(root && { s9: root }) } };
    expect(publishedContent(again)).to.deep.equal(publishedContent(alike));
  });

  it('keep links and values where name and type still fit, on both sides', () => {
    const inner = { type: 'subgraph:s2', version: 1, inputs: {} };
    const nodes = { 1: sum, 2: inner };
    const rest = { s2: { title: 'Inner', inputs: {}, outputs: {}, nodes: {}, layout: place } };
    const newer = published('2026-02-01T00:00:00.000Z', { ...sockets, nodes }, rest);
    const document = graphWith(old);
    const updated = updateInstances(document, tinyRegistry, new Map([['s1', newer]]));
    expect(updated.lost).to.deep.equal([]);
    expect(updated.count).to.equal(1);
    const { type, inputs } = updated.document.nodes['1'] ?? {};
    expect(inputs).to.deep.equal(document.nodes['1']?.inputs);
    expect(updated.document.nodes['3']).to.deep.equal(document.nodes['3']);
    const found = publishable(updated.document, '1');
    expect(type).to.equal(`subgraph:${found?.key ?? ''}`);
    expect(found && publishedContent(found)).to.deep.equal(publishedContent(newer));
    expect(Object.keys(updated.document.subgraphs ?? {})).to.have.length(2);
    expect(outdatedCopies(updated.document, [newer]).size).to.equal(0);
  });

  it('let go of what the newest has no place for, and tell it', () => {
    const newer = published('2026-02-01T00:00:00.000Z', { inputs: {}, outputs: {} });
    const { document, lost } = updateInstances(
      graphWith(old),
      tinyRegistry,
      new Map([['s1', newer]]),
    );
    expect(document.nodes['1']?.inputs).to.deep.equal({});
    expect(document.nodes['3']?.inputs).to.deep.equal({});
    expect(lost.map(({ kind, name }) => `${kind} ${name}`).sort()).to.deep.equal([
      'link-in value',
      'link-out out',
      'value factor',
    ]);
    expect(lost[0]?.node).to.contain('Twice');
  });

  it('are updated inside other subgraphs too, whose own sockets follow', () => {
    const around: Subgraph = {
      title: 'Around',
      inputs: { value: { type: 'VALUE', to: [['4', 'value']] } },
      outputs: { out: { type: 'VALUE', from: ['4', 'out'] } },
      nodes: { 4: { type: 'subgraph:s1', version: 1, inputs: { factor: 3 } } },
      layout: place,
    };
    const document: GraphDocument = {
      ...emptyDocument(),
      nodes: { 1: { type: 'subgraph:s2', version: 1, inputs: {} } },
      subgraphs: { ...old.subgraphs, s2: around },
    };
    const newer = published('2026-02-01T00:00:00.000Z', { ...sockets, outputs: {} });
    const updated = updateInstances(document, tinyRegistry, new Map([['s1', newer]]));
    const after = updated.document.subgraphs?.['s2'];
    expect(after?.inputs).to.deep.equal(around.inputs);
    expect(after?.outputs).to.deep.equal({ out: { type: 'VALUE' } });
    expect(after?.nodes['4']?.inputs).to.deep.equal({ factor: 3 });
    expect(updated.lost.map(({ kind }) => kind)).to.deep.equal(['link-out']);
    expect(
      Object.values(updated.document.subgraphs ?? {})
        .map(({ title }) => title)
        .sort(),
    ).to.deep.equal(['Around', 'Twice']);
  });
});
