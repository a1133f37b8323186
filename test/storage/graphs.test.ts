import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { del, get, set } from 'idb-keyval';
import { database, guarded } from '../../src/storage/database.js';
import {
  deleteGraph,
  freshGraphId,
  listGraphs,
  loadGraph,
  loadOpenGraphs,
  saveGraph,
  saveOpenGraphs,
  type GraphEntry,
} from '../../src/storage/graphs.js';
import { defaultSettings, loadSettings, saveSettings } from '../../src/storage/settings.js';

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return undefined;
}

const entry: GraphEntry = {
  id: freshGraphId(),
  title: 'A graph',
  createdAt: 1,
  savedAt: 2,
  nodeCount: 3,
  isChanged: false,
  sketch: { width: 1, height: 1, boxes: [[0, 0, 1, 1]] },
};

describe('a stored graph', () => {
  it('comes back with what lists show of it, and is gone when it is deleted', async () => {
    await saveGraph({ entry, text: '{"format":"crossweave-graph"}' });
    expect(await loadGraph(entry.id)).to.deep.equal({
      entry,
      text: '{"format":"crossweave-graph"}',
    });
    expect(await listGraphs()).to.deep.include(entry);
    await deleteGraph(entry.id);
    expect(await loadGraph(entry.id)).to.equal(undefined);
  });

  it('of earlier versions, which kept only one, becomes the first of many', async () => {
    sessionStorage.clear();
    await set('current', { text: 'an old text', savedAt: 7 }, database('graphs'));
    const open = await loadOpenGraphs();
    const old = await loadGraph(open?.shown ?? '');
    expect(old?.text).to.equal('an old text');
    expect(old?.entry.savedAt).to.equal(7);
    expect(await get('current', database('graphs'))).to.equal(undefined);
  });

  it('is open again in the window that had it open', async () => {
    await saveOpenGraphs({ ids: ['a', 'b'], shown: 'b' });
    expect(await loadOpenGraphs()).to.deep.equal({ ids: ['a', 'b'], shown: 'b' });
    sessionStorage.clear();
    expect(await loadOpenGraphs()).to.deep.equal({ ids: ['a', 'b'], shown: 'b' });
  });

  it('is opened as on a first start when the note of what was open is damaged', async () => {
    sessionStorage.setItem('crossweave-open', '{');
    await set('crossweave-open', { ids: 4 }, database('settings'));
    expect(await loadOpenGraphs()).to.equal(undefined);
    sessionStorage.clear();
    await del('crossweave-open', database('settings'));
  });
});

describe('the stored settings', () => {
  it('come back', async () => {
    const settings = { ...defaultSettings, theme: 'light', isPanelOpen: false } as const;
    await saveSettings(settings);
    expect(await loadSettings()).to.deep.equal(settings);
  });

  it('that this version cannot read leave the default, and stay stored until something else is chosen', async () => {
    const later = { theme: 'sepia', keys: { undo: 7 }, isLive: 'often', zoom: 3, motion: 'full' };
    await set('settings', later, database('settings'));
    const settings = await loadSettings();
    expect(settings).to.deep.equal({ ...defaultSettings, motion: 'full' });
    await saveSettings({ ...settings, isLive: true });
    const stored = await get<object>('settings', database('settings'));
    expect(stored).to.deep.include({ ...later, isLive: true });
    await set('settings', 'damaged', database('settings'));
    expect(await loadSettings()).to.deep.equal(defaultSettings);
    await set('settings', {}, database('settings'));
  });
});

describe('a refused write', () => {
  it('says that the quota is used up', async () => {
    const full = new DOMException('no room left', 'QuotaExceededError');
    const error = await failureOf(guarded(() => Promise.reject(full)));
    expect(error).to.be.instanceOf(AppError);
    expect((error as AppError).details).to.deep.equal({
      code: 'storage/quota',
      reason: 'no room left',
    });
  });

  it('keeps the reason of any other failure', async () => {
    const error = await failureOf(guarded(() => Promise.reject(new Error('denied'))));
    expect((error as AppError).details).to.deep.equal({ code: 'storage/failed', reason: 'denied' });
  });
});
