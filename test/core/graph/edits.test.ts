import { expect } from '@open-wc/testing';
import { addCarried, removeCarried } from '../../../src/core/graph/carried-edits.js';
import { diffDocuments } from '../../../src/core/graph/diff.js';
import {
  addNode,
  addZone,
  applyPreset,
  emptyDocument,
  removeNodes,
  renameNode,
  setMode,
  setTitle,
  setWidget,
} from '../../../src/core/graph/edits.js';
import { copyFragment, duplicateNodes, pasteFragment } from '../../../src/core/graph/fragment.js';
import { createHistory, endGesture, record, undo } from '../../../src/core/graph/history.js';
import {
  moveNodes,
  resizeNode,
  setCollapsed,
  setColor,
  setGroups,
  setPinned,
} from '../../../src/core/graph/layout-edits.js';
import { connect, disconnect } from '../../../src/core/graph/link-edits.js';
import { validate } from '../../../src/core/graph/validate.js';
import { wiringOf } from '../../../src/core/graph/wiring.js';
import type { AnyNodeDefinition } from '../../../src/core/node/definition.js';
import { createRegistry } from '../../../src/core/node/registry.js';
import { tinyRegistry } from '../../support/tiny-nodes.js';
import { createGraphBuilder } from '../../support/graph-builder.js';

function definitionOf(type: string): AnyNodeDefinition {
  const definition = tinyRegistry.get(type);
  if (definition === undefined) throw new Error(`no ${type}`);
  return definition;
}

function pair() {
  const g = createGraphBuilder(tinyRegistry);
  const source = g.node('Source', { amount: 1 });
  const sum = g.node('Sum', { a: source.out('VALUE') });
  return { document: g.document(), source, sum };
}

describe('edits', () => {
  it('addNode gives the next id and the default values', () => {
    const { document, id } = addNode(pair().document, definitionOf('Renamed'), { pos: [5, 6] });
    expect(id).to.equal('3');
    expect(document.nodes['3']?.inputs).to.deep.equal({ amount: 1, label: '' });
    expect(document.layout.nodes['3']).to.deep.equal({ pos: [5, 6] });
  });

  it('addZone makes a wired pair', () => {
    const [start, end] = [definitionOf('LoopStart'), definitionOf('LoopEnd')];
    const zone = addZone(emptyDocument(), start, end, { pos: [0, 0] });
    const stored = zone.document.nodes[zone.endId]?.inputs['value'];
    expect(stored).to.deep.equal({ link: [zone.startId, 'value'] });
    const codes = validate(zone.document, tinyRegistry).map(({ code }) => code);
    expect(codes).to.not.include('zone/start-without-end');
  });

  it('removeNodes removes the links to what it removes', () => {
    const { document, source } = pair();
    const left = removeNodes(document, [source.id]);
    expect(left.nodes).to.deep.equal({ 2: { type: 'Sum', version: 1, inputs: {} } });
    expect(Object.keys(left.layout.nodes)).to.deep.equal(['2']);
  });

  it('connect replaces a link, and refuses wrong types, circles and missing ends in words', () => {
    const { document, source, sum } = pair();
    const extra = addNode(document, definitionOf('Curve'), { pos: [0, 0] }).document;
    const link = (from: [string, string], to: [string, string]) =>
      connect(extra, tinyRegistry, { node: from[0], name: from[1] }, { node: to[0], name: to[1] });
    expect(link([source.id, 'VALUE'], [sum.id, 'b']).document?.nodes[sum.id]?.inputs).to.deep.equal(
      {
        a: { link: [source.id, 'VALUE'] },
        b: { link: [source.id, 'VALUE'] },
      },
    );
    expect(link(['3', 'CURVE'], [sum.id, 'a']).refused).to.match(/wants a VALUE as a/);
    expect(link([sum.id, 'VALUE'], [sum.id, 'a']).refused).to.match(/already depends/);
    expect(link([sum.id, 'constructor'], [sum.id, 'a']).refused).to.match(/no output/);
  });

  it('disconnect gives a widget its default back', () => {
    const g = createGraphBuilder(tinyRegistry);
    const number = g.node('ToNumber');
    const source = g.node('Source', { amount: number.out('FLOAT') });
    const free = disconnect(g.document(), tinyRegistry, { node: source.id, name: 'amount' });
    expect(free.nodes[source.id]?.inputs).to.deep.equal({ amount: 1 });
  });

  it('moveNodes keeps no negative zero, which a saved graph would lose', () => {
    const { document, source } = pair();
    const moved = moveNodes(document, new Map([[source.id, [-0, 5]]]));
    expect(Object.is(moved.layout.nodes[source.id]?.pos[0], 0)).to.equal(true);
  });

  it('return the same document when they change nothing', () => {
    const { document, source } = pair();
    expect(setWidget(document, source.id, 'amount', 1)).to.equal(document);
    expect(setWidget(document, '99', 'amount', 1)).to.equal(document);
    expect(moveNodes(document, new Map([[source.id, [20, 0]]]))).to.equal(document);
    expect(setMode(document, [source.id], undefined)).to.equal(document);
    expect(applyPreset(document, tinyRegistry, 'big')).to.equal(document);
    expect(removeNodes(document, ['99'])).to.equal(document);
  });

  it('applyPreset sets the values of every node that has the preset', () => {
    const { document, id } = addNode(emptyDocument(), definitionOf('Renamed'), { pos: [0, 0] });
    const big = applyPreset(document, tinyRegistry, 'big');
    expect(big.nodes[id]?.inputs).to.deep.equal({ amount: 100, label: 'big' });
  });

  it('a pasted fragment gets fresh ids, and its inner links follow', () => {
    const { document, source, sum } = pair();
    const fragment = copyFragment(document, [source.id, sum.id]);
    const { document: pasted, ids } = pasteFragment(document, fragment, { offset: [1, 1] });
    expect([...ids]).to.deep.equal([
      ['1', '3'],
      ['2', '4'],
    ]);
    expect(pasted.nodes['4']?.inputs).to.deep.equal({ a: { link: ['3', 'VALUE'] } });
    expect(duplicateNodes(document, [sum.id]).document.nodes['3']?.inputs).to.deep.equal({
      a: { link: ['1', 'VALUE'] },
    });
  });

  it('a carried value is a socket of both ends until it is taken away', () => {
    const [start, end] = [definitionOf('LoopStart'), definitionOf('LoopEnd')];
    const { document, startId, endId } = addZone(emptyDocument(), start, end, { pos: [0, 0] });
    const added = addCarried(document, tinyRegistry, startId, 'other', 'VALUE').document;
    if (added === undefined) throw new Error('refused');
    expect(wiringOf(added, tinyRegistry).sockets(endId)?.outputs).to.have.property('other');
    expect(addCarried(added, tinyRegistry, startId, 'other', 'VALUE').refused).to.match(/already/);
    const other = { node: startId, name: 'other' };
    const wired = connect(added, tinyRegistry, other, { node: endId, name: 'other' }).document;
    expect(wired && removeCarried(wired, tinyRegistry, startId, 'other')).to.deep.equal(document);
  });
});

describe('history', () => {
  it('makes one entry of a drag, and another of the next drag', () => {
    const { document, source } = pair();
    let history = createHistory(document);
    const drag = (x: number) => {
      const moved = moveNodes(history.present, new Map([[source.id, [x, 0]]]));
      history = record(history, moved, { name: 'Move', gesture: 'drag' });
    };
    drag(1);
    drag(2);
    expect(history.past).to.have.length(1);
    history = endGesture(history);
    drag(3);
    expect(history.past).to.have.length(2);
    history = undo(undo(history));
    expect(history.present).to.deep.equal(document);
    expect(undo(history)).to.equal(history);
  });
});

describe('diffDocuments', () => {
  it('names exactly what an edit changed', () => {
    const { document, source, sum } = pair();
    const edits = [
      setWidget(document, source.id, 'amount', 2),
      renameNode(document, source.id, 'One'),
      setColor(document, [source.id], '#fff'),
      setPinned(setCollapsed(document, [source.id], true), [sum.id], true),
      resizeNode(document, sum.id, [1, 2]),
    ];
    expect(edits.map((edited) => diffDocuments(document, edited).changed)).to.deep.equal([
      [{ id: '1', inputs: ['amount'], record: false, layout: false }],
      [{ id: '1', inputs: [], record: true, layout: false }],
      [{ id: '1', inputs: [], record: false, layout: true }],
      [
        { id: '1', inputs: [], record: false, layout: true },
        { id: '2', inputs: [], record: false, layout: true },
      ],
      [{ id: '2', inputs: [], record: false, layout: true }],
    ]);
    const renamed = setTitle(removeNodes(document, [source.id]), 'New');
    const grouped = setGroups(renamed, [{ title: 'G', bounds: [0, 0, 1, 1] }]);
    expect(diffDocuments(document, grouped)).to.deep.equal({
      added: [],
      removed: ['1'],
      changed: [{ id: '2', inputs: ['a'], record: false, layout: false }],
      groups: true,
      view: false,
      title: true,
    });
  });
});

describe('createRegistry', () => {
  it('rejects two definitions of the same type', () => {
    const source = definitionOf('Source');
    expect(() => createRegistry([source, source])).to.throw(/Source/);
  });
});
