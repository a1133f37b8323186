import { expect } from '@open-wc/testing';
import { emptyDocument } from '../../../src/core/graph/edits.js';
import { copyFragment, pasteFragment } from '../../../src/core/graph/fragment.js';
import type { GraphDocument, Subgraph } from '../../../src/core/graph/types.js';

function subgraph(title: string, inner?: string): Subgraph {
  return {
    title,
    inputs: {},
    outputs: {},
    nodes: inner === undefined ? {} : { 1: { type: `subgraph:${inner}`, version: 1, inputs: {} } },
    layout: { nodes: {}, groups: [] },
  };
}

function withInstance(key: string, subgraphs: Readonly<Record<string, Subgraph>>): GraphDocument {
  return {
    ...emptyDocument(),
    nodes: { 1: { type: `subgraph:${key}`, version: 1, inputs: {} } },
    layout: { nodes: { 1: { pos: [0, 0] } }, groups: [] },
    subgraphs,
  };
}

function paste(into: GraphDocument, from: GraphDocument): GraphDocument {
  return pasteFragment(into, copyFragment(from, ['1']), { offset: [0, 0] }).document;
}

describe('an instance pasted into another graph', () => {
  it('stays an instance of its own subgraph when the other graph has one of the same key', () => {
    const pasted = paste(
      withInstance('s1', { s1: subgraph('Theirs') }),
      withInstance('s2', { s1: subgraph('Inner'), s2: subgraph('Outer', 's1') }),
    );
    const { subgraphs = {} } = pasted;
    const key = (type = ''): string => type.replace('subgraph:', '');
    const outer = subgraphs[key(pasted.nodes['2']?.type)];
    expect(outer?.title).to.equal('Outer');
    expect(subgraphs[key(outer?.nodes['1']?.type)]?.title).to.equal('Inner');
    expect(subgraphs[key(pasted.nodes['1']?.type)]?.title).to.equal('Theirs');
  });

  it('uses a definition again that is there already', () => {
    const one = withInstance('s1', { s1: subgraph('Same') });
    const pasted = paste(one, one);
    expect(Object.keys(pasted.subgraphs ?? {})).to.deep.equal(['s1']);
    expect(pasted.nodes['2']?.type).to.equal('subgraph:s1');
  });

  it('leaves the definitions that are there as they are, however deep the difference lies', () => {
    const theirs = {
      s1: subgraph('Root', 's2'),
      s2: subgraph('Middle', 's3'),
      s3: subgraph('Theirs'),
    };
    const pasted = paste(
      withInstance('s1', theirs),
      withInstance('s1', { ...theirs, s3: subgraph('Ours') }),
    );
    const { subgraphs = {} } = pasted;
    expect(subgraphs).to.deep.include(theirs);
    const inside = (type = '') => subgraphs[type.replace('subgraph:', '')];
    const root = inside(pasted.nodes['2']?.type);
    expect(inside(inside(root?.nodes['1']?.type)?.nodes['1']?.type)?.title).to.equal('Ours');
  });
});
