import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { cpuOps } from '../../../src/diffusion/cpu-ops.js';
import { pictureToPixels, pixelsToPicture } from '../../../src/diffusion/image-processor.js';
import { loadCheckpoint } from '../../../src/runtime/node/load-checkpoint.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { decodePicture } from '../../../tools/cli/headless/picture-file.js';

const PUBLIC = join(import.meta.dirname, '../../../public');
const { signal } = new AbortController();

describe('the preview of a latent', () => {
  it('is nearly what the autoencoder decodes, of the same size, without its decoder', async () => {
    const { vae, ...checkpoint } = await loadCheckpoint(join(PUBLIC, 'models/creatures'));
    const pixels = pictureToPixels(
      decodePicture('giraffe.png', await readFile(join(PUBLIC, 'samples/giraffe.png'))),
    );
    const latent = await vae.encode(cpuOps.affine(pixels, 2, -1), signal);
    const decoded = cpuOps.affine(await vae.decode(latent, signal), 0.5, 0.5);
    const [shown, exact] = [await vae.format.preview(latent), await pixelsToPicture(decoded)];
    assert.deepEqual([shown.width, shown.height], [exact.width, exact.height]);
    const error = shown.data.reduce(
      (sum, value, i) => sum + (value - (exact.data[i] ?? 0)) ** 2,
      0,
    );
    const psnr = 10 * Math.log10(255 ** 2 / (error / (0.75 * shown.data.length)));
    assert.ok(psnr > 22, `${String(psnr)} dB`);
    checkpoint.dispose();
  });

  it('is as high and wide as the latent has cells where these are many', async () => {
    const { vae, ...checkpoint } = await loadCheckpoint(join(PUBLIC, 'models/creatures'));
    const sizes = await Promise.all(
      [
        [16, 8],
        [32, 24],
        [100, 3],
      ].map(async ([height = 0, width = 0]) => {
        const latent = cpuTensor(new Float32Array(16 * height * width), [1, 16, height, width]);
        const picture = await vae.format.preview(latent);
        return [picture.height, picture.width];
      }),
    );
    assert.deepEqual(sizes, [
      [128, 64],
      [128, 96],
      [100, 3],
    ]);
    checkpoint.dispose();
  });
});
