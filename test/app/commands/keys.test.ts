import { expect } from '@open-wc/testing';
import { commands } from '../../../src/app/commands/index.js';
import { commandForKey } from '../../../src/app/commands/keys.js';

const key = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent('keydown', init);

describe('keys', () => {
  it('do what ComfyUI users expect', () => {
    expect(commandForKey(key({ key: 'Enter', ctrlKey: true }), false)).to.equal('run');
    expect(
      commandForKey(key({ key: 'Enter', code: 'Enter', ctrlKey: true, altKey: true }), false),
    ).to.equal('cancel');
    expect(commandForKey(key({ key: 'Z', ctrlKey: true, shiftKey: true }), false)).to.equal('redo');
    expect(commandForKey(key({ key: 'z', metaKey: true }), false)).to.equal('undo');
    expect(commandForKey(key({ key: 'b', ctrlKey: true }), false)).to.equal('bypass');
    expect(commandForKey(key({ key: 'ç', code: 'KeyC', altKey: true }), false)).to.equal(
      'collapse',
    );
    expect(commandForKey(key({ key: 'A', shiftKey: true }), false)).to.equal('add');
    expect(commandForKey(key({ key: '?', shiftKey: true }), false)).to.equal('help');
    expect(commandForKey(key({ key: '.' }), false)).to.equal('fit');
  });

  it('leave typing alone, except what cannot be typed', () => {
    expect(commandForKey(key({ key: 'Backspace' }), true)).to.equal(undefined);
    expect(commandForKey(key({ key: '.' }), true)).to.equal(undefined);
    expect(commandForKey(key({ key: 'z', ctrlKey: true }), true)).to.equal(undefined);
    expect(commandForKey(key({ key: 'Enter', ctrlKey: true }), true)).to.equal('run');
  });

  it('mean one thing each', () => {
    const keys = commands.flatMap((command) => [...command.keys]);
    expect(new Set(keys).size).to.equal(keys.length);
  });
});

describe('keys that the user changed', () => {
  it('hold in place of the command’s own', () => {
    const settings = { keys: { fit: ['Ctrl+Alt+F'], run: [] }, hasLetterKeys: true };
    const wish = key({ key: 'f', code: 'KeyF', ctrlKey: true, altKey: true });
    expect(commandForKey(wish, false, settings)).to.equal('fit');
    expect(commandForKey(key({ key: '.' }), false, settings)).to.equal(undefined);
    expect(commandForKey(key({ key: 'Enter', ctrlKey: true }), false, settings)).to.equal(
      undefined,
    );
  });

  it('are no single characters when those are turned off', () => {
    const settings = { keys: {}, hasLetterKeys: false };
    for (const typed of [{ key: '.' }, { key: 't' }, { key: 'A', shiftKey: true }]) {
      expect(commandForKey(key(typed), false, settings)).to.equal(undefined);
    }
    expect(commandForKey(key({ key: 'k', ctrlKey: true }), false, settings)).to.equal('commands');
    expect(commandForKey(key({ key: 'Delete' }), false, settings)).to.equal('delete');
  });
});
