import ddpmInversion from '../../nodes/inversion/ddpm-inversion.js';
import referenceBranch from '../../nodes/inversion/reference-branch.js';
import vaeEncode from '../../nodes/latent/vae-encode.js';
import { pictureToPixels } from '../../src/diffusion/image-processor.js';
import type { Inversion, Latent, Model, Reference } from '../../src/diffusion/sockets.js';
import type { Conditioning } from '../../src/diffusion/ports.js';
import { samplePicture, type AnalyticServices } from './analytic-services.js';
import { listen } from './execute-node.js';

/** A loaded model, an encoded prompt and an inverted picture with its branch, made by the nodes themselves. */
export interface ZoneParts {
  readonly model: Model;
  readonly positive: Conditioning;
  readonly latent: Latent;
  readonly inversion: Inversion;
  readonly reference: Reference;
}

/** Ten steps, three of them skipped: seven passes. */
export const SEVEN_PASSES = { steps: 10, skip_steps: 3 };

/** Makes {@link ZoneParts} of a picture. */
export async function createZoneParts(
  services: AnalyticServices,
  {
    picture = 'structure',
    cfg = 1,
    source = 'inverted',
  }: {
    readonly picture?: string;
    readonly cfg?: number;
    readonly source?: 'inverted' | 'replay';
  } = {},
): Promise<ZoneParts> {
  const { context } = listen(services);
  const checkpoint = await services.models.load('analytic', context.signal, context.progress);
  const model: Model = { denoiser: checkpoint.denoiser, freeU: undefined, checkpoint };
  const encode = (text: string) =>
    checkpoint.textEncoder.encode(text, context.signal, context.warn);
  const positive = await encode('a photo of an animal');
  const { LATENT: latent } = await vaeEncode.execute(
    {
      pixels: { pixels: pictureToPixels(samplePicture(picture)) },
      vae: { vae: checkpoint.vae, checkpoint },
      width: 0,
      height: 0,
    },
    context,
  );
  const { INVERSION: inversion } = await ddpmInversion.execute(
    {
      model,
      positive,
      negative: await encode(''),
      samples: latent,
      ...SEVEN_PASSES,
      cfg,
      seed: 42,
      noise_stream: 1,
    },
    context,
  );
  const { REFERENCE: reference } = await referenceBranch.execute(
    { model, positive, inversion, source },
    context,
  );
  return { model, positive, latent, inversion, reference };
}
