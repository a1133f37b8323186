import { memorySource } from '../../src/runtime/byte-source.js';
import { ORIGINAL, splitOriginal } from '../../src/runtime/checkpoint/original-layout.js';
import type { PlacedTensor } from '../../src/runtime/weight-table.js';
import type { Shapes } from './network-shapes.js';
import { clipKeys, originalUnetKeys, originalVaeKeys } from './original-keys.js';
import type { TensorPlan } from './write-weights.js';

interface Widths {
  readonly unet: { readonly block_out_channels: readonly number[] };
  readonly vae: { readonly block_out_channels: readonly number[] };
  readonly text_encoder: { readonly num_hidden_layers: number };
}

/** Every tensor of a checkpoint in the original layout, with the values of its diffusers counterpart. */
export function originalPlans(
  { unet, vae, text_encoder }: Widths,
  shapes: Readonly<Record<'unet' | 'vae' | 'text_encoder', Shapes>>,
): readonly TensorPlan[] {
  const attention = [true, true, true, false];
  const keys = [
    ...originalUnetKeys(unet.block_out_channels, { layers: 2, attention }).map(
      (key) => ORIGINAL.unet + key,
    ),
    ...originalVaeKeys(vae.block_out_channels, 2).map((key) => ORIGINAL.vae + key),
    ...clipKeys(text_encoder.num_hidden_layers).map((key) => ORIGINAL.clip + key),
  ];
  const source = memorySource('plan', new Uint8Array(0));
  const tensors = new Map<string, PlacedTensor>(
    keys.map((key) => [
      key,
      { source, key, entry: { dtype: 'F32', shape: [], offset: 0, byteLength: 0 } },
    ]),
  );
  const parts = splitOriginal({ name: 'plan', tensors }, false);
  const wanted = [
    [parts.unet, shapes.unet],
    [parts.vae, shapes.vae],
    [parts.text, shapes.text_encoder],
  ] as const;
  return wanted.flatMap(([table, known]) =>
    [...(table?.tensors ?? [])].map(([name, { key }]) => {
      const shape = known.get(name);
      if (shape === undefined) throw new Error(`${name} is in no network.`);
      const isConvolution = /\.(proj_in|proj_out|q|k|v)\.weight$/.test(key) && shape.length === 2;
      return { key, drawnAs: name, shape: isConvolution ? [...shape, 1, 1] : shape };
    }),
  );
}
