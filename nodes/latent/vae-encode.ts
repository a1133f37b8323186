import { bytesKey, contentKey } from '../../src/core/engine/content-key.js';
import { forecastKey } from '../../src/core/forecast/forecast-key.js';
import { AppError } from '../../src/core/errors.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { prepareImage } from '../../src/diffusion/image-processor.js';
import { floatBytes, multiplyAdds, weightsInUse } from '../../src/diffusion/forecast-facts.js';
import { tensorForecast } from '../../src/diffusion/forecast-values.js';

/** Stable Diffusion's U-Net halves the latent three times, so pictures come in steps of 8 * 8 pixels. */
const SIZE_STEP = 64;

const side = { type: 'INT', default: 0, min: 0, max: 2048, step: SIZE_STEP } as const;

export default defineNode({
  type: 'VAEEncode',
  version: 1,
  displayName: 'VAE Encode',
  category: 'latent',
  description: [
    'Turns a picture into latents: the mode of the posterior, scaled, without sampling (method, section 5).',
    '',
    'The picture is first cropped about its centre to the aspect of *width* by *height* and resized with an antialiased bicubic filter, as the reference code does. The node shows what the model sees.',
  ].join('\n'),
  equation: 'w = s · mode(E(y)),  s = 0.18215 in SD 1.5',
  source: 'Rombach et al., latent diffusion; method, section 5',
  searchAliases: ['image to latent', 'encode', 'resize', 'crop'],
  example: 'reconstruction',
  inputs: {
    pixels: { type: 'IMAGE', tooltip: 'The picture, of any size.' },
    vae: { type: 'VAE', tooltip: 'The autoencoder of the checkpoint.' },
    width: {
      ...side,
      unit: 'px',
      tooltip: 'Width in pixels, a multiple of 64; 0 takes the size the checkpoint was made for.',
    },
    height: {
      ...side,
      unit: 'px',
      tooltip: 'Height in pixels, a multiple of 64; 0 takes the size the checkpoint was made for.',
    },
  },
  outputs: {
    LATENT: { type: 'LATENT', shape: '1×4×H/8×W/8', tooltip: 'The latents of the picture.' },
  },
  forecast({ pixels, vae, width, height }, { work, scratch }) {
    const { name, nativeSize, downscale, latentChannels, encoderWork, widestChannels } = vae.about;
    const across = checkedSide('width', width) || nativeSize;
    const down = checkedSide('height', height) || nativeSize;
    const size = { height: down, width: across, textTokens: 0 };
    const map = floatBytes([1, widestChannels, down, across]);
    scratch(4 * map + 3 * pixels.byteLength, map);
    work({
      unit: 'vae-encode',
      model: name,
      samples: 1,
      equivalents: 1,
      multiplyAdds: multiplyAdds(encoderWork, size),
      weights: weightsInUse(`vae ${name}`, vae.about),
    });
    const shape = [1, latentChannels, down / downscale, across / downscale];
    const key = forecastKey([name, shape, pixels.about.key]);
    return { LATENT: tensorForecast(shape, { key }) };
  },
  async execute({ pixels, vae, width, height }, { services, signal, show, warn }) {
    const { format, id } = vae.vae;
    const across = checkedSide('width', width) || format.nativeSize;
    const down = checkedSide('height', height) || format.nativeSize;
    const [, , rows = 0, columns = 0] = pixels.pixels.shape;
    if (rows < down || columns < across) {
      warn(
        `The picture has ${String(columns)} x ${String(rows)} pixels and was enlarged to ${String(across)} x ${String(down)}; a larger one gives more detail.`,
      );
    }
    const prepared = await prepareImage(pixels.pixels, across, down);
    signal.throwIfAborted();
    show('pixels', prepared.picture);
    const input = services.ops.upload(prepared.values, [1, 3, down, across]);
    try {
      return {
        LATENT: {
          samples: await vae.vae.encode(input, signal),
          key: contentKey([id, down, across, bytesKey(prepared.picture.data)]),
          format,
        },
      };
    } finally {
      input.dispose();
    }
  },
});

function checkedSide(input: 'width' | 'height', value: number): number {
  if (value % SIZE_STEP === 0) return value;
  const nearest = Math.max(SIZE_STEP, Math.round(value / SIZE_STEP) * SIZE_STEP);
  throw new AppError({
    code: 'input/invalid',
    input,
    reason: `a ${input} of ${String(value)} pixels is not a multiple of ${String(SIZE_STEP)}`,
    remedy: `Use ${String(nearest)}, or 0 for the checkpoint's own size.`,
  });
}
