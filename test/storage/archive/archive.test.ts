import { expect } from '@open-wc/testing';
import { del, get, set } from 'idb-keyval';
import { AppError } from '../../../src/core/errors.js';
import {
  noRecords,
  readRecords,
  type ArchivedRecords,
} from '../../../src/storage/archive/archived-records.js';
import { mergeArchive } from '../../../src/storage/archive/merge-archive.js';
import { readArchive } from '../../../src/storage/archive/read-archive.js';
import { writeArchive } from '../../../src/storage/archive/write-archive.js';
import { database } from '../../../src/storage/database.js';
import { addVersion, listVersions, loadVersion } from '../../../src/storage/graph-versions.js';
import { listGraphs, loadGraph, saveGraph } from '../../../src/storage/graphs.js';
import { getPicture, hashBytes, putPicture } from '../../../src/storage/pictures.js';

const sketch = { width: 1, height: 1, boxes: [] };
const madeAt = new Date('2026-01-02T03:04:06Z');
const copyOf = (title: string): string => `${title} (copy)`;

function graphText(picture: string): string {
  const inputs = { image: picture, strength: 1 };
  const node = { type: 'LoadImage', version: 1, inputs };
  const inner = { title: 'Inner', inputs: {}, outputs: {}, nodes: { 2: node } };
  const document = { format: 'crossweave-graph', version: 1, title: 'Deer', nodes: { 1: node } };
  return JSON.stringify({ ...document, note: 'x'.repeat(500), subgraphs: { a: inner } });
}

async function archiveOf(id: string): Promise<ArchivedRecords> {
  const bytes = Uint8Array.from([1, 2, 3]);
  const hash = await hashBytes(bytes);
  const text = graphText('deer.png');
  const entry = { id, title: 'Deer', createdAt: 1, savedAt: 2, nodeCount: 1, isChanged: true };
  const version = { id: 'v1', savedAt: 1, step: 'Add', nodeCount: 1, isKept: false, sketch };
  const file = new Blob([Uint8Array.from([9, 8])], { type: 'image/png' });
  return {
    ...noRecords,
    graphs: [[id, text]],
    'graph-list': [[id, { ...entry, sketch }]],
    'graph-versions': [[`${id}/v1`, 'v'.repeat(900)]],
    'version-lists': [[id, [{ ...version, picture: 'p1' }]]],
    'version-pictures': [[`${id}/p1`, new Blob(['small'])]],
    pictures: [['deer.png', { type: 'image/png', hash, byteLength: 3, addedAt: 5 }]],
    'picture-bytes': [[hash, bytes]],
    'published-subgraphs': [['Swap', 'text of it']],
    schedules: [['Mine', 'always']],
    settings: [['settings', { theme: 'dark', later: { deep: [1, null, true] } }]],
    journal: [[77, { id: 77, pictures: [{ label: 'out', file }], graph: text }]],
  };
}

describe('an archive of everything', () => {
  it('brings back every record as it was, those of other versions included', async () => {
    const records = await archiveOf('a');
    const zip = await writeArchive(records, '0.0.0', madeAt);
    expect(zip.type).to.equal('application/zip');
    const { records: read, damaged } = await readArchive(zip);
    expect(damaged).to.deep.equal([]);
    const blobs = { journal: [], 'version-pictures': [] };
    expect({ ...read, ...blobs }).to.deep.equal({ ...records, ...blobs });
    expect(await (read['version-pictures'][0]?.[1] as Blob).text()).to.equal('small');
    const run = read.journal[0]?.[1] as { graph: string; pictures: { file: Blob }[] };
    expect(run.graph).to.equal(graphText('deer.png'));
    const kept = run.pictures[0]?.file;
    expect(kept?.type).to.equal('image/png');
    expect([...new Uint8Array((await kept?.arrayBuffer()) ?? [])]).to.deep.equal([9, 8]);
  });

  it('has pictures and graphs as files that other programs open, under their names', async () => {
    const zip = await writeArchive(await archiveOf('a'), '0.0.0', madeAt);
    const bytes = new TextDecoder('latin1').decode(await zip.arrayBuffer());
    expect(bytes).to.contain('picture-bytes/deer.png');
    expect(bytes).to.contain('graphs/a.json');
    expect(bytes).to.contain('journal/77-pictures-1-file.png');
  });

  it('is refused with a reason when it is no zip file, another program’s, or cut off', async () => {
    const whole = await writeArchive(await archiveOf('a'), '0.0.0', madeAt);
    const refused = async (file: Blob): Promise<string> => {
      const error: unknown = await readArchive(file).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(AppError);
      const { details } = error as AppError;
      return details.code === 'archive/unreadable' ? details.reason : '';
    };
    expect(await refused(new Blob(['hello']))).to.contain('not a zip file');
    expect(await refused(new Blob([]))).to.contain('not a zip file');
    expect(await refused(whole.slice(0, whole.size - 40))).to.contain('not a zip file');
  });

  it('tells which part is damaged and brings back the rest', async () => {
    const zip = await writeArchive(await archiveOf('a'), '0.0.0', madeAt);
    const bytes = new Uint8Array(await zip.arrayBuffer());
    const name = new TextEncoder().encode('picture-bytes/deer.png');
    const at = bytes.findIndex((_, i) => name.every((byte, k) => bytes[i + k] === byte));
    const stored = bytes.subarray(at, at + 200);
    const place = stored.findIndex((byte, i) => byte === 1 && stored[i + 1] === 2);
    stored[place] = 200;
    const { records, damaged } = await readArchive(new Blob([bytes]));
    expect(damaged).to.deep.equal(['picture-bytes/deer.png']);
    expect(records['picture-bytes']).to.deep.equal([]);
    expect(records.graphs).to.have.length(1);
  });
});

describe('bringing an archive back', () => {
  after(async () => {
    // The tests of other files find the same storage.
    await del('Swap', database('published-subgraphs'));
    await del('Mine', database('schedules'));
    await del('settings', database('settings'));
    await del(77, database('journal'));
  });

  it('stores what is missing, and the second time nothing more', async () => {
    const id = crypto.randomUUID();
    const records = await archiveOf(id);
    const first = await mergeArchive(records, copyOf);
    expect(first).to.include({ graphs: 1, versions: 1, copies: 0 });
    expect((await loadGraph(id))?.text).to.equal(graphText('deer.png'));
    expect(await loadVersion(id, 'v1')).to.equal('v'.repeat(900));
    expect(await get(`${id}/p1`, database('version-pictures'))).to.be.instanceOf(Blob);
    expect([...((await getPicture('deer.png'))?.bytes ?? [])]).to.deep.equal([1, 2, 3]);
    expect(await get(77, database('journal'))).to.include({ id: 77 });
    const again = await mergeArchive(records, copyOf);
    expect(again).to.deep.include({ graphs: 0, versions: 0, pictures: 0, runs: 0, renamed: [] });
    expect(again).to.include({ subgraphs: 0, schedules: 0 });
  });

  it('leaves a graph that has gone on as it is; the archive’s lies beside it, once', async () => {
    const id = crypto.randomUUID();
    const records = await archiveOf(id);
    const entry = { title: 'Deer now', createdAt: 1, savedAt: 9, nodeCount: 1 };
    await saveGraph({ entry: { id, ...entry, isChanged: true, sketch }, text: 'newer' });
    await addVersion(id, { ...entry, id: 'v9', step: 'x', isKept: true, sketch }, 'newer');
    const report = await mergeArchive(records, copyOf);
    expect(report).to.include({ graphs: 1, copies: 1, versions: 1 });
    expect((await loadGraph(id))?.text).to.equal('newer');
    expect(await listVersions(id)).to.have.length(1);
    const copies = (await listGraphs()).filter((graph) => graph.id.startsWith(`${id}-`));
    expect(copies.map(({ title }) => title)).to.deep.equal(['Deer (copy)']);
    const copy = await loadGraph(copies[0]?.id ?? '');
    expect(JSON.parse(copy?.text ?? '')).to.include({ title: 'Deer (copy)' });
    expect((await mergeArchive(records, copyOf)).graphs).to.equal(0);
  });

  it('gives a picture whose name is taken another one, in its graphs and their subgraphs too', async () => {
    const id = crypto.randomUUID();
    const name = `${id}.png`;
    await putPicture(name, Uint8Array.from([7]), 'image/png');
    const made = await archiveOf(id);
    const records: ArchivedRecords = {
      ...made,
      graphs: [[id, graphText(name)]],
      pictures: made.pictures.map(([, record]) => [name, record]),
    };
    const { renamed } = await mergeArchive(records, copyOf);
    expect(renamed).to.deep.equal([[name, `${id}-2.png`]]);
    expect([...((await getPicture(name))?.bytes ?? [])]).to.deep.equal([7]);
    const text = (await loadGraph(id))?.text ?? '';
    expect(text).not.to.contain(`"${name}"`);
    expect(text.split(`${id}-2.png`)).to.have.length(3);
    expect(await mergeArchive(records, copyOf)).to.include({ graphs: 0, pictures: 0 });
  });

  it('keeps the settings that were chosen here and adds those that were not', async () => {
    await set('settings', { theme: 'light' }, database('settings'));
    await mergeArchive(await archiveOf(crypto.randomUUID()), copyOf);
    const stored = await get<object>('settings', database('settings'));
    expect(stored).to.deep.equal({ theme: 'light', later: { deep: [1, null, true] } });
    await del('settings', database('settings'));
  });

  it('brings a graph back that was deleted here', async () => {
    const id = crypto.randomUUID();
    const records = await archiveOf(id);
    await mergeArchive(records, copyOf);
    const { entry, text } = (await loadGraph(id)) ?? expect.fail('it was not stored');
    await saveGraph({ entry: { ...entry, deletedAt: Date.now() }, text });
    expect((await mergeArchive(records, copyOf)).graphs).to.equal(1);
    expect((await loadGraph(id))?.entry.deletedAt).to.equal(undefined);
  });

  it('takes all records of this browser, and so brings back what this browser holds', async () => {
    const id = crypto.randomUUID();
    await mergeArchive(await archiveOf(id), copyOf);
    const { records } = await readArchive(await writeArchive(await readRecords(), '0', madeAt));
    expect(records.graphs.map(([key]) => key)).to.include(id);
    expect((await mergeArchive(records, copyOf)).graphs).to.equal(0);
  });
});
