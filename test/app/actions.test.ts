import { expect } from '@open-wc/testing';
import { actionForKey, actions } from '../../src/app/actions.js';

const key = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent('keydown', init);

describe('keys', () => {
  it('do what ComfyUI users expect', () => {
    expect(actionForKey(key({ key: 'Enter', ctrlKey: true }), false)).to.equal('run');
    expect(
      actionForKey(key({ key: 'Enter', code: 'Enter', ctrlKey: true, altKey: true }), false),
    ).to.equal('cancel');
    expect(actionForKey(key({ key: 'Z', ctrlKey: true, shiftKey: true }), false)).to.equal('redo');
    expect(actionForKey(key({ key: 'z', metaKey: true }), false)).to.equal('undo');
    expect(actionForKey(key({ key: 'b', ctrlKey: true }), false)).to.equal('bypass');
    expect(actionForKey(key({ key: 'ç', code: 'KeyC', altKey: true }), false)).to.equal('collapse');
    expect(actionForKey(key({ key: 'A', shiftKey: true }), false)).to.equal('add');
    expect(actionForKey(key({ key: '?', shiftKey: true }), false)).to.equal('help');
    expect(actionForKey(key({ key: '.' }), false)).to.equal('fit');
  });

  it('leave typing alone, except what cannot be typed', () => {
    expect(actionForKey(key({ key: 'Backspace' }), true)).to.equal(undefined);
    expect(actionForKey(key({ key: '.' }), true)).to.equal(undefined);
    expect(actionForKey(key({ key: 'z', ctrlKey: true }), true)).to.equal(undefined);
    expect(actionForKey(key({ key: 'Enter', ctrlKey: true }), true)).to.equal('run');
  });

  it('mean one thing each', () => {
    const keys = actions.flatMap((action) => [...action.keys]);
    expect(new Set(keys).size).to.equal(keys.length);
  });
});
