import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { Picture } from '../../../src/core/node/definition.js';
import { createDiskPictures } from '../../../tools/cli/headless/picture-store.js';
import { writeInside } from '../../../tools/cli/headless/write-inside.js';
import { runCli, withFolder } from './run-cli.js';

const DOT: Picture = { width: 1, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255) };

/** What a graph may call its pictures, and the file it gets. */
const NAMES: readonly (readonly [string, string])[] = [
  ['../escaped', 'escaped.png'],
  ['../../../../etc/cron.d/escaped', 'etc-cron.d-escaped.png'],
  ['..', 'picture.png'],
  ['.', 'picture-2.png'],
  ['', 'picture-3.png'],
  ['...png', 'picture-4.png'],
  ['.bashrc', 'bashrc.png'],
  ['/tmp/escaped', 'tmp-escaped.png'],
  ['C:\\Windows\\escaped', 'C-Windows-escaped.png'],
  ['\\\\server\\share\\escaped', 'server-share-escaped.png'],
  ['//server/share', 'server-share.png'],
  ['/dev/null', 'dev-null.png'],
  ['/proc/self/mem', 'proc-self-mem.png'],
  ['cut\0off', 'cut-off.png'],
  ['line\nbreak\r', 'line-break.png'],
  ['stream:hidden', 'stream-hidden.png'],
  ['CON', '_CON.png'],
  ['nul.png', '_nul.png'],
  ['Com1.txt', '_Com1.txt.png'],
  ['lpt9 ', '_lpt9.png'],
  ['console', 'console.png'],
  ['-rf', 'rf.png'],
  ['$(reboot)`id`', 'reboot-id.png'],
  ['file:///etc/passwd', 'file-etc-passwd.png'],
  ['%2e%2e%2fescaped', '2e-2e-2fescaped.png'],
  ['．．／fullwidth', 'fullwidth.png'],
  ['․․∕dots⁄slash', 'dots-slash.png'],
  ['\u202Egnp.evil', 'gnp.evil.png'],
  ['zero\u200Bwidth', 'zero-width.png'],
  ['\uD800lone', 'lone.png'],
  ['Größe 猫', 'Größe 猫.png'],
  ['transfer', 'transfer.png'],
  ['transfer.PNG', 'transfer-2.png'],
];

describe('what a run without a browser writes', () => {
  it('lies in the folder of --out, whatever a graph calls it', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'deep/out');
      const store = createDiskPictures({ cwd: folder, samples: folder, out, replace: false });
      for (const [name, file] of NAMES) {
        assert.equal(await store.write(name, DOT), file, JSON.stringify(name));
      }
      const files = (await readdir(out)).sort();
      assert.deepEqual(files, NAMES.map(([, file]) => file).sort());
      assert.deepEqual(await readdir(folder), ['deep']);
      assert.deepEqual(await readdir(dirname(out)), ['out']);
    });
  });

  it('has names that file systems take, however long they were', async () => {
    await withFolder(async (out) => {
      const store = createDiskPictures({ cwd: out, samples: out, out, replace: false });
      for (const letter of ['x', 'ß', '猫', '𠀀', '../']) {
        for (let copy = 0; copy < 2; copy++) {
          const file = await store.write(letter.repeat(5000), DOT);
          assert.ok(Buffer.byteLength(file) <= 255 && file.isWellFormed(), file);
        }
      }
      assert.equal((await readdir(out)).length, 10);
    });
  });

  it('takes the place of links to elsewhere and never goes through them', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'out');
      await mkdir(out);
      const [precious, absent] = [join(folder, 'precious'), join(folder, 'absent')];
      await writeFile(precious, 'precious');
      await symlink(precious, join(out, 'a.png'));
      await symlink(absent, join(out, 'b.png'));
      const places = { cwd: folder, samples: folder, out };
      const adding = createDiskPictures({ ...places, replace: false });
      assert.equal(await adding.write('a', DOT), 'a-2.png');
      assert.equal(await adding.write('b', DOT), 'b-2.png');
      assert.equal(await readlink(join(out, 'b.png')), absent);
      const replacing = createDiskPictures({ ...places, replace: true });
      assert.equal(await replacing.write('a', DOT), 'a.png');
      assert.equal(await replacing.write('b', DOT), 'b.png');
      assert.equal(await readFile(precious, 'utf8'), 'precious');
      assert.deepEqual((await readdir(folder)).sort(), ['out', 'precious']);
      assert.equal((await readFile(join(out, 'a.png'))).readUInt32BE(0), 0x89504e47);
    });
  });

  it('is refused with a sentence under a name that is not of a file in it', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'out');
      for (const name of ['', '.', '..', '../a', '/a', 'a/b', 'a\\b', 'a\0b']) {
        const writing = writeInside(out, name, 'text');
        await assert.rejects(writing, /is not a name of a file in the folder/, name);
      }
      assert.deepEqual(await readdir(folder), []);
      await mkdir(join(out, 'taken'), { recursive: true });
      await assert.rejects(writeInside(out, 'taken', 'text'), /taken cannot be written \(E/);
      assert.deepEqual(await readdir(out), ['taken']);
    });
  });

  it('is refused with one sentence where --out is no folder', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'notes');
      await writeFile(file, 'notes');
      for (const out of [file, join(file, 'below'), '/dev/null']) {
        const writing = writeInside(out, 'run.json', '{}');
        await assert.rejects(
          writing,
          /cannot be written \(E\w+\): choose another folder for --out/,
        );
      }
      assert.equal(await readFile(file, 'utf8'), 'notes');
    });
  });

  it('has the name that a graph’s own SaveImage asks for, confined', async () => {
    await withFolder(async (folder) => {
      const graph = {
        format: 'crossweave-graph',
        layout: { nodes: {}, groups: [] },
        version: 1,
        nodes: {
          1: { type: 'LoadImage', version: 1, inputs: { image: 'giraffe.png' } },
          2: {
            type: 'SaveImage',
            version: 1,
            inputs: { images: { link: ['1', 'IMAGE'] }, filename_prefix: '../../escaped' },
          },
        },
      };
      const file = join(folder, 'graph.json');
      const out = join(folder, 'deep', 'out');
      await writeFile(file, JSON.stringify(graph));
      const result = await runCli('graph', ['run', file, '--out', out]);
      assert.equal(result.code, 0, result.stderr);
      assert.deepEqual((await readdir(folder)).sort(), ['deep', basename(file)]);
      assert.deepEqual(await readdir(join(folder, 'deep')), ['out']);
      assert.ok((await readdir(out)).includes('escaped.png'), (await readdir(out)).join());
    });
  });
});
