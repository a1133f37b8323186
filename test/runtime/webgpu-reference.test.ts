import { expect } from '@open-wc/testing';
import type { Checkpoint } from '../../src/diffusion/ports.js';
import { loadPack } from '../../src/runtime/model-pack.js';
import { httpPack } from '../../src/runtime/pack-reader.js';
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
    const data = new Float32Array(bytes, entry.offset, entry.nbytes / 4);
    return cpuTensor(data, entry.shape);
  };
}

describe('the graphs made for WebGPU against the reference program', () => {
  let context: GpuContext;
  let checkpoint: Checkpoint;
  before(async function () {
    this.timeout(200_000);
    context = await openContext();
    const ort = await loadOrt({ ...ORT_PLACE, threads: 1 });
    const pack = httpPack('reference', new URL(`${GOLDENS}/model/diffusers`, location.href).href);
    checkpoint = await loadPack(pack, createOrtWebGpuRunner(ort, context, 'webgpu'));
  });
  after(() => {
    checkpoint.dispose();
    context.destroy();
  });

  const expectClose = async (found: Tensor, wanted: Tensor): Promise<void> => {
    expect(relativeError(await found.read(), await wanted.read())).to.be.at.most(1e-4);
  };

  it('decode and encode pictures', async function () {
    this.timeout(200_000);
    const golden = await readGolden('vae');
    const latent = golden('w0');
    const decoded = await checkpoint.vae.decode(latent, signal);
    await expectClose(decoded, golden('decoded'));
    expect((await checkpoint.vae.encode(decoded, signal)).shape).to.deep.equal(latent.shape);
  });

  it('predict noise', async function () {
    this.timeout(200_000);
    const golden = await readGolden('unet_forward');
    const result = await checkpoint.denoiser.predict({
      samples: golden('sample'),
      timesteps: [671, 671, 211],
      promptEmbeds: golden('text'),
      freeU: { b1: 1.2, b2: 1.4, s1: 0.9, s2: 0.2 },
      signal,
    });
    await expectClose(result.noisePred, golden('freeu_tvec/eps'));
  });
});
