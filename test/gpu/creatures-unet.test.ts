import { expect } from '@open-wc/testing';
import type { Checkpoint } from '../../src/diffusion/ports.js';
import { loadPack } from '../../src/runtime/model-pack.js';
import { httpPack } from '../../src/runtime/pack-reader.js';
import { loadOrt, wasmThreads } from '../../src/runtime/web/ort-bundle.js';
import { createOrtWasmRunner } from '../../src/runtime/web/ort-wasm-runner.js';
import { createOrtWebGpuRunner } from '../../src/runtime/web/ort-webgpu-runner.js';
import { createGpuOps } from '../../src/runtime/webgpu/gpu-ops.js';
import type { GpuContext } from '../../src/runtime/webgpu/gpu-context.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';
import { noise, openContext, ORT_PLACE, relativeError } from './context.js';

const FREE_U = { b1: 1.2, b2: 1.4, s1: 0.9, s2: 0.2 };
/** Side of the latents: small, since a software adapter computes them. */
const SIDE = 8;
const PROMPT = 'a photo of a giraffe';

describe('the embedded model on WebGPU', () => {
  let context: GpuContext;
  let onCpu: Checkpoint;
  let onGpu: Checkpoint;
  let load: (half: boolean) => Promise<Checkpoint>;
  const { signal } = new AbortController();
  before(async function () {
    this.timeout(120_000);
    context = await openContext();
    const ort = await loadOrt({ ...ORT_PLACE, threads: wasmThreads() });
    const pack = httpPack('creatures', new URL('/public/models/creatures', location.href).href);
    onCpu = await loadPack(pack, createOrtWasmRunner(ort));
    load = (half) => loadPack(pack, { ...createOrtWebGpuRunner(ort, context, 'webgpu'), half });
    onGpu = await load(false);
  });
  after(() => {
    onCpu.dispose();
    onGpu.dispose();
    context.destroy();
  });

  const embed = async (checkpoint: Checkpoint): Promise<Tensor> =>
    (await checkpoint.textEncoder.encode(PROMPT, signal, () => undefined)).promptEmbeds;

  const latent = (batch: number, channels: number, side: number): Tensor =>
    cpuTensor(noise(batch * channels * side * side), [batch, channels, side, side]);

  /** One plain forward of two latents with everything captured. */
  const forward = async (checkpoint: Checkpoint, samples: Tensor) =>
    checkpoint.denoiser.predict({
      samples,
      timesteps: [671, 11],
      promptEmbeds: await embed(checkpoint),
      freeU: FREE_U,
      capture: { keysValues: true, attention: true },
      signal,
    });

  /** A forked forward with the keys and values of sample 0 of a plain one; beyond the paper, beside its own. */
  const pair = async (checkpoint: Checkpoint, isBeyond = false) => {
    const { denoiser } = checkpoint;
    const samples = latent(1, denoiser.latentChannels, SIDE);
    const promptEmbeds = await embed(checkpoint);
    const { keysValues } = await denoiser.predict({
      samples,
      timesteps: [311],
      promptEmbeds,
      freeU: FREE_U,
      capture: { keysValues: true },
      signal,
    });
    return denoiser.predictPair({
      samples: cpuTensor(noise(await samples.read().then((x) => x.length), 9), samples.shape),
      timestep: 311,
      promptEmbeds,
      freeU: FREE_U,
      layers: (keysValues?.layers ?? []).map((source) => {
        const bias = new Float32Array(source.key.shape[1] ?? 0).fill(0.7, 5);
        return { source: isBeyond ? { ...source, bias } : source, contrast: 1.67 };
      }),
      clip: true,
      renormalize: isBeyond,
      besideOwn: isBeyond,
      signal,
    });
  };

  const compare = async (found: Tensor, expected: Tensor): Promise<void> => {
    expect(found.place).to.equal('gpu');
    expect(found.shape).to.deep.equal(expected.shape);
    const error = relativeError(await found.read(), await expected.read());
    expect(error).to.be.at.most(1e-4);
  };

  it('predicts the noise, keys, values and attention that WASM predicts', async function () {
    this.timeout(120_000);
    const { latentChannels } = onCpu.denoiser;
    const samples = latent(2, latentChannels, SIDE);
    const expected = await forward(onCpu, samples);
    const found = await forward(
      onGpu,
      createGpuOps(context).upload(await samples.read(), samples.shape),
    );
    await compare(found.noisePred, expected.noisePred);
    for (const [i, layer] of (expected.keysValues?.layers ?? []).entries()) {
      const own = found.keysValues?.layers[i];
      if (own === undefined) throw new Error(`Layer ${String(i)} was not captured.`);
      await compare(own.key, layer.key);
      await compare(own.value, layer.value);
    }
    if (found.attention === undefined || expected.attention === undefined) {
      throw new Error('Attention was not captured.');
    }
    await compare(found.attention.selfQuery, expected.attention.selfQuery);
    await compare(found.attention.textMap, expected.attention.textMap);
  });

  it('forks into the self and cross passes that WASM computes', async function () {
    this.timeout(120_000);
    const [expected, found] = [await pair(onCpu), await pair(onGpu)];
    await compare(found.self, expected.self);
    await compare(found.cross, expected.cross);
    expect(relativeError(await found.self.read(), await found.cross.read())).to.be.above(1e-2);
    const [wanted, beyond] = [await pair(onCpu, true), await pair(onGpu, true)];
    await compare(beyond.cross, wanted.cross);
    expect(relativeError(await beyond.cross.read(), await found.cross.read())).to.be.above(1e-3);
  });

  it('runs forwards and latent operations without reading anything back', async function () {
    this.timeout(120_000);
    const ops = createGpuOps(context);
    const { denoiser } = onGpu;
    const shape = [1, denoiser.latentChannels, SIDE, SIDE];
    const promptEmbeds = await embed(onGpu);
    let samples = ops.gaussian(42n, 0, shape);
    const read = ops.bytesRead();
    for (let pass = 0; pass < 2; pass++) {
      const { noisePred } = await denoiser.predict({
        samples,
        timesteps: [400 - pass],
        promptEmbeds,
        freeU: FREE_U,
        signal,
      });
      const next = ops.reverseStep(samples, noisePred, undefined, { A: 1.02, B: -0.05, sigma: 0 });
      samples.dispose();
      noisePred.dispose();
      samples = next;
    }
    expect(ops.bytesRead()).to.equal(read);
    expect((await samples.read()).every(Number.isFinite)).to.equal(true);
    expect(ops.bytesRead()).to.equal(read + samples.byteLength);
  });

  it('where half precision is tried, gives what full precision gives: on a device without it by going back', async () => {
    const tried = await load(true);
    const samples = latent(2, onGpu.denoiser.latentChannels, SIDE);
    const [found, expected] = [await forward(tried, samples), await forward(onGpu, samples)];
    const error = relativeError(await found.noisePred.read(), await expected.noisePred.read());
    expect(error).to.be.at.most(context.device.features.has('shader-f16') ? 1e-2 : 1e-5);
    tried.dispose();
  }).timeout(120_000);
});
