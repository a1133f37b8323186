import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createDiskModels } from '../../../tools/cli/headless/model-library.js';
import { createDiskPictures } from '../../../tools/cli/headless/picture-store.js';
import { places, readGraph, registry } from '../../../tools/cli/headless/project.js';
import { openGraphRunner } from '../../../tools/cli/headless/run-graph.js';
import { runSweep, sweepCells, sweepRows } from '../../../tools/cli/headless/sweep.js';
import { transferGraph } from '../../../tools/cli/headless/transfer-graph.js';
import { withFolder } from '../cli/run-cli.js';

const short = () =>
  transferGraph({
    preset: 'consistent',
    structure: 'giraffe.png',
    appearance: 'zebra.png',
    steps: 6,
  });

describe('a sweep', () => {
  it('spans a grid of two widgets, or a row of widgets that change together', async () => {
    const { document } = await readGraph(join(places.graphs, 'consistent.json'));
    const grid = sweepCells(document, [
      'Structure picture.image=a.png,b.png',
      'Prompt.text=one\\, two',
    ]);
    assert.deepEqual(
      grid.map(({ row, column, settings }) => [row, column, settings]),
      [
        [0, 0, ['Structure picture.image=a.png', 'Prompt.text=one, two']],
        [1, 0, ['Structure picture.image=b.png', 'Prompt.text=one, two']],
      ],
    );
    const seeds = sweepCells(document, ['Invert structure.seed=1,2&Invert appearance.seed=3,4']);
    assert.deepEqual(
      seeds.map(({ settings }) => settings),
      [
        ['Invert structure.seed=1', 'Invert appearance.seed=3'],
        ['Invert structure.seed=2', 'Invert appearance.seed=4'],
      ],
    );
    assert.throws(() => sweepCells(document, ['Prompt.text']), /NODE\.input=value/);
    assert.throws(
      () => sweepCells(document, ['Prompt.text=a&Invert structure.seed=1,2']),
      /equally/,
    );
    assert.throws(() => sweepCells(document, []), /once or twice/);
  });

  it('computes what cells share once: four cells cost two pairs of branches and four loops', async () => {
    await withFolder(async (out) => {
      const cwd = process.cwd();
      const models = createDiskModels({ cwd, models: places.models, provider: 'cpu' });
      const pictures = createDiskPictures({ cwd, samples: places.samples, out, replace: false });
      const runner = openGraphRunner({ registry, models, pictures });
      try {
        const cells = sweepCells(await short(), [
          'Structure picture.image=giraffe.png,cow.png',
          'Appearance picture.image=zebra.png,fox.png',
        ]);
        const swept = await runSweep(runner, cells, () => undefined);
        const [first, second, third, fourth] = swept.map(({ unet }) => unet);
        assert.ok(first && second && third && fourth);
        // Every cell has its own loop; the last one brings no picture that another did not bring.
        for (const { pairs } of [second, third, fourth]) assert.equal(pairs, first.pairs);
        assert.ok(second.sampleForwards < first.sampleForwards, 'one structure branch');
        assert.ok(third.sampleForwards < first.sampleForwards, 'one appearance branch');
        assert.equal(fourth.sampleForwards, fourth.pairs, 'nothing but its loop');
        assert.deepEqual(
          sweepRows(swept).map((row) => row.length),
          [2, 2],
        );
        const again = await runSweep(runner, cells.slice(3), () => undefined);
        assert.equal(again[0]?.unet.forwardEquivalents, 0);
        assert.deepEqual(again[0].picture, swept[3]?.picture);
      } finally {
        await runner.dispose();
      }
    });
  });
});
