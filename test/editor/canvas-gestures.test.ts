import { expect } from '@open-wc/testing';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { carryValue } from '../../src/core/graph/carried-edits.js';
import { innerDocument } from '../../src/core/graph/inner-document.js';
import { showWidget } from '../../src/core/graph/promoted-widgets.js';
import { makeSubgraph } from '../../src/core/graph/subgraph-make.js';
import { boundaryIds } from '../../src/core/graph/subgraph-registry.js';
import {
  click,
  drag,
  loop,
  openEditor,
  point,
  testRegistry,
  twoNodes,
} from '../support/editor-fixture.js';

/** The two nodes, linked through a point below them, with a group around the first. */
function framed(): GraphDocument {
  const document = twoNodes({ image: { link: ['1', 'IMAGE'] } });
  const { nodes } = document.layout;
  const second = nodes['2'] ?? { pos: [360, 60] };
  return {
    ...document,
    layout: {
      nodes: { ...nodes, '2': { ...second, via: { image: [[288, 300]] } } },
      groups: [{ title: 'Sources', bounds: [20, 0, 240, 200], color: '#6fae6f' }],
    },
  };
}

describe('groups, reroute points and the minimap', () => {
  let opened: ReturnType<typeof openEditor>;

  afterEach(() => {
    opened.close();
  });

  it('a group dragged by its title takes along what lies in it', () => {
    opened = openEditor(framed());
    drag(opened.canvas, [100, 12], [140, 42]);
    expect(opened.heard.edits).to.deep.equal([
      { kind: 'group-move', index: 0, by: [40, 30], ids: ['1'] },
    ]);
  });

  it('a group is resized by its corner', () => {
    // Without the link, which would lie over the corner.
    opened = openEditor({ ...framed(), nodes: twoNodes().nodes });
    const { canvas, heard } = opened;
    drag(canvas, [256, 196], [296, 226]);
    expect(heard.edits[0]).to.deep.equal({
      kind: 'group-set',
      index: 0,
      patch: { bounds: [20, 0, 280, 230] },
    });
  });

  it('a double click on a group’s title renames it', () => {
    opened = openEditor(framed());
    const { canvas, overlay, heard } = opened;
    click(canvas, [100, 12]);
    click(canvas, [100, 12]);
    const field = overlay.querySelector('input');
    expect(field).to.not.equal(null);
    if (field) field.value = 'Inputs';
    field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(overlay.childElementCount).to.equal(0);
    expect(heard.edits).to.deep.equal([
      { kind: 'group-set', index: 0, patch: { title: 'Inputs' } },
    ]);
  });

  it('a reroute point is dragged, and removed by Delete or a double click', () => {
    opened = openEditor(framed());
    const { canvas, heard } = opened;
    const to = { node: '2', name: 'image' };
    drag(canvas, [288, 300], [300, 340]);
    expect(heard.edits[0]).to.deep.equal({ kind: 'via', to, points: [[300, 340]] });
    canvas.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', cancelable: true }));
    expect(heard.edits[1]).to.deep.equal({ kind: 'via', to, points: [] });
  });

  it('Alt and a click on a link add a reroute point there', () => {
    opened = openEditor(twoNodes({ image: { link: ['1', 'IMAGE'] } }));
    const { canvas, heard } = opened;
    point(canvas, 'pointerdown', [288, 77], { altKey: true });
    point(canvas, 'pointerup', [288, 77], { altKey: true });
    expect(heard.edits).to.deep.equal([
      { kind: 'via', to: { node: '2', name: 'image' }, points: [[288, 77]] },
    ]);
  });

  it('arrow keys move the selection by the grid, pinned nodes stay', () => {
    const document = framed();
    const pinned = { pos: [360, 60], pinned: true } as const;
    opened = openEditor({
      ...document,
      layout: { ...document.layout, nodes: { ...document.layout.nodes, '2': pinned } },
    });
    const { canvas, editor, heard } = opened;
    editor.select(['1', '2']);
    canvas.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', cancelable: true }));
    expect(heard.edits).to.deep.equal([{ kind: 'move', positions: new Map([['1', [64, 60]]]) }]);
    editor.select(['2']);
    drag(canvas, [440, 45], [480, 85]);
    expect(heard.edits).to.have.length(1);
  });

  it('dragging with Shift stops on the grid, a locked canvas only moves the view', () => {
    opened = openEditor(twoNodes());
    const { canvas, editor, heard } = opened;
    point(canvas, 'pointerdown', [120, 45]);
    point(canvas, 'pointermove', [135, 60], { shiftKey: true });
    point(canvas, 'pointerup', [135, 60], { shiftKey: true });
    expect(heard.edits).to.deep.equal([{ kind: 'move', positions: new Map([['1', [48, 72]]]) }]);
    editor.setOptions({ isLocked: true });
    const before = editor.pointAt([0, 0]);
    drag(canvas, [120, 45], [160, 45]);
    expect(heard.edits).to.have.length(1);
    expect(editor.pointAt([0, 0])[0]).to.equal(before[0] - 40);
  });

  it('a press in the minimap moves the view there', () => {
    opened = openEditor(twoNodes());
    const { canvas, editor, heard } = opened;
    editor.setOptions({ showsMinimap: true });
    click(canvas, [700, 520]);
    expect(heard.edits).to.deep.equal([]);
    expect(editor.pointAt([400, 300])[0]).to.be.closeTo(400, 200);
  });
});

describe('menus, many links and fingers', () => {
  let opened: ReturnType<typeof openEditor>;

  afterEach(() => {
    opened.close();
  });

  /** Waits for as many menus as have been opened by now; the code of the first one is loaded. */
  const menus = async (count: number): Promise<void> => {
    while (opened.heard.choices.length < count) await new Promise((done) => setTimeout(done, 10));
  };
  const menuAt = async (at: readonly [number, number]): Promise<void> => {
    const before = opened.heard.choices.length;
    opened.canvas.dispatchEvent(
      new MouseEvent('contextmenu', { clientX: at[0], clientY: at[1], cancelable: true }),
    );
    await menus(before + 1);
  };

  it('the menu of the selected nodes colours them all', async () => {
    opened = openEditor(twoNodes());
    const { editor, heard } = opened;
    editor.select(['1', '2']);
    await menuAt([120, 45]);
    heard.choices[0]?.onPick('color');
    const colours = heard.choices[1]?.items ?? [];
    expect(colours[0]?.isCurrent).to.equal(true);
    heard.choices[1]?.onPick(colours[1]?.value ?? '');
    heard.choices[1]?.onPick('none');
    const [coloured, plain] = heard.edits;
    expect(coloured).to.deep.include({ kind: 'color', ids: ['1', '2'] });
    expect(coloured?.kind === 'color' && coloured.color).to.match(/^#[0-9a-f]{6}$/);
    expect(plain).to.deep.equal({ kind: 'color', ids: ['1', '2'] });
  });

  it('a press on the mark half way along a link opens what can be done with it', async () => {
    opened = openEditor(twoNodes({ image: { link: ['1', 'IMAGE'] } }));
    const { canvas, heard } = opened;
    point(canvas, 'pointermove', [288, 77]);
    click(canvas, [288, 77]);
    await menus(1);
    const [menu] = heard.choices;
    expect(menu?.items.map(({ value }) => value)).to.deep.equal(['insert', 'point', 'disconnect']);
    menu?.onPick('insert');
    expect(heard.palettes[0]?.insert).to.deep.equal({ node: '2', name: 'image' });
    menu?.onPick('disconnect');
    expect(heard.edits).to.deep.equal([{ kind: 'disconnect', to: { node: '2', name: 'image' } }]);
  });

  it('the menu of a zone’s start ends what it carries; that of the canvas arranges the graph', async () => {
    const carried = carryValue(loop(), testRegistry, { node: '3', name: 'IMAGE' }, '1');
    if (!carried.document) throw new Error(carried.refused);
    opened = openEditor(carried.document);
    const { heard } = opened;
    await menuAt([140, 145]);
    const [name = ''] = Object.keys(carried.document.nodes['1']?.carried ?? {});
    heard.choices[0]?.onPick(`uncarry-${name}`);
    expect(heard.edits).to.deep.equal([{ kind: 'uncarry', start: '1', name }]);
    await menuAt([700, 560]);
    heard.choices[1]?.onPick('arrange');
    expect(heard.commands).to.deep.equal(['arrange']);
  });

  it('the menu of a value inside a subgraph shows it on the outer node, or takes it off', async () => {
    const made = makeSubgraph(twoNodes(), testRegistry, ['2'], 'Outer');
    if (!made.document) throw new Error(made.refused);
    const [key = ''] = Object.keys(made.document.subgraphs ?? {});
    const amount = { node: '2', name: 'amount' };
    const shown = showWidget(made.document, testRegistry, key, amount).document;
    if (!shown) throw new Error('The value was not shown.');
    const entries = async (document: GraphDocument) => {
      opened.editor.setDocument(innerDocument(document, [made.id]));
      for (let y = 66; y < 300; y += 8) {
        await menuAt([420, y]);
        const menu = opened.heard.choices.at(-1);
        const item = menu?.items.find(({ label }) => label.includes('“amount”'));
        if (menu && item) return { item, pick: menu.onPick.bind(menu) };
      }
      throw new Error('No menu speaks of the value.');
    };
    opened = openEditor(made.document);
    const { edits, commands } = opened.heard;
    const before = await entries(made.document);
    before.pick(before.item.value);
    before.pick('outer-values');
    const after = await entries(shown);
    after.pick(after.item.value);
    expect(commands).to.deep.equal(['outer-values']);
    expect(edits).to.deep.equal([
      { kind: 'show-widget', to: amount },
      { kind: 'hide-widget', id: boundaryIds.inputs, name: 'amount' },
    ]);
  });

  it('a drag with Space held moves the view, over nodes too', () => {
    opened = openEditor(twoNodes());
    const { canvas, editor, heard } = opened;
    const before = editor.pointAt([0, 0]);
    canvas.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', cancelable: true }));
    drag(canvas, [120, 45], [180, 75]);
    expect(editor.pointAt([0, 0])).to.deep.equal([before[0] - 60, before[1] - 30]);
    canvas.dispatchEvent(new KeyboardEvent('keyup', { key: ' ' }));
    drag(canvas, [180, 75], [200, 75]);
    expect(heard.edits.map(({ kind }) => kind)).to.deep.equal(['move']);
  });

  it('a drag with Shift takes all links of an output along, from near and from afar', () => {
    const base = twoNodes({ image: { link: ['1', 'IMAGE'] } });
    const { '1': first, '2': second } = base.nodes;
    if (!first || !second) throw new Error('The fixture has two nodes.');
    opened = openEditor({
      ...base,
      nodes: { ...base.nodes, '3': second, '4': first },
      layout: {
        ...base.layout,
        nodes: { ...base.layout.nodes, '3': { pos: [360, 360] }, '4': { pos: [40, 360] } },
      },
    });
    const { canvas, editor, heard } = opened;
    const moved = {
      kind: 'connect',
      from: { node: '4', name: 'IMAGE' },
      to: { node: '2', name: 'image' },
      also: [{ node: '3', name: 'image' }],
    };
    drag(canvas, [216, 77], [216, 377], { shiftKey: true });
    expect(heard.edits).to.deep.equal([moved]);
    editor.setView({ scale: 0.4, offset: [0, 0] });
    // Nine pixels beside the sockets.
    drag(canvas, [216 * 0.4 + 9, 77 * 0.4], [216 * 0.4 + 9, 377 * 0.4], { shiftKey: true });
    expect(heard.edits).to.deep.equal([moved, moved]);
  });

  it('one finger moves the view or a node, and a long press opens the menu', async () => {
    opened = openEditor(twoNodes());
    const { canvas, editor, heard } = opened;
    const touch = { pointerType: 'touch' };
    const before = editor.pointAt([0, 0]);
    drag(canvas, [300, 500], [340, 470], touch);
    expect(editor.pointAt([0, 0])).to.deep.equal([before[0] - 40, before[1] + 30]);
    drag(canvas, [160, 15], [200, 15], touch);
    expect(heard.edits.map(({ kind }) => kind)).to.deep.equal(['move']);
    point(canvas, 'pointerdown', [190, 15], touch);
    await new Promise((done) => setTimeout(done, 600));
    point(canvas, 'pointerup', [190, 15], touch);
    await menus(1);
    expect(heard.choices.map(({ label }) => label)).to.deep.equal(['Source']);
    expect(heard.edits).to.have.length(1);
  });

  it('a view that is moved shows the same pixels as one that is drawn anew', async () => {
    const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));
    opened = openEditor(framed());
    const { canvas, editor } = opened;
    const pixels = (): Uint8ClampedArray | undefined =>
      canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    editor.setOptions({ showsMinimap: true });
    await frame();
    drag(canvas, [300, 500], [363, 450]);
    await frame();
    const shifted = pixels();
    editor.refreshTheme();
    await frame();
    const anew = pixels();
    expect(anew?.length).to.be.greaterThan(0);
    const differing = anew?.filter((value, i) => Math.abs(value - (shifted?.[i] ?? 0)) > 12);
    expect(differing?.length).to.equal(0);
  });
});
