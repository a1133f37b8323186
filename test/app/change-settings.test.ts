import { expect } from '@open-wc/testing';
import { initialState } from '../../src/app/app-state.js';
import { changeSettings, takeSettings } from '../../src/app/change-settings.js';
import { createStore } from '../../src/app/store.js';
import { defaultSettings, loadSettings, saveSettings } from '../../src/storage/settings.js';

describe('settings', () => {
  beforeEach(() => saveSettings(defaultSettings));

  it('that are changed before the stored ones are read neither get lost nor overwrite them', async () => {
    await saveSettings({ ...defaultSettings, theme: 'light' });
    const store = createStore(initialState());
    await changeSettings(store, { isTimelineOpen: true });
    expect(store.get().settings.isTimelineOpen).to.equal(true);
    await takeSettings(store, await loadSettings());
    expect(store.get().settings).to.include({ theme: 'light', isTimelineOpen: true });
    expect(await loadSettings()).to.include({ theme: 'light', isTimelineOpen: true });
  });

  it('that are changed later are kept at once', async () => {
    const store = createStore(initialState());
    await takeSettings(store, await loadSettings());
    await changeSettings(store, { theme: 'dark' });
    expect(await loadSettings()).to.include({ theme: 'dark' });
  });
});
