import { expect } from '@open-wc/testing';
import { keys, set } from 'idb-keyval';
import { database } from '../../src/storage/database.js';
import {
  addVersion,
  deleteVersions,
  keepVersion,
  listVersions,
  loadVersion,
  loadVersionPictures,
  pictureLimit,
  pictureVersions,
  type VersionEntry,
} from '../../src/storage/graph-versions.js';
import { thinVersions, versionLimit } from '../../src/storage/version-thinning.js';

const minute = 60_000;
const day = 24 * 60 * minute;
const now = 400 * day;

const version = (age: number, isKept = false): VersionEntry => ({
  id: String(age),
  savedAt: now - age,
  step: 'Move 1 node',
  nodeCount: 1,
  isKept,
  sketch: { width: 1, height: 1, boxes: [] },
});

describe('the versions that stay', () => {
  it('are all of the last two minutes, then the fewer the older they are', () => {
    const ages = Array.from({ length: 1000 }, (_, index) => index * 7000);
    const kept = thinVersions(
      ages.map((age) => version(age)),
      now,
    ).map(({ savedAt }) => now - savedAt);
    expect(kept.filter((age) => age < 2 * minute)).to.deep.equal(
      ages.filter((age) => age < 2 * minute),
    );
    const hours = kept.filter((age) => age > 60 * minute && age < 999 * 7000);
    hours.forEach((age, index) => {
      if (index > 0) expect(age - (hours[index - 1] ?? 0)).to.be.at.least(10 * minute);
    });
    expect(kept.at(-1)).to.equal(999 * 7000);
  });

  it('are never more than the limit, the newest, the oldest and the starred among them', () => {
    const ages = Array.from({ length: 300 }, (_, index) => index * 300);
    const kept = thinVersions(
      ages.map((age) => version(age, age === 87_000)),
      now,
    );
    expect(kept.length).to.equal(versionLimit);
    const left = kept.map(({ savedAt }) => now - savedAt);
    expect(left).to.include.members([0, 87_000, 299 * 300]);
  });
});

describe('the versions of a graph', () => {
  it('are listed from one record, without their texts, however many they are', async () => {
    const graph = crypto.randomUUID();
    const all = Array.from({ length: versionLimit }, (_, index) => version(index));
    await set(graph, all, database('version-lists'));
    const reads: string[] = [];
    const { transaction } = IDBDatabase.prototype as {
      transaction: (this: IDBDatabase, ...given: unknown[]) => IDBTransaction;
    };
    IDBDatabase.prototype.transaction = function count(this: IDBDatabase, ...given: unknown[]) {
      reads.push(this.name);
      return transaction.call(this, ...given);
    };
    try {
      expect((await listVersions(graph)).length).to.equal(versionLimit);
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(reads).to.deep.equal(['crossweave-version-lists']);
    await deleteVersions(graph);
  });

  it('come back newest first with their texts, and are gone with it', async () => {
    const graph = crypto.randomUUID();
    await addVersion(graph, version(2000), 'first');
    await addVersion(graph, version(1000), 'second');
    await keepVersion(graph, '2000', true);
    const list = await listVersions(graph);
    expect(list.map(({ id, isKept }) => [id, isKept])).to.deep.equal([
      ['1000', false],
      ['2000', true],
    ]);
    expect(await loadVersion(graph, '2000')).to.equal('first');
    await deleteVersions(graph);
    expect(await listVersions(graph)).to.deep.equal([]);
    expect(await loadVersion(graph, '2000')).to.equal(undefined);
  });

  it('have the picture of a run, share it while they mean the same, and lose it with the last of them', async () => {
    const graph = crypto.randomUUID();
    const file = (text: string) => new Blob([text], { type: 'image/webp' });
    const texts = async () => {
      const versions = await listVersions(graph);
      const pictures = await loadVersionPictures(graph, versions);
      const all: string[] = [];
      for (const { picture = '' } of versions)
        all.push((await pictures.get(picture)?.text()) ?? '');
      return all;
    };
    await addVersion(graph, version(4000), 'before there were pictures');
    await addVersion(graph, version(3000), 'run');
    await pictureVersions(graph, new Set(['3000', 'gone']), file('one'));
    await addVersion(graph, version(2000), 'moved', true);
    await addVersion(graph, version(1000), 'changed');
    expect(await texts()).to.deep.equal(['', 'one', 'one', '']);
    await pictureVersions(graph, new Set(['2000', '3000']), file('two'));
    expect(await texts()).to.deep.equal(['', 'two', 'two', '']);
    await pictureVersions(graph, new Set(['2000']), file('x'.repeat(pictureLimit + 1)));
    expect(await texts()).to.deep.equal(['', 'two', 'two', '']);
    const mine = async () =>
      (await keys<string>(database('version-pictures'))).filter((key) => key.startsWith(graph));
    expect(await mine()).to.have.length(1);
    await deleteVersions(graph);
    expect(await mine()).to.have.length(0);
  });
});
