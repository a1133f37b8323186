import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memorySource } from '../../../../src/runtime/byte-source.js';
import { renamedVae, splitOriginal } from '../../../../src/runtime/checkpoint/original-layout.js';
import {
  inferClipConfig,
  inferUnetConfig,
  inferVaeConfig,
} from '../../../../src/runtime/checkpoint/infer-configs.js';
import type { PlacedTensor, WeightTable } from '../../../../src/runtime/weight-table.js';
import { networkShapes } from '../../../../tools/weights/network-shapes.js';
import {
  clipKeys,
  originalUnetKeys,
  originalVaeKeys,
} from '../../../../tools/weights/original-keys.js';
import { STABLE_DIFFUSION_15 } from '../../../../tools/weights/stable-diffusion.js';

const source = memorySource('v1-5-pruned.safetensors', new Uint8Array(0));

function table(keys: readonly string[]): WeightTable {
  const tensors = new Map<string, PlacedTensor>();
  for (const key of keys) {
    const entry = { dtype: 'F32', shape: [], offset: 0, byteLength: 0 } as const;
    tensors.set(key, { source, key, entry });
  }
  return { name: source.name, tensors };
}

const { block_out_channels: unetWidths } = STABLE_DIFFUSION_15.unet;
const published = {
  unet: originalUnetKeys(unetWidths, { layers: 2, attention: [true, true, true, false] }),
  vae: originalVaeKeys(STABLE_DIFFUSION_15.vae.block_out_channels, 2),
  text: clipKeys(12),
};
const everyKey = [
  ...published.unet.map((key) => `model.diffusion_model.${key}`),
  ...published.vae.map((key) => `first_stage_model.${key}`),
  ...published.text.map((key) => `cond_stage_model.transformer.${key}`),
];

void describe('the published layout of Stable Diffusion 1.5', () => {
  const shapes = networkShapes(STABLE_DIFFUSION_15);

  void it('has the published numbers of tensors', () => {
    assert.deepEqual(
      [published.unet.length, published.vae.length, published.text.length],
      [686, 248, 197],
    );
  });

  void it('gives every key its place in diffusers: none left over, none missing, none twice', () => {
    const { unet, vae, text, leftOver } = splitOriginal(table(everyKey), false);
    assert.deepEqual(leftOver, []);
    for (const [found, wanted] of [
      [unet, shapes.unet],
      [vae, shapes.vae],
      [text, shapes.text_encoder],
    ] as const) {
      assert.deepEqual([...(found?.tensors.keys() ?? [])].sort(), [...wanted.keys()].sort());
    }
    assert.deepEqual([unet?.tensors.size, vae?.tensors.size, text?.tensors.size], [686, 248, 196]);
  });

  const averages = published.unet.map(
    (key) => `model_ema.diffusion_model${key.replaceAll('.', '')}`,
  );
  /** What published files have besides: the noise schedule, the averages' counters, index buffers. */
  const besides = [
    'alphas_cumprod',
    'betas',
    'posterior_variance',
    'model_ema.decay',
    'model_ema.num_updates',
    'cond_stage_model.transformer.text_model.embeddings.position_ids',
  ];

  void it('takes every averaged (EMA) weight of the U-Net when asked to, and only then', () => {
    const whole = table([...everyKey, ...averages, ...besides]);
    for (const isAveraged of [true, false]) {
      const { unet, vae, text, leftOver } = splitOriginal(whole, isAveraged);
      assert.deepEqual(leftOver, []);
      assert.deepEqual(
        [unet?.tensors.size, vae?.tensors.size, text?.tensors.size],
        [686, 248, 196],
      );
      const keys = [...(unet?.tensors.values() ?? [])].map(({ key }) => key);
      assert.deepEqual(keys.sort(), (isAveraged ? averages : everyKey.slice(0, 686)).toSorted());
    }
  });

  void it('tells which networks are missing, and reads an autoencoder alone', () => {
    const bare = everyKey.filter((key) => !key.startsWith('first_stage_model.'));
    const { vae, unet } = splitOriginal(table(bare), false);
    assert.deepEqual([vae, unet?.tensors.size], [undefined, 686]);
    const leftOver: string[] = [];
    const alone = renamedVae(table([...published.vae, 'loss.logvar']).tensors, leftOver);
    assert.deepEqual([...alone.keys()].sort(), [...shapes.vae.keys()].sort());
    assert.deepEqual(leftOver, []);
  });

  void it('tells the published configs from shapes alone', () => {
    const shaped = (wanted: ReadonlyMap<string, readonly number[]>): WeightTable => {
      const tensors = new Map<string, PlacedTensor>();
      for (const [key, shape] of wanted) {
        tensors.set(key, { source, key, entry: { dtype: 'F32', shape, offset: 0, byteLength: 0 } });
      }
      return { name: 'shapes', tensors };
    };
    for (const [found, wanted] of [
      [inferUnetConfig(shaped(shapes.unet)), STABLE_DIFFUSION_15.unet],
      [inferVaeConfig(shaped(shapes.vae)), STABLE_DIFFUSION_15.vae],
      [inferClipConfig(shaped(shapes.text_encoder)), STABLE_DIFFUSION_15.text_encoder],
    ] as const) {
      for (const [name, value] of Object.entries(wanted)) {
        if (name in found) assert.deepEqual(found[name], value, name);
      }
    }
  });

  void it('gives the keys without text_model their place as well', () => {
    const bare = published.text.map((key) => `cond_stage_model.transformer.${key.slice(11)}`);
    const { text } = splitOriginal(table(bare), false);
    assert.deepEqual(
      [...(text?.tensors.keys() ?? [])].sort(),
      [...shapes.text_encoder.keys()].sort(),
    );
  });
});
