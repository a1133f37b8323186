import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { RunEvent } from '../../../src/core/engine/events.js';
import { createForecaster } from '../../../src/core/forecast/forecast-graph.js';
import { isKnown } from '../../../src/core/forecast/outlook.js';
import { settleWork } from '../../../src/core/forecast/settle-work.js';
import { loadDocument } from '../../../src/core/graph/load.js';
import type { GraphDocument, NodeRecord } from '../../../src/core/graph/types.js';
import type { ForecastFacts } from '../../../src/diffusion/forecast-facts.js';
import { rowGraph } from '../../../tools/cli/evaluate/row-graph.js';
import { createDiskModels } from '../../../tools/cli/headless/model-library.js';
import { createDiskPictures } from '../../../tools/cli/headless/picture-store.js';
import { places, registry } from '../../../tools/cli/headless/project.js';
import { runGraph } from '../../../tools/cli/headless/run-graph.js';

const graphs = join(import.meta.dirname, '../../../graphs');

void describe('the forecast of a run of the embedded model', () => {
  let out: string;
  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'forecast-'));
  });
  after(() => rm(out, { recursive: true }));

  const example = async (name: string): Promise<GraphDocument> =>
    loadDocument(await readFile(join(graphs, `${name}.json`), 'utf8'), registry).document;
  /** With a quarter of the timesteps, which is as good to count. */
  const shorter = async (name: string): Promise<GraphDocument> => {
    const { nodes, ...rest } = await example(name);
    const shorten = (record: NodeRecord): NodeRecord => ({
      ...record,
      inputs: Object.fromEntries(
        Object.entries(record.inputs).map(([widget, value]) => [
          widget,
          /^(steps|skip_steps|step)$/.test(widget) && typeof value === 'number' ? value / 4 : value,
        ]),
      ),
    });
    const records = Object.entries(nodes).map(([id, record]) => [id, shorten(record)] as const);
    return { ...rest, nodes: Object.fromEntries(records) };
  };
  const pictured = { structure: 'giraffe.png', appearance: 'leopard.png', mirrored: 'zebra.png' };
  const beyondPaper = async (): Promise<GraphDocument> => {
    const settings = {
      ...pictured,
      recoloured: 'giraffe.png',
      preset: 'official',
      steps: 6,
    } as const;
    const rows = ['foregroundBoth', 'ownKeys', 'mirrored', 'localAdain'] as const;
    return (await rowGraph({ ...settings, model: 'creatures' }, rows)).document;
  };
  for (const [name, open] of [
    ['appearance-transfer', shorter],
    ['consistent', shorter],
    ['what goes beyond the paper', beyondPaper],
  ] as const) {
    void it(`tells the work that ${name} does and the bytes that its nodes hold`, async () => {
      const document = await open(name);
      const library = { cwd: out, models: places.models, provider: 'cpu' } as const;
      const pictures = createDiskPictures({
        ...library,
        samples: places.samples,
        out,
        replace: true,
      });
      const model = await createDiskModels(library).facts('creatures');
      const facts: ForecastFacts = {
        model: () => model,
        vae: () => undefined,
        picture: () => ({ width: 256, height: 256 }),
      };
      const outlook = createForecaster(registry).forecast(document, facts);
      const work = settleWork(outlook.work, 2 ** 29).total.get('unet creatures');
      const held = new Map<string, number>();
      const onEvent = (event: RunEvent) => {
        if (event.type === 'executed') held.set(event.nodeId, event.byteLength);
      };
      const report = await runGraph(document, {
        registry,
        pictures,
        models: createDiskModels(library),
        onEvent,
      });
      assert.equal(report.outcome.outcome, 'success');
      const { sampleForwards, pairs, forwardEquivalents } = report.unet;
      assert.deepEqual([work?.samples, work?.pairs], [sampleForwards, pairs]);
      assert.ok(Math.abs((work?.equivalents ?? 0) - forwardEquivalents) < 1e-6);
      for (const [id, bytes] of held) {
        const type = document.nodes[id]?.type ?? '';
        // The sizes of the pictures above are made up.
        if (type === 'LoadImage') continue;
        assert.equal(outlook.nodes.get(id)?.byteLength, bytes, type);
      }
      const decoded = Object.keys(document.nodes).find(
        (id) => document.nodes[id]?.type === 'VAEDecode',
      );
      const image = outlook.nodes.get(decoded ?? '')?.outputs.get('IMAGE');
      assert.deepEqual(isKnown(image) && image.shape, [1, 3, 128, 128]);
    });
  }
});
