import { expect } from '@open-wc/testing';
import {
  bytesOfEntry,
  entriesToDrop,
  forgetRun,
  keepRun,
  loadJournal,
  type JournalEntry,
} from '../../src/storage/journal.js';

const run = (id: number, bytes = 0, isStarred = false): JournalEntry => ({
  id,
  startedAt: id,
  elapsedMs: 1,
  outcome: 'success',
  title: '',
  graph: '',
  seeds: [42],
  schedule: '',
  device: '',
  models: [],
  targets: [],
  unet: undefined,
  resumed: undefined,
  error: undefined,
  nodes: [],
  pictures: [],
  passes: [{ pass: 0, file: new Blob([new Uint8Array(bytes)]) }],
  isStarred,
});

describe('the kept runs', () => {
  it('come back newest first with their pictures, and can be forgotten', async () => {
    await keepRun(run(1, 5));
    await keepRun(run(2));
    await keepRun({ ...run(1, 5), isStarred: true });
    const kept = await loadJournal();
    expect(kept.map(({ id, isStarred }) => [id, isStarred])).to.deep.equal([
      [2, false],
      [1, true],
    ]);
    expect(kept[1]?.passes[0]?.file.size).to.equal(5);
    await forgetRun(1);
    await forgetRun(2);
    expect(await loadJournal()).to.deep.equal([]);
  });

  it('stay within a count: the oldest without a star go first', () => {
    const runs = [run(5), run(4), run(3, 0, true), run(2), run(1, 0, true)];
    const dropped = entriesToDrop(runs, { count: 3, bytes: 1000 });
    expect(dropped.map(({ id }) => id)).to.deep.equal([2, 4]);
  });

  it('stay within their bytes; starred runs and the newest stay even when these alone are too many', () => {
    const runs = [run(4, 600), run(3, 300), run(2, 300), run(1, 300, true)];
    expect(entriesToDrop(runs, { count: 9, bytes: 1300 }).map(({ id }) => id)).to.deep.equal([2]);
    expect(entriesToDrop(runs, { count: 9, bytes: 10 }).map(({ id }) => id)).to.deep.equal([2, 3]);
    expect(bytesOfEntry({ ...run(9, 10), graph: 'abc' })).to.equal(16);
  });
});
