import assert from 'node:assert/strict';
import { cp, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AppError } from '../../../src/core/errors.js';
import type { Checkpoint, DenoiserPairResult } from '../../../src/diffusion/ports.js';
import {
  fingerprintCheckpoint,
  loadCheckpoint,
} from '../../../src/runtime/node/load-checkpoint.js';
import { cpuTensor, type Tensor } from '../../../src/tensor/tensor.js';
import { relativeError } from './goldens.js';

const CREATURES = join(import.meta.dirname, '../../../public/models/creatures');
const { signal } = new AbortController();
const freeU = { b1: 1.2, b2: 1.4, s1: 0.9, s2: 0.2 };

function latents(batch: number, channels: number, height: number, width: number): Tensor {
  const values = Float32Array.from(
    { length: batch * channels * height * width },
    (_unused, i) => 1.3 * Math.sin(i * 12.9898),
  );
  return cpuTensor(values, [batch, channels, height, width]);
}

function notWarned(message: string): never {
  throw new Error(`Nobody should be warned: ${message}`);
}

async function swappedPair(
  { denoiser, textEncoder }: Checkpoint,
  [height, width]: readonly [number, number],
  apart = false,
): Promise<DenoiserPairResult> {
  const { promptEmbeds } = await textEncoder.encode('a photo of a giraffe', signal, notWarned);
  const { latentChannels } = denoiser;
  const common = { promptEmbeds, freeU, signal };
  const { keysValues } = await denoiser.predict({
    ...common,
    samples: latents(1, latentChannels, height, width),
    timesteps: [400],
    capture: { keysValues: true },
  });
  assert(keysValues !== undefined);
  const other = await latents(2, latentChannels, height, width).read();
  return denoiser.predictPair({
    ...common,
    samples: cpuTensor(other.slice(other.length / 2), [1, latentChannels, height, width]),
    timestep: 400,
    clip: true,
    apart,
    layers: keysValues.layers.map((source) => ({ source, contrast: 1.67 })),
  });
}

/** A pair in which every query reads `shares` of a source and of another one under it, or of its own. */
async function partedPair(
  { denoiser, textEncoder }: Checkpoint,
  shares: readonly [share: number, underShare: number],
  hasUnder: boolean,
): Promise<DenoiserPairResult> {
  const { promptEmbeds } = await textEncoder.encode('a photo of a giraffe', signal, notWarned);
  const { latentChannels, mixedLayers } = denoiser;
  const common = { promptEmbeds, freeU, signal };
  const forward = async (timestep: number) => {
    const { keysValues } = await denoiser.predict({
      ...common,
      samples: latents(1, latentChannels, 16, 16),
      timesteps: [timestep],
      capture: { keysValues: true },
    });
    assert(keysValues !== undefined);
    return keysValues.layers;
  };
  const [top, below] = [await forward(400), await forward(700)];
  const other = await latents(2, latentChannels, 16, 16).read();
  const constant = (value: number, downscale: number) => {
    const tokens = (16 / downscale) ** 2;
    return cpuTensor(new Float32Array(tokens).fill(value), [1, tokens, 1]);
  };
  return denoiser.predictPair({
    ...common,
    samples: cpuTensor(other.slice(other.length / 2), [1, latentChannels, 16, 16]),
    timestep: 400,
    clip: true,
    layers: mixedLayers.map(({ downscale }, j) => ({
      source: top[j],
      contrast: 1.67,
      region: {
        share: constant(shares[0], downscale),
        underShare: constant(shares[1], downscale),
        under: hasUnder ? below[j] : undefined,
      },
    })),
  });
}

async function refusal(work: Promise<unknown>): Promise<AppError['details']> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(error instanceof AppError, String(error));
  return error.details;
}

void describe('the embedded model in Node', () => {
  let checkpoint: Checkpoint;
  before(async () => {
    checkpoint = await loadCheckpoint(CREATURES, { threads: 1 });
  });
  after(() => {
    checkpoint.dispose();
  });

  void it('gives the same bytes twice, and within 1e-4 the same on WASM', async () => {
    const first = await swappedPair(checkpoint, [16, 16]);
    const second = await swappedPair(checkpoint, [16, 16]);
    assert.deepEqual(await second.cross.read(), await first.cross.read());
    const wasm = await loadCheckpoint(CREATURES, { ep: 'wasm', threads: 1 });
    const onWasm = await swappedPair(wasm, [16, 16]);
    for (const pass of ['self', 'cross'] as const) {
      const error = relativeError(await onWasm[pass].read(), await first[pass].read());
      assert.ok(error < 1e-4, `${pass}: ${error.toExponential(1)}`);
    }
    assert.equal(wasm.denoiser.id, checkpoint.denoiser.id);
    wasm.dispose();
  });

  void it('predicts latents of a batch as it predicts them one by one, at other sizes too', async () => {
    const { denoiser, textEncoder } = checkpoint;
    const { promptEmbeds } = await textEncoder.encode('a photo of a cow', signal, notWarned);
    const { latentChannels } = denoiser;
    const [height, width] = [24, 8];
    const size = latentChannels * height * width;
    const samples = latents(3, latentChannels, height, width);
    const timesteps = [11, 400, 671];
    const common = { promptEmbeds, freeU, signal };
    const together = await denoiser.predict({ ...common, samples, timesteps });
    const batch = await together.noisePred.read();
    for (const [row, timestep] of timesteps.entries()) {
      const one = (await samples.read()).slice(row * size, (row + 1) * size);
      const alone = await denoiser.predict({
        ...common,
        samples: cpuTensor(one, [1, latentChannels, height, width]),
        timesteps: [timestep],
      });
      const found = await alone.noisePred.read();
      assert.ok(relativeError(found, batch.slice(row * size, (row + 1) * size)) < 1e-5);
    }
  });

  void it('forks into the plain forward and one that foreign keys and values change', async () => {
    const { denoiser, textEncoder } = checkpoint;
    const { self, cross } = await swappedPair(checkpoint, [16, 24]);
    const { promptEmbeds } = await textEncoder.encode('a photo of a giraffe', signal, notWarned);
    const other = await latents(2, denoiser.latentChannels, 16, 24).read();
    const { noisePred } = await denoiser.predict({
      samples: cpuTensor(other.slice(other.length / 2), [1, denoiser.latentChannels, 16, 24]),
      timesteps: [400],
      promptEmbeds,
      freeU,
      signal,
    });
    const plain = await noisePred.read();
    assert.ok(relativeError(await self.read(), plain) < 1e-5);
    assert.ok(relativeError(await cross.read(), plain) > 1e-2);
  });

  void it('computes the two of a pair one after the other where it is asked to, and they are the same', async () => {
    const both = await swappedPair(checkpoint, [16, 16]);
    const before = checkpoint.denoiser.work();
    const apart = await swappedPair(checkpoint, [16, 16], true);
    const { sampleForwards, pairs } = checkpoint.denoiser.work();
    // One forward gives the keys and values.
    assert.deepEqual([sampleForwards - before.sampleForwards, pairs - before.pairs], [3, 0]);
    for (const pass of ['self', 'cross'] as const) {
      const error = relativeError(await apart[pass].read(), await both[pass].read());
      assert.ok(error < 1e-5, `${pass}: ${error.toExponential(1)}`);
    }
  });

  void it('parts a pair among its source, the one under it and its own by the place of the query', async () => {
    const whole = await (await swappedPair(checkpoint, [16, 16])).cross.read();
    const part = async (shares: readonly [number, number], hasUnder: boolean) => {
      const { self, cross } = await partedPair(checkpoint, shares, hasUnder);
      return { self: await self.read(), cross: await cross.read() };
    };
    assert.ok(relativeError((await part([1, 0], true)).cross, whole) < 1e-4);
    const own = await part([0, 0], false);
    assert.ok(relativeError(own.cross, own.self) < 1e-4);
    const under = (await part([0, 1], true)).cross;
    const half = (await part([0.5, 0.5], true)).cross;
    for (const other of [whole, own.self]) {
      assert.ok(relativeError(under, other) > 1e-2);
      assert.ok(relativeError(half, other) > 1e-3);
    }
  });

  void it('counts what it computes', async () => {
    const before = checkpoint.denoiser.work();
    await swappedPair(checkpoint, [16, 16]);
    const { sampleForwards, pairs } = checkpoint.denoiser.work();
    assert.deepEqual([sampleForwards - before.sampleForwards, pairs - before.pairs], [2, 1]);
  });

  void it('tells which tokens the words of a prompt became, and what it had to leave out', async () => {
    const told: string[] = [];
    const long = 'A photo of a giraffe, on grass and a cow and a dog';
    const conditioning = await checkpoint.textEncoder.encode(long, signal, (m) => told.push(m));
    assert.deepEqual(conditioning.promptEmbeds.shape, [1, 12, 64]);
    const giraffe = conditioning.words.find(({ text }) => text === 'giraffe');
    assert.deepEqual(giraffe, { text: 'giraffe', tokens: [5] });
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /and a dog”/);
  });

  void it('refuses latents, prompts and keys that do not belong to it', async () => {
    const { denoiser } = checkpoint;
    const promptEmbeds = cpuTensor(new Float32Array(12 * 64), [1, 12, 64]);
    const ask = (samples: Tensor, prompt: Tensor) =>
      denoiser.predict({ samples, timesteps: [1], promptEmbeds: prompt, freeU, signal });
    const fitting = latents(1, 16, 16, 16);
    const wide = cpuTensor(new Float32Array(12 * 768), [1, 12, 768]);
    for (const [work, input] of [
      [ask(latents(1, 4, 16, 16), promptEmbeds), 'samples'],
      [ask(latents(1, 16, 15, 16), promptEmbeds), 'samples'],
      [ask(fitting, wide), 'promptEmbeds'],
    ] as const) {
      const details = await refusal(work);
      assert.ok(details.code === 'input/invalid' && details.input === input);
    }
  });

  void it('stops before a forward that nobody waits for', async () => {
    const controller = new AbortController();
    controller.abort();
    const { sampleForwards } = checkpoint.denoiser.work();
    const samples = latents(1, 16, 16, 16);
    const promptEmbeds = cpuTensor(new Float32Array(12 * 64), [1, 12, 64]);
    const asked = { samples, timesteps: [1], promptEmbeds, freeU, signal: controller.signal };
    await assert.rejects(checkpoint.denoiser.predict(asked), { name: 'AbortError' });
    assert.equal(checkpoint.denoiser.work().sampleForwards, sampleForwards);
  });
});

void describe('loading a model pack', () => {
  let copy: string;
  before(async () => {
    copy = await mkdtemp(join(tmpdir(), 'pack-'));
  });
  after(async () => {
    await rm(copy, { recursive: true });
  });

  const fresh = async (): Promise<string> => {
    await rm(copy, { recursive: true });
    await cp(CREATURES, copy, { recursive: true });
    return copy;
  };
  const weights = 'unet/diffusion_pytorch_model.safetensors';

  void it('names a pack by its bytes, wherever it lies', async () => {
    const directory = await fresh();
    const original = await fingerprintCheckpoint(CREATURES);
    assert.equal(await fingerprintCheckpoint(directory), original);
    const file = await open(join(directory, weights), 'r+');
    await file.write(Uint8Array.of(1), 0, 1, (await file.stat()).size - 1);
    await file.close();
    assert.notEqual(await fingerprintCheckpoint(directory), original);
  });

  void it('refuses a truncated file, naming it', async () => {
    const directory = await fresh();
    await truncate(join(directory, weights), 100_000);
    const details = await refusal(loadCheckpoint(directory));
    assert.ok(details.code === 'model/invalid' && details.file === weights);
    assert.match(details.reason, /download it again/);
  });

  void it('refuses weights that another configuration belongs to, naming tensor and file', async () => {
    const directory = await fresh();
    const path = join(directory, 'unet/config.json');
    const config = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    await writeFile(path, JSON.stringify({ ...config, cross_attention_dim: 128 }));
    const details = await refusal(loadCheckpoint(directory));
    assert.ok(details.code === 'model/invalid' && details.file === weights);
    assert.match(details.tensor ?? '', /attn2\.to_k\.weight$/);
  });

  void it('says which file is missing', async () => {
    const directory = await fresh();
    await rm(join(directory, weights));
    const details = await refusal(loadCheckpoint(directory));
    assert.ok(details.code === 'model/missing');
    assert.match(details.reason, /unet\/diffusion_pytorch_model\.safetensors/);
  });

  void it('refuses networks that predict neither noise nor v', async () => {
    const directory = await fresh();
    const path = join(directory, 'scheduler/scheduler_config.json');
    const config = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    await writeFile(path, JSON.stringify({ ...config, prediction_type: 'sample' }));
    assert.equal((await refusal(loadCheckpoint(directory))).code, 'model/unsupported');
  });

  void it('refuses a configuration that is no JSON', async () => {
    const directory = await fresh();
    await writeFile(join(directory, 'vae/config.json'), '{');
    const details = await refusal(loadCheckpoint(directory));
    assert.ok(details.code === 'model/invalid' && details.file === 'vae/config.json');
  });
});
