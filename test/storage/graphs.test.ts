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
import {
  findUnfinished,
  forgetUnfinished,
  keepUnfinished,
  unfinishedParts,
} from '../../src/storage/unfinished-runs.js';
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

describe('storage that the browser clears under the page', () => {
  /** Ends the page's connection and deletes the database, as a browser does that needs the room. */
  async function evict(name: 'graphs' | 'unfinished-parts'): Promise<void> {
    const connection = await database(name)('readonly', (store) => store.transaction.db);
    connection.close();
    await new Promise((resolve, reject) => {
      const deletion = indexedDB.deleteDatabase(connection.name);
      deletion.onsuccess = resolve;
      deletion.onerror = reject;
    });
  }

  it('has no graph any more, keeps what it is given next, and what lies in other databases', async () => {
    await saveGraph({ entry, text: '{}' });
    await saveSettings({ ...defaultSettings, isLive: true });
    await evict('graphs');
    expect(await loadGraph(entry.id)).to.equal(undefined);
    await saveGraph({ entry, text: '{"kept":1}' });
    expect((await loadGraph(entry.id))?.text).to.equal('{"kept":1}');
    expect((await loadSettings()).isLive).to.equal(true);
    await deleteGraph(entry.id);
  });

  it('has no results of a run under way any more, and takes the next ones', async () => {
    const run = { graphId: 'g', document: {}, startedAt: 1, savedAt: 2, release: '1' };
    const parts = { results: [['a', 1] as const], events: [['0', 'began'] as const], gone: [] };
    await keepUnfinished(run, parts);
    await evict('unfinished-parts');
    expect(await unfinishedParts('g', 'result')).to.deep.equal([]);
    await keepUnfinished(run, { ...parts, results: [['b', 2]], gone: ['a'] });
    expect(await unfinishedParts('g', 'result')).to.deep.equal([2]);
    expect(await findUnfinished('g')).to.deep.equal(run);
    await forgetUnfinished('g');
    expect(await unfinishedParts('g', 'event')).to.deep.equal([]);
    expect(await findUnfinished('g')).to.equal(undefined);
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
