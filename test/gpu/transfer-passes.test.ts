import { expect } from '@open-wc/testing';
import { nodes } from '../../nodes/index.js';
import { createEngine } from '../../src/core/engine/engine.js';
import type { GraphDocument, NodeRecord } from '../../src/core/graph/types.js';
import type { Picture } from '../../src/core/node/definition.js';
import { createRegistry } from '../../src/core/node/registry.js';
import { createKvBank } from '../../src/diffusion/kv-bank.js';
import type { Services } from '../../src/diffusion/services.js';
import { openHttpLibrary } from '../../src/runtime/web/http-library.js';
import { loadOrt } from '../../src/runtime/web/ort-bundle.js';
import { openWebRuntime } from '../../src/runtime/web/web-runtime.js';
import { openPictureLibrary } from '../../src/storage/picture-library.js';
import { ORT_PLACE } from './context.js';

/** Two passes, both with foreign keys and values, guidance and AdaIN. */
const WIDGETS: Readonly<Record<string, number>> = {
  steps: 5,
  skip_steps: 3,
  cfg: 1,
  lag: 0,
  half_start: 0,
  full_start: 0,
  guidance_start_at: 0,
  adain_start: 0,
};
/** Links that are left out: each would double the work. */
const WITHOUT = ['negative', 'content_mask', 'style_mask'];

/** The example graph, as small as it can be. */
async function smallTransfer(): Promise<GraphDocument> {
  const document = (await (
    await fetch('/graphs/appearance-transfer.json')
  ).json()) as GraphDocument;
  const shorten = (record: NodeRecord): NodeRecord => ({
    ...record,
    inputs: Object.fromEntries(
      Object.entries(record.inputs)
        .filter(([name]) => !WITHOUT.includes(name))
        .map(([name, value]) => [
          name,
          typeof value === 'number' ? (WIDGETS[name] ?? value) : value,
        ]),
    ),
  });
  const records = Object.entries(document.nodes).map(
    ([id, record]) => [id, shorten(record)] as const,
  );
  return { ...document, nodes: Object.fromEntries(records) };
}

/** Runs the graph on a provider; gives the result and what was read back while each pass went on. */
async function transfer(provider: 'webgpu' | 'wasm') {
  const ort = await loadOrt({ ...ORT_PLACE, threads: 2 });
  const runtime = await openWebRuntime(ort, provider, 2);
  const { ops, runner, bankBytes } = runtime;
  const models = openHttpLibrary(new URL('/public/models.json', location.href).href, runner);
  const services: Services = {
    ops,
    models,
    pictures: openPictureLibrary(new URL('/public/samples/', location.href).href),
    bank: createKvBank(bankBytes),
  };
  const engine = createEngine({
    registry: createRegistry<Services>(nodes),
    services,
    cacheBytes: 2 ** 28,
  });
  const readAtPassEnd = new Map<number, number>();
  let readBefore = -1;
  let result: Picture | undefined;
  const outcome = await engine.run(await smallTransfer(), {
    onEvent: (event) => {
      if (event.type === 'executing' && event.pass !== undefined && readBefore < 0) {
        readBefore = ops.bytesRead();
      }
      if (event.type !== 'executed') return;
      if (event.pass !== undefined) readAtPassEnd.set(event.pass, ops.bytesRead());
      result = event.pictures.find(({ label }) => label === 'result')?.picture ?? result;
    },
  });
  await engine.dispose();
  services.bank.clear();
  runtime.dispose();
  expect(outcome.failures.map(({ details }) => details)).to.deep.equal([]);
  expect(outcome.outcome).to.equal('success');
  const totals = [...readAtPassEnd.entries()].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
  return { result, totals, readBefore, pairs: models.work().pairs };
}

describe('a transfer on the device', () => {
  it('reads nothing back in its passes and gives the picture that WASM gives', async function () {
    this.timeout(240_000);
    const onGpu = await transfer('webgpu');
    expect(onGpu.totals.length).to.equal(2);
    expect(onGpu.totals[1]).to.equal(onGpu.totals[0]);
    expect(onGpu.totals[0]).to.equal(onGpu.readBefore);
    expect(onGpu.pairs).to.be.above(0);
    const onCpu = await transfer('wasm');
    const [found, expected] = [onGpu.result?.data, onCpu.result?.data];
    if (found === undefined || expected === undefined) throw new Error('A run gave no result.');
    const worst = found.reduce((most, value, i) => {
      return Math.max(most, Math.abs(value - (expected[i] ?? NaN)));
    }, 0);
    expect(worst).to.be.at.most(2);
  });
});
