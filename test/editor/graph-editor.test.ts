import { expect, nextFrame } from '@open-wc/testing';
import { click, drag, openEditor, point, twoNodes } from '../support/editor-fixture.js';

type Opened = ReturnType<typeof openEditor>;

/** Where things lie at scale 1: the Source's outputs, the Filter's inputs and widgets (after its preset row). */
const at = {
  sourceTitle: [120, 45],
  imageOut: [216, 77],
  countOut: [216, 99],
  imageIn: [360, 77],
  latentIn: [360, 99],
  amount: [440, 154],
  isSharp: [440, 182],
  kind: [440, 210],
  nothing: [300, 500],
} as const;

describe('gestures on the canvas', () => {
  let opened: Opened;
  const open = (...args: Parameters<typeof twoNodes>): Opened =>
    (opened = openEditor(twoNodes(...args)));

  afterEach(() => {
    opened.close();
  });

  it('moving a node is one edit, made when it is let go', () => {
    const { canvas, heard } = open();
    point(canvas, 'pointerdown', at.sourceTitle);
    point(canvas, 'pointermove', [170, 65]);
    expect(heard.edits).to.deep.equal([]);
    point(canvas, 'pointerup', [170, 65]);
    expect(heard.edits).to.deep.equal([{ kind: 'move', positions: new Map([['1', [90, 80]]]) }]);
  });

  it('shows the whole graph in a canvas of any size, until the user looks elsewhere', async () => {
    const { canvas, editor, heard } = open();
    const resize = async (width: string) => {
      canvas.style.width = width;
      // Sizes are told between the frames.
      await nextFrame();
      await nextFrame();
      return editor.pointAt([100, 0])[0];
    };
    editor.fit();
    const wide = editor.pointAt([100, 0])[0];
    expect(await resize('300px')).not.to.be.closeTo(wide, 1);
    expect(await resize('800px')).to.be.closeTo(wide, 1e-3);
    editor.zoom(0.5);
    expect(heard.views).to.deep.equal([false, true]);
  });

  it('a cancelled drag leaves nothing behind', () => {
    const { canvas, heard } = open();
    point(canvas, 'pointerdown', at.sourceTitle);
    point(canvas, 'pointermove', [200, 90]);
    point(canvas, 'pointercancel', [200, 90]);
    expect(heard.edits).to.deep.equal([]);
  });

  it('a drag with Alt asks for copies', () => {
    const { canvas, heard } = open();
    drag(canvas, at.sourceTitle, [150, 75], { altKey: true });
    expect(heard.edits).to.deep.equal([{ kind: 'clone', ids: ['1'], offset: [30, 30] }]);
  });

  it('dragging from an output to a fitting input links them', () => {
    const { canvas, heard } = open();
    drag(canvas, at.imageOut, at.imageIn);
    expect(heard.edits).to.deep.equal([
      {
        kind: 'connect',
        from: { node: '1', name: 'IMAGE' },
        to: { node: '2', name: 'image' },
      },
    ]);
  });

  it('a link let go anywhere over a node goes to the socket that fits', () => {
    const { canvas, heard } = open();
    drag(canvas, at.imageOut, [430, 45]);
    expect(heard.edits).to.have.length(1);
    expect(heard.edits[0]).to.deep.include({ to: { node: '2', name: 'image' } });
  });

  it('a link let go on a widget makes it an input', () => {
    const { canvas, heard } = open();
    drag(canvas, at.countOut, at.amount);
    expect(heard.edits[0]).to.deep.include({
      kind: 'connect',
      from: { node: '1', name: 'count' },
      to: { node: '2', name: 'amount' },
    });
  });

  it('a link that fits nowhere is refused once: beside the pointer, and spoken', () => {
    const { canvas, heard } = open();
    drag(canvas, at.latentIn, at.sourceTitle);
    expect(heard.edits).to.deep.equal([]);
    expect(heard.spoken.join()).to.include('LATENT');
    expect(heard.said).to.deep.equal([]);
  });

  it('taking a link off an input and dropping it on nothing removes it', () => {
    const { canvas, heard } = open({ image: { link: ['1', 'IMAGE'] } });
    drag(canvas, at.imageIn, at.nothing);
    expect(heard.edits).to.deep.equal([{ kind: 'disconnect', to: { node: '2', name: 'image' } }]);
  });

  it('a new link dropped on nothing asks for a node that fits', () => {
    const { canvas, heard } = open();
    drag(canvas, at.imageOut, at.nothing);
    expect(heard.edits).to.deep.equal([]);
    expect(heard.palettes[0]?.link).to.deep.equal({
      side: 'output',
      end: { node: '1', name: 'IMAGE' },
      type: 'IMAGE',
    });
  });

  it('dragging a number changes it within its range, as one edit', () => {
    const { canvas, heard } = open();
    drag(canvas, at.amount, [640, 154]);
    expect(heard.edits).to.have.length(1);
    const [edit] = heard.edits;
    expect(edit?.kind === 'set' && edit.values['amount']).to.equal(100);
  });

  it('a click on a number opens a field that works out sums', () => {
    const { canvas, overlay, heard } = open();
    click(canvas, at.amount);
    const field = overlay.querySelector('input');
    expect(field?.getAttribute('aria-label')).to.equal('Filter: amount');
    if (!field) return;
    field.value = '100*0.68';
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(heard.edits).to.deep.equal([{ kind: 'set', id: '2', values: { amount: 68 } }]);
    expect(overlay.childElementCount).to.equal(0);
  });

  it('Escape leaves a field without an edit, and words in a number are refused', () => {
    const { canvas, overlay, heard } = open();
    click(canvas, at.amount);
    overlay.querySelector('input')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(overlay.childElementCount).to.equal(0);
    click(canvas, [441, 155]);
    const field = overlay.querySelector('input');
    if (field) field.value = 'much';
    field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(heard.edits).to.deep.equal([]);
    expect(heard.said.join()).to.include('much');
  });

  it('a click turns a toggle, and opens the list of a choice', () => {
    const { canvas, heard } = open();
    click(canvas, at.isSharp);
    expect(heard.edits).to.deep.equal([{ kind: 'set', id: '2', values: { isSharp: true } }]);
    click(canvas, at.kind);
    expect(heard.choices[0]?.items.map(({ value }) => value)).to.deep.equal(['soft', 'hard']);
    heard.choices[0]?.onPick('hard');
    expect(heard.edits[1]).to.deep.equal({ kind: 'set', id: '2', values: { kind: 'hard' } });
  });

  it('the preset row applies a preset to its node or to all', () => {
    const { canvas, heard } = open();
    click(canvas, [440, 126]);
    const [menu] = heard.choices;
    menu?.onPick('strong');
    menu?.onPick('strong, on every node');
    expect(heard.edits).to.deep.equal([
      { kind: 'preset', preset: 'strong', ids: ['2'] },
      { kind: 'preset', preset: 'strong' },
    ]);
  });

  it('the mark in the title folds the node, the corner resizes it', () => {
    const { canvas, heard } = open();
    click(canvas, [372, 45]);
    expect(heard.edits).to.deep.equal([{ kind: 'collapse', ids: ['2'] }]);
    drag(canvas, [214, 112], [254, 152]);
    expect(heard.edits[1]).to.deep.include({ kind: 'resize', id: '1' });
  });

  it('Ctrl and a drag select what the rectangle touches', () => {
    const { canvas, editor } = open();
    drag(canvas, [10, 20], [500, 200], { ctrlKey: true });
    expect([...editor.selection]).to.have.members(['1', '2']);
    click(canvas, at.nothing);
    expect(editor.selection.size).to.equal(0);
  });

  it('a double click on nothing opens the palette there', () => {
    const { canvas, heard } = open();
    click(canvas, at.nothing);
    click(canvas, at.nothing);
    expect(heard.palettes[0]?.pos).to.deep.equal([...at.nothing]);
  });

  it('the wheel zooms around the pointer', () => {
    const { canvas, editor } = open();
    const before = editor.pointAt([300, 200]);
    canvas.dispatchEvent(
      new WheelEvent('wheel', { deltaY: -200, clientX: 300, clientY: 200, cancelable: true }),
    );
    const [x, y] = editor.pointAt([300, 200]);
    expect(x).to.be.closeTo(before[0], 0.01);
    expect(y).to.be.closeTo(before[1], 0.01);
    expect(editor.pointAt([400, 200])[0] - x).to.be.lessThan(90);
  });

  it('two fingers zoom and pan without an edit', () => {
    const { canvas, editor, heard } = open();
    const touch = { pointerType: 'touch' };
    point(canvas, 'pointerdown', [200, 300], { ...touch, pointerId: 5 });
    point(canvas, 'pointerdown', [400, 300], { ...touch, pointerId: 6, isPrimary: false });
    point(canvas, 'pointermove', [100, 300], { ...touch, pointerId: 5 });
    point(canvas, 'pointermove', [500, 300], { ...touch, pointerId: 6, isPrimary: false });
    point(canvas, 'pointerup', [100, 300], { ...touch, pointerId: 5 });
    point(canvas, 'pointerup', [500, 300], { ...touch, pointerId: 6, isPrimary: false });
    const width = editor.pointAt([500, 300])[0] - editor.pointAt([100, 300])[0];
    expect(width).to.be.closeTo(200, 1);
    expect(heard.edits).to.deep.equal([]);
  });

  it('draws a graph whose node type is unknown', () => {
    const { editor } = open();
    const base = twoNodes({ image: { link: ['7', 'OUT'] } });
    const lost = { type: 'Lost', version: 1, inputs: { from: { link: ['1', 'IMAGE'] as const } } };
    editor.setDocument({ ...base, nodes: { ...base.nodes, '7': lost } });
    editor.select(['7']);
    expect([...editor.selection]).to.deep.equal(['7']);
  });
});
