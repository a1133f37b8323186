import { expect } from '@open-wc/testing';
import { del, get, set } from 'idb-keyval';
import { AppError } from '../../src/core/errors.js';
import { database } from '../../src/storage/database.js';
import { addVersion, listVersions, type VersionEntry } from '../../src/storage/graph-versions.js';
import { listGraphs, loadGraph } from '../../src/storage/graphs.js';
import { deletePicture, getPicture, listPictures, putPicture } from '../../src/storage/pictures.js';
import { loadSettings, saveSettings } from '../../src/storage/settings.js';
import { deleteUnreadable, findUnreadable } from '../../src/storage/unreadable-records.js';

describe('records of storage that this version cannot read', () => {
  it('of a graph’s list line leave what is known of the graph, and its text', async () => {
    const record = { title: { en: 'x' }, savedAt: 5, sketch: 'none' };
    await set('later', record, database('graph-list'));
    await set('later', '{"format":"crossweave-graph"}', database('graphs'));
    await set('nothing', null, database('graph-list'));
    const listed = (await listGraphs()).find(({ id }) => id === 'later');
    expect([listed?.title, listed?.savedAt, listed?.sketch.boxes]).to.deep.equal(['', 5, []]);
    expect((await loadGraph('later'))?.text).to.equal('{"format":"crossweave-graph"}');
    expect(await get('later', database('graph-list'))).to.deep.equal(record);
    await del('later', database('graph-list'));
    await del('nothing', database('graph-list'));
  });

  it('among versions are left out of the list and stay in it', async () => {
    const graph = crypto.randomUUID();
    const later = { id: 'x', savedAt: 'tomorrow' };
    await set(graph, [later], database('version-lists'));
    const entry: VersionEntry = {
      id: 'y',
      savedAt: 1,
      step: 'Move 1 node',
      nodeCount: 1,
      isKept: false,
      sketch: { width: 1, height: 1, boxes: [] },
    };
    await addVersion(graph, entry, 'text');
    expect(await listVersions(graph)).to.deep.equal([entry]);
    expect(await get(graph, database('version-lists'))).to.deep.equal([entry, later]);
  });

  it('among pictures are told by name, and no other picture takes their place', async () => {
    await set('later.png', { parts: ['a', 'b'] }, database('pictures'));
    const error: unknown = await getPicture('later.png').catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(AppError);
    expect((error as AppError).details).to.include({
      code: 'picture/unreadable',
      name: 'later.png',
    });
    expect((await listPictures()).map(({ name }) => name)).not.to.include('later.png');
    expect(await putPicture('later.png', new Uint8Array([1]), 'image/png')).to.equal('later-2.png');
    expect(await get('later.png', database('pictures'))).to.deep.equal({ parts: ['a', 'b'] });
    const found = (await findUnreadable()).find(({ kind }) => kind === 'pictures');
    expect(found?.names).to.deep.equal(['later.png']);
    expect(JSON.parse(found?.text ?? '')).to.deep.equal({
      pictures: [{ name: 'later.png', record: { parts: ['a', 'b'] } }],
    });
    if (found) await deleteUnreadable(found);
    expect((await findUnreadable()).map(({ kind }) => kind)).not.to.include('pictures');
    const left = (await listPictures()).map(({ name }) => name);
    expect(left).to.include('later-2.png').and.not.to.include('later.png');
    await deletePicture('later-2.png');
  });

  it('are told of pictures whose bytes are gone, even under the name of one that is shown', async () => {
    await putPicture('gone.png', new Uint8Array([4, 5]), 'image/png');
    const record = await get<{ hash: string }>('gone.png', database('pictures'));
    const shown = new Set(['gone.png']);
    const pictures = async () =>
      (await findUnreadable(shown)).find(({ kind }) => kind === 'pictures');
    expect((await pictures())?.names ?? []).not.to.include('gone.png');
    await del(record?.hash ?? '', database('picture-bytes'));
    expect((await pictures())?.names).to.include('gone.png');
    await deletePicture('gone.png');
  });

  it('in place of the settings are kept aside when settings are stored, until they are deleted', async () => {
    await set('settings', 'damaged', database('settings'));
    await saveSettings({ ...(await loadSettings()), theme: 'light' });
    expect((await loadSettings()).theme).to.equal('light');
    const found = (await findUnreadable()).find(({ kind }) => kind === 'settings');
    expect(found?.text).to.include('"aside": "damaged"');
    if (found) await deleteUnreadable(found);
    expect((await findUnreadable()).map(({ kind }) => kind)).not.to.include('settings');
    expect((await loadSettings()).theme).to.equal('light');
    await del('settings', database('settings'));
  });

  it('for one setting are told by its name, and deleted alone', async () => {
    const later = { theme: 'sepia', isLive: true, ofLater: 1 };
    await set('settings', later, database('settings'));
    const [found] = await findUnreadable();
    expect(found?.names).to.deep.equal(['theme']);
    if (found) await deleteUnreadable(found);
    const stored = await get<unknown>('settings', database('settings'));
    expect(stored).to.deep.equal({ isLive: true, ofLater: 1 });
    await del('settings', database('settings'));
  });
});
