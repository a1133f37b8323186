import { expect } from '@open-wc/testing';
import { pictureToPng } from '../../src/app/files.js';
import { keepVersionPicture } from '../../src/app/version-pictures.js';
import { renameNode, setWidget } from '../../src/core/graph/edits.js';
import { moveNodes } from '../../src/core/graph/layout-edits.js';
import { serializeDocument } from '../../src/core/graph/serialize.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import {
  addVersion,
  deleteVersions,
  listVersions,
  loadVersionPictures,
} from '../../src/storage/graph-versions.js';
import { sketchOf } from '../../src/storage/sketch.js';
import { twoNodes } from '../support/editor-fixture.js';

describe('the picture of a version', () => {
  it('is what came out of a run of it, small, whatever was moved or renamed since', async () => {
    const graph = crypto.randomUUID();
    const ran = twoNodes();
    const moved = renameNode(moveNodes(ran, new Map([['2', [9, 9] as const]])), '2', 'Other');
    const kept: readonly (readonly [string, GraphDocument])[] = [
      ['older', setWidget(ran, '2', 'amount', 3)],
      ['ran', ran],
      ['moved', moved],
      ['newer', setWidget(ran, '2', 'amount', 9)],
    ];
    for (const [index, [id, document]] of kept.entries()) {
      const facts = { savedAt: Date.now() - 1000 + index, step: '', nodeCount: 2, isKept: false };
      const entry = { id, ...facts, sketch: sketchOf(document) };
      await addVersion(graph, entry, serializeDocument(document));
    }
    const data = new Uint8ClampedArray(200 * 100 * 4).fill(200);
    const file = await pictureToPng({ width: 200, height: 100, data });
    const about = { node: '2', title: '', label: '', width: 200, height: 100, sha256: '' };
    await keepVersionPicture(graph, ran, { pictures: [], passes: [] });
    expect((await listVersions(graph)).some(({ picture }) => picture)).to.equal(false);
    await keepVersionPicture(graph, ran, { pictures: [{ ...about, file }], passes: [] });
    const versions = await listVersions(graph);
    expect(versions.filter(({ picture }) => picture).map(({ id }) => id)).to.deep.equal([
      'moved',
      'ran',
    ]);
    const [small] = [...(await loadVersionPictures(graph, versions)).values()];
    const bitmap = small && (await createImageBitmap(small));
    expect([bitmap?.width, bitmap?.height]).to.deep.equal([96, 48]);
    await deleteVersions(graph);
  });
});
