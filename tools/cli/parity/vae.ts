import type { Checkpoint } from '../../../src/diffusion/ports.js';
import { cpuTensor, type Tensor } from '../../../src/tensor/tensor.js';
import { openGolden } from './golden-file.js';
import { relativeRow, type Row } from './row.js';

/** 8-bit RGB `[height, width, 3]` to the autoencoder's `[1, 3, height, width]` in -1..1. */
export function pixelsOf(rgb: Uint8Array, shape: readonly number[]): Tensor {
  const [height = 0, width = 0] = shape;
  const area = height * width;
  const pixels = Float32Array.from(
    { length: 3 * area },
    (_unused, i) => (rgb[(i % area) * 3 + Math.floor(i / area)] ?? 0) / 127.5 - 1,
  );
  return cpuTensor(pixels, [1, 3, height, width]);
}

/** Every `stride`-th row and column of `[1, channels, height, width]`. */
async function thinned(x: Tensor, stride: number): Promise<Float32Array> {
  const [, channels = 0, height = 0, width = 0] = x.shape;
  const values = await x.read();
  const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  return Float32Array.from({ length: channels * rows * columns }, (_unused, i) => {
    const plane = Math.floor(i / (rows * columns));
    const row = Math.floor(i / columns) % rows;
    return values[(plane * height + row * stride) * width + (i % columns) * stride] ?? 0;
  });
}

/** `vae`: the scaled mode of a picture, and two decoded latents. */
export async function vaeRows(
  directory: string,
  { vae }: Checkpoint,
): Promise<readonly Row[] | undefined> {
  const golden = await openGolden(directory, 'vae');
  if (!golden) return undefined;
  const signal = new AbortController().signal;
  const pixels = pixelsOf(golden.u8('image_u8'), golden.shape('image_u8'));
  const encoded = await vae.encode(pixels, signal);
  const latent = cpuTensor(golden.f32('w0'), golden.shape('w0'));
  const decoded = await vae.decode(latent, signal);
  const second = cpuTensor(golden.f32('latent2'), golden.shape('latent2'));
  const decodedSecond = await vae.decode(second, signal);
  const stride = (decodedSecond.shape[2] ?? 0) / (golden.shape('decoded2')[2] ?? 1);
  return [
    relativeRow('encode, scaled mode', await encoded.read(), golden.f32('w0'), 2e-5),
    relativeRow('decode', await decoded.read(), golden.f32('decoded'), 2e-5),
    relativeRow(
      'decode, second latent',
      await thinned(decodedSecond, stride),
      golden.f32('decoded2'),
      2e-5,
    ),
  ];
}
