import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { join } from 'node:path';
import type { Checkpoint, FreeU, KeysValues } from '../../../src/diffusion/ports.js';
import { loadCheckpoint } from '../../../src/runtime/node/load-checkpoint.js';
import { cpuTensor, type Tensor } from '../../../src/tensor/tensor.js';
import { floats, GOLDENS, readGolden, relativeError } from './goldens.js';

const { signal } = new AbortController();
const freeU: FreeU = { b1: 1.2, b2: 1.4, s1: 0.9, s2: 0.2 };

for (const ep of ['cpu', 'wasm'] as const) {
  void describe(`the networks against the reference program, on ${ep}`, () => {
    let checkpoint: Checkpoint;

    before(async () => {
      checkpoint = await loadCheckpoint(join(GOLDENS, 'model/diffusers'), { ep, threads: 1 });
    });
    after(() => {
      checkpoint.dispose();
    });

    const forward = readGoldenLazily('unet_forward');
    const row = (name: string, index: number): Tensor => {
      const { shape, data } = forward(name);
      const size = data.length / (shape[0] ?? 1);
      const part = floats({ shape, data }).slice(index * size, (index + 1) * size);
      return cpuTensor(part, [1, ...shape.slice(1)]);
    };
    const whole = (name: string): Tensor => cpuTensor(floats(forward(name)), forward(name).shape);

    void it('predicts the noise of a batch with a timestep and a prompt for each latent', async () => {
      for (const [name, setting] of [
        ['plain_tvec/eps', undefined],
        ['freeu_tvec/eps', freeU],
      ] as const) {
        const result = await checkpoint.denoiser.predict({
          samples: whole('sample'),
          timesteps: [671, 671, 211],
          promptEmbeds: whole('text'),
          freeU: setting,
          signal,
        });
        assertClose(await result.noisePred.read(), floats(forward(name)), name);
      }
    });

    void it('gives out the keys, values and queries of its mixed layers', async () => {
      const { keysValues, attention, queries } = await checkpoint.denoiser.predict({
        samples: whole('sample'),
        timesteps: [471, 471, 471],
        promptEmbeds: whole('text'),
        freeU,
        capture: { keysValues: true, attention: true, queries: true },
        signal,
      });
      assert(keysValues !== undefined && attention !== undefined);
      assert.equal(keysValues.layers.length, 6);
      for (const [index, { key, value }] of keysValues.layers.entries()) {
        const name = `freeu_tscalar/up_blocks.${index < 3 ? '2' : '3'}.attentions.${String(index % 3)}`;
        assertClose(await key.read(), floats(forward(`${name}/K`)), `${name}/K`);
        assertClose(await value.read(), floats(forward(`${name}/V`)), `${name}/V`);
        const query = await queries?.layers[index]?.query.read();
        assertClose(query ?? new Float32Array(), floats(forward(`${name}/Q`)), `${name}/Q`);
      }
      const last = 'freeu_tscalar/up_blocks.3.attentions.2';
      assertClose(await attention.selfQuery.read(), floats(forward(`${last}/Q`)), 'query');
      assertClose(await attention.selfKey.read(), floats(forward(`${last}/K`)), 'key');
      const map = floats(forward('freeu_tscalar/cross_probs_head_mean'));
      assertClose(await attention.textMap.read(), map, 'text attention');
    });

    const capturedOf = async (index: number, setting: FreeU | undefined): Promise<KeysValues> => {
      const { keysValues } = await checkpoint.denoiser.predict({
        samples: row('sample', index),
        timesteps: [471],
        promptEmbeds: row('text', index),
        freeU: setting,
        capture: { keysValues: true },
        signal,
      });
      assert(keysValues !== undefined);
      return keysValues;
    };

    const swaps = [
      { name: 'swap_app', source: 1, contrast: 1.67 },
      { name: 'swap_struct', source: 2, contrast: 1.67 },
      { name: 'swap_app_beta1', source: 1, contrast: 1 },
      { name: 'swap_app_beta3', source: 1, contrast: 3 },
      { name: 'swap_app_only_up2', source: 1, contrast: 1.67, only: 2 },
      { name: 'swap_app_only_up3', source: 1, contrast: 1.67, only: 1 },
      { name: 'swap_app_nofreeu', source: 1, contrast: 1.67, free: true },
    ];
    for (const { name, source, contrast, only, free } of swaps) {
      void it(`forks a forward into its own and a foreign pass: ${name}`, async () => {
        const setting = free === true ? undefined : freeU;
        const { layers } = await capturedOf(source, setting);
        const { denoiser } = checkpoint;
        const { self, cross } = await denoiser.predictPair({
          samples: row('sample', 0),
          timestep: 471,
          promptEmbeds: row('text', 0),
          freeU: setting,
          clip: true,
          layers: denoiser.mixedLayers.map(({ downscale }, index) =>
            only === undefined || only === downscale
              ? { source: layers[index], contrast }
              : { source: undefined, contrast: 1 },
          ),
          signal,
        });
        assertClose(await cross.read(), floats(forward(`${name}/eps`)).subarray(0, 1024), name);
        const plain = free === true ? 'noswap_nofreeu/eps' : 'freeu_tscalar/eps';
        assertClose(await self.read(), floats(forward(plain)).subarray(0, 1024), 'own pass');
      });
    }

    void it('encodes and decodes pictures', async () => {
      const golden = readGolden('vae');
      const { data, shape } = golden('image_u8');
      const [height = 0, width = 0] = shape;
      const area = height * width;
      const pixels = new Float32Array(3 * area);
      for (let i = 0; i < 3 * area; i++) {
        pixels[(i % 3) * area + Math.floor(i / 3)] = (data[i] ?? 0) / 127.5 - 1;
      }
      const { vae } = checkpoint;
      const latent = await vae.encode(cpuTensor(pixels, [1, 3, height, width]), signal);
      assertClose(await latent.read(), floats(golden('w0')), 'latent');
      const decoded = await vae.decode(cpuTensor(floats(golden('w0')), [1, 4, 16, 16]), signal);
      assertClose(await decoded.read(), floats(golden('decoded')), 'picture');
    });

    void it('encodes token ids', async () => {
      const golden = readGolden('clip');
      const tokens = golden('tokens');
      const [prompts = 0, positions = 0] = tokens.shape;
      const states = floats(golden('last_hidden_state'));
      for (let index = 0; index < prompts; index++) {
        const ids = Array.from(tokens.data.slice(index * positions, (index + 1) * positions));
        const found = await checkpoint.textEncoder.encodeTokens(ids, signal);
        const size = states.length / prompts;
        assertClose(await found.read(), states.slice(index * size, (index + 1) * size), 'states');
      }
    });
  });
}

function readGoldenLazily(name: string): ReturnType<typeof readGolden> {
  let read: ReturnType<typeof readGolden> | undefined;
  return (array) => (read ??= readGolden(name))(array);
}

function assertClose(found: ArrayLike<number>, wanted: ArrayLike<number>, what: string): void {
  const error = relativeError(found, wanted);
  assert.ok(error <= 1e-4, `${what}: relative error ${error.toExponential(1)}`);
}
