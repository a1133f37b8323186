import { expect } from '@open-wc/testing';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { click, drag, openEditor, point, twoNodes } from '../support/editor-fixture.js';

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
