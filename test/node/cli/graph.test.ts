import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { validate } from '../../../src/core/graph/validate.js';
import { applySetting } from '../../../tools/cli/headless/document-nodes.js';
import { createDiskModels } from '../../../tools/cli/headless/model-library.js';
import { readGraph, registry } from '../../../tools/cli/headless/project.js';
import { graphNames } from '../../support/example-graphs.js';
import { runCli, withFolder } from './run-cli.js';

const SHORT = [
  ['DDPM Inversion.steps', 10],
  ['DDPM Inversion.skip_steps', 3],
  ['Nothing is mixed.steps', 10],
  ['Nothing is mixed.skip_steps', 3],
].flatMap(([widget = '', value = '']) => ['--set', `${String(widget)}=${String(value)}`]);

describe('npm run graph -- check', () => {
  it('finds no problem in any example graph', async () => {
    const files = (await readdir('graphs')).filter((name) => name.endsWith('.json')).sort();
    assert.deepEqual(files, graphNames.map((name) => `${name}.json`).sort());
    for (const file of files) {
      const { document } = await readGraph(join('graphs', file));
      assert.deepEqual(validate(document, registry), [], file);
    }
    const result = await runCli('graph', ['check', 'graphs/appearance-transfer.json']);
    assert.equal(result.code, 0, result.stdout);
    assert.match(result.stdout, /^No problems\.$/m);
  });

  it('prints the problems of a graph and exits with 1', async () => {
    await withFolder(async (folder) => {
      const text = await readFile('graphs/appearance-transfer.json', 'utf8');
      const file = join(folder, 'broken.json');
      await writeFile(file, text.replace('"DDPMStep"', '"DDPMStumble"'));
      const result = await runCli('graph', ['check', file]);
      assert.equal(result.code, 1);
      assert.match(result.stdout, /node\/unknown-type: .*DDPMStumble/);
    });
  });

  it('refuses what is not a graph with one sentence', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'junk.json');
      await writeFile(file, '{"nodes": 7}');
      for (const path of [file, join(folder, 'absent.json')]) {
        const result = await runCli('graph', ['check', path]);
        assert.equal(result.code, 1);
        assert.match(result.stderr, /^This is not a graph that Crossweave can read/);
      }
    });
  });
});

describe('npm run graph -- run', () => {
  it('runs a graph with changed widgets, prints its events, and writes into the folder alone', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'deep/out');
      await mkdir(join(folder, 'deep'));
      const args = ['run', 'graphs/reconstruction.json', ...SHORT, '--out', out, '--events'];
      const result = await runCli('graph', args);
      assert.equal(result.code, 0, result.stderr);
      const events = result.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly type: string; readonly pass?: number });
      assert.equal(events[0]?.type, 'execution-start');
      assert.equal(events.at(-1)?.type, 'execution-success');
      assert.equal(Math.max(...events.map(({ pass = 0 }) => pass)), 6);
      assert.deepEqual(await readdir(join(folder, 'deep')), ['out']);
      assert.ok((await readdir(out)).includes('run.json'));
    });
  });

  it('names the node, the widget and the remedy when a setting is wrong', async () => {
    const { document } = await readGraph('graphs/appearance-transfer.json');
    const cases: readonly (readonly [string, RegExp])[] = [
      ['DDPMInversion.steps=5', /“DDPMInversion” is the name of 2 nodes; use an id: 7, 12/],
      ['Invert structur.steps=5', /no node “Invert structur”\. Did you mean “Invert structure”\?/],
      ['Invert structure.step=5', /no widget “step”\. Did you mean steps\?/],
      ['Invert structure.steps=many', /Set it to a number/],
      ['Invert structure.samples=5', /no widget “samples”/],
      ['steps', /NODE\.input=value/],
    ];
    for (const [setting, message] of cases) {
      assert.throws(() => applySetting(document, setting), message);
    }
  });

  it('asks no server that only the graph names, and no machine by a path', async () => {
    const models = '/nowhere';
    const find = (name: string, addresses: readonly string[] = []) =>
      createDiskModels({ cwd: models, models, provider: 'cpu', addresses }).facts(name);
    await assert.rejects(find('http://127.0.0.1:9/model'), /the graph names an address/);
    await assert.rejects(find('ftp://127.0.0.1/model'), /http and https addresses only/);
    await assert.rejects(find('//host/share/model'), /other machines/);
    await assert.rejects(find('\\\\host\\share\\model'), /other machines/);
    const secret = 'http://me:secret@127.0.0.1:9/model';
    const refusal: unknown = await find(secret, [secret]).catch((error: unknown) => error);
    assert.match(String(refusal), /name or a password/);
    assert.doesNotMatch(JSON.stringify(refusal), /secret@/);
    const typed = 'http://127.0.0.1:9/model';
    await assert.rejects(find(typed, [typed]), /model\/download-failed/);
  });

  it('tells which node failed and what to do, and exits with 1', async () => {
    await withFolder(async (folder) => {
      const args = ['run', 'graphs/reconstruction.json', ...SHORT, '--out', folder];
      const result = await runCli('graph', [...args, '--set', 'Nothing is mixed.skip_steps=4']);
      assert.equal(result.code, 1);
      assert.match(result.stderr, /schedule is made for 6 passes, the inversion for 7/);
      assert.match(result.stderr, /same steps and skip_steps/);
    });
  });
});
