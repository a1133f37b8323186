import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadDocument } from '../../../src/core/graph/load.js';
import { serializeDocument } from '../../../src/core/graph/serialize.js';
import type { GraphDocument, NodeRecord } from '../../../src/core/graph/types.js';
import type { Picture } from '../../../src/core/node/definition.js';
import { createDiskModels } from '../../../tools/cli/headless/model-library.js';
import { createDiskPictures } from '../../../tools/cli/headless/picture-store.js';
import { places, readGraph, registry } from '../../../tools/cli/headless/project.js';
import { openGraphRunner } from '../../../tools/cli/headless/run-graph.js';

/** The results of the three schedules of the graph, by node. */
const results = { appearance: '23', structure: '32', masked: '41' } as const;

/** What the schedules and the steps that read them are given: the same but for the masked one, which has a mask. */
const changes: Readonly<Record<string, NodeRecord['inputs']>> = {
  15: { full_lane: 'app 0..', half_lane: 'app 0..' },
  24: { full_lane: 'struct 0..', half_lane: 'struct 0..' },
  33: { full_lane: 'struct 0..', half_lane: 'struct 0..' },
  35: { structure_mask: { link: ['50', 'MASK'] } },
};

/** Three schedules on the same branches, four passes each; the structure is painted to act in the left half. */
async function threeSchedules(): Promise<GraphDocument> {
  const { document } = await readGraph(join(places.graphs, 'structure-injection.json'));
  const nodes = Object.entries(document.nodes).map(([id, record]): [string, NodeRecord] => {
    const { content_mask: _content, style_mask: _style, ...inputs } = record.inputs;
    const steps = 'steps' in inputs && { steps: 6, skip_steps: 2 };
    const plain = record.type === 'InjectionSchedule' && {
      guidance_lane: 'off',
      adain_lane: 'off',
    };
    const start = record.type === 'DenoiseStart' && { start_at: 0 };
    return [id, { ...record, inputs: { ...inputs, ...steps, ...plain, ...start, ...changes[id] } }];
  });
  const row = '8p8a';
  const mask = `16x16:${row.repeat(16)}`;
  const painted = { type: 'PaintMask', version: 1, inputs: { image: 'giraffe.png', mask } };
  return { ...document, nodes: { ...Object.fromEntries(nodes), 50: painted } };
}

/** The pictures of the three results on WebAssembly, with nothing computed before. */
async function run(document: GraphDocument): Promise<Record<keyof typeof results, Picture>> {
  const models = createDiskModels({
    cwd: '.',
    models: places.models,
    provider: 'wasm',
    threads: 2,
  });
  const { samples } = places;
  const pictures = createDiskPictures({ cwd: '.', samples, out: '.', replace: false });
  const runner = openGraphRunner({ registry, models, pictures });
  try {
    const report = await runner.run(document);
    assert.equal(report.outcome.outcome, 'success', JSON.stringify(report.outcome));
    const of = (id: string): Picture => {
      const picture = report.pictures.get(id)?.get('result');
      assert.ok(picture, `node ${id} shows no result`);
      return picture;
    };
    return {
      appearance: of(results.appearance),
      structure: of(results.structure),
      masked: of(results.masked),
    };
  } finally {
    await runner.dispose();
  }
}

/** Mean difference in levels of the left and of the right half. */
function halves(a: Picture, b: Picture): readonly [left: number, right: number] {
  const sums = [0, 0];
  a.data.forEach((value, i) => {
    const half = Math.floor(i / 4) % a.width < a.width / 2 ? 0 : 1;
    sums[half] = (sums[half] ?? 0) + Math.abs(value - (b.data[i] ?? 0));
  });
  const [left = 0, right = 0] = sums.map((sum) => sum / (a.data.length / 2));
  return [left, right];
}

const hashOf = ({ data }: Picture): string => createHash('sha256').update(data).digest('hex');

describe('several schedules in one graph, one of them with a painted mask', () => {
  it('inject structure where the mask was painted, and give the same bytes when saved and opened again', async () => {
    const document = await threeSchedules();
    const made = await run(document);
    const everywhere = halves(made.structure, made.appearance);
    const painted = halves(made.masked, made.appearance);
    const toStructure = halves(made.masked, made.structure);
    const told = JSON.stringify({ everywhere, painted, toStructure });
    // Inside the mask it is the picture with structure, outside the one without; convolutions carry a little across.
    assert.ok(painted[0] > 0.8 * everywhere[0], told);
    assert.ok(painted[1] < 0.3 * everywhere[1], told);
    assert.ok(toStructure[0] < 0.3 * everywhere[0] && toStructure[1] > 0.8 * everywhere[1], told);
    const opened = loadDocument(serializeDocument(document), registry).document;
    const again = await run(opened);
    for (const name of ['appearance', 'structure', 'masked'] as const) {
      assert.equal(hashOf(again[name]), hashOf(made[name]), name);
    }
  });
});
