import { expect } from '@open-wc/testing';
import { autoencoderKl } from '../../src/runtime/models/autoencoder-kl.js';
import { webgpuProfile } from '../../src/runtime/models/webgpu-profile.js';
import { openComponent } from '../../src/runtime/checkpoint/component-files.js';
import { tableWeights } from '../../src/runtime/models/weights.js';
import { httpPack, readPackJson } from '../../src/runtime/pack-reader.js';
import { createVae, type LoadedVae } from '../../src/runtime/vae.js';
import { loadOrt } from '../../src/runtime/web/ort-bundle.js';
import { createOrtWebGpuRunner } from '../../src/runtime/web/ort-webgpu-runner.js';
import type { GpuContext } from '../../src/runtime/webgpu/gpu-context.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';
import { openContext, ORT_PLACE, relativeError } from '../gpu/context.js';

const GOLDENS = '/test/fixtures/goldens';
const { signal } = new AbortController();

/** The float arrays of a recorded file, by name. */
async function readGolden(name: string): Promise<(array: string) => Tensor> {
  const meta = (await (await fetch(`${GOLDENS}/${name}.json`)).json()) as {
    arrays: Record<string, { shape: number[]; offset: number; nbytes: number }>;
  };
  const bytes = await (await fetch(`${GOLDENS}/${name}.bin`)).arrayBuffer();
  return (array) => {
    const entry = meta.arrays[array];
    if (entry === undefined) throw new Error(`${name} has no array ${array}.`);
    return cpuTensor(new Float32Array(bytes, entry.offset, entry.nbytes / 4), entry.shape);
  };
}

describe('an autoencoder with channels last, on WebGPU', () => {
  let context: GpuContext;
  let loaded: LoadedVae;
  before(async function () {
    this.timeout(100_000);
    context = await openContext();
    const ort = await loadOrt({ ...ORT_PLACE, threads: 1 });
    const pack = httpPack('reference', new URL(`${GOLDENS}/model/diffusers`, location.href).href);
    const { table } = await openComponent(pack, 'vae');
    const config = await readPackJson(pack, 'vae/config.json');
    loaded = createVae({
      id: 'reference',
      graphs: autoencoderKl('vae/config.json', config, () => tableWeights(table), webgpuProfile),
      runner: createOrtWebGpuRunner(ort, context, 'webgpu'),
    });
  });
  after(async () => {
    await loaded.release();
    context.destroy();
  });

  it('decodes and encodes as the reference does', async function () {
    this.timeout(200_000);
    const golden = await readGolden('vae');
    const decoded = await loaded.vae.decode(golden('w0'), signal);
    expect(relativeError(await decoded.read(), await golden('decoded').read())).to.be.below(1e-4);
    const again = await loaded.vae.encode(decoded, signal);
    expect(again.shape).to.deep.equal(golden('w0').shape);
    expect((await again.read()).every(Number.isFinite)).to.equal(true);
  });
});
