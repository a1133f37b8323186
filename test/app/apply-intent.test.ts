import { expect } from '@open-wc/testing';
import { applyIntent, type LevelIntent } from '../../src/app/apply-intent.js';
import { testRegistry, twoNodes } from '../support/editor-fixture.js';

const linked = { image: { link: ['1', 'IMAGE'] as const } };

describe('a gesture on the document', () => {
  const apply = (document: ReturnType<typeof twoNodes>, intent: LevelIntent) =>
    applyIntent(document, testRegistry, intent);

  it('links, and unlinks where a link was taken from', () => {
    const from = { node: '1', name: 'count' };
    const amount = { node: '2', name: 'amount' };
    const made = apply(twoNodes(), { kind: 'connect', from, to: amount });
    expect(made.document.nodes['2']?.inputs['amount']).to.deep.equal({ link: ['1', 'count'] });
    const freed = apply(made.document, { kind: 'disconnect', to: amount });
    expect(freed.document.nodes['2']?.inputs['amount']).to.equal(5);
  });

  it('is refused in words when types do not fit, and changes nothing', () => {
    const document = twoNodes();
    const result = apply(document, {
      kind: 'connect',
      from: { node: '1', name: 'IMAGE' },
      to: { node: '2', name: 'latent' },
    });
    expect(result.document).to.equal(document);
    expect(result.refused).to.include('LATENT');
  });

  it('adds a node, linked to where the link was dragged from', () => {
    const link = { side: 'output', end: { node: '1', name: 'IMAGE' } } as const;
    const result = apply(twoNodes(), { kind: 'add', type: 'Filter', pos: [0, 0], link });
    expect(result.added).to.deep.equal(['3']);
    expect(result.document.nodes['3']?.inputs['image']).to.deep.equal({ link: ['1', 'IMAGE'] });
    const back = { side: 'input', end: { node: '2', name: 'image' } } as const;
    const fed = apply(twoNodes(), { kind: 'add', type: 'Source', pos: [0, 0], link: back });
    expect(fed.document.nodes['2']?.inputs['image']).to.deep.equal({ link: ['3', 'IMAGE'] });
  });

  it('adds a node with values of its own', () => {
    const values = { amount: 7 };
    const result = apply(twoNodes(), { kind: 'add', type: 'Filter', pos: [1, 2], values });
    expect(result.document.nodes['3']?.inputs['amount']).to.equal(7);
    expect(result.document.layout.nodes['3']?.pos).to.deep.equal([1, 2]);
  });

  it('deletes nodes with their links, and copies them with theirs', () => {
    const gone = apply(twoNodes(linked), { kind: 'delete', ids: ['1'] });
    expect(gone.document.nodes['2']?.inputs['image']).to.equal(undefined);
    const copied = apply(twoNodes(linked), { kind: 'clone', ids: ['2'], offset: [10, 0] });
    expect(copied.added).to.deep.equal(['3']);
    expect(copied.document.nodes['3']?.inputs['image']).to.deep.equal({ link: ['1', 'IMAGE'] });
    expect(copied.document.layout.nodes['3']?.pos).to.deep.equal([370, 60]);
  });

  it('mutes, bypasses and folds, and takes it back when done twice', () => {
    const muted = apply(twoNodes(), { kind: 'mode', ids: ['1'], mode: 'mute' });
    expect(muted.document.nodes['1']?.mode).to.equal('mute');
    const again = apply(muted.document, { kind: 'mode', ids: ['1'], mode: 'mute' });
    expect(again.document.nodes['1']?.mode).to.equal(undefined);
    const folded = apply(twoNodes(), { kind: 'collapse', ids: ['1', '2'] });
    expect(folded.document.layout.nodes['2']?.collapsed).to.equal(true);
    const open = apply(folded.document, { kind: 'collapse', ids: ['1', '2'] });
    expect(open.document.layout.nodes['2']?.collapsed).to.equal(undefined);
  });

  it('moving and resizing never touch the meaning', () => {
    const document = twoNodes();
    const moved = apply(document, { kind: 'move', positions: new Map([['1', [7, 8]]]) });
    const sized = apply(moved.document, { kind: 'resize', id: '1', size: [300, 200] });
    expect(sized.document.nodes).to.equal(document.nodes);
    expect(sized.document.layout.nodes['1']).to.deep.equal({ pos: [7, 8], size: [300, 200] });
  });

  it('sets a widget, a preset and a title', () => {
    const set = apply(twoNodes(), { kind: 'set', id: '2', values: { amount: 9 } });
    expect(set.document.nodes['2']?.inputs['amount']).to.equal(9);
    const preset = apply(twoNodes(), { kind: 'preset', preset: 'strong' });
    expect(preset.document.nodes['2']?.inputs).to.include({ amount: 90, isSharp: true });
    const named = apply(twoNodes(), { kind: 'rename', id: '2', title: ' Mine ' });
    expect(named.document.nodes['2']?.title).to.equal('Mine');
  });
});
