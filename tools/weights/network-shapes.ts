import { asObject } from '../../src/runtime/checkpoint/open-tokenizer.js';
import { autoencoderKl } from '../../src/runtime/models/autoencoder-kl.js';
import { buildClipText, parseClipTextConfig } from '../../src/runtime/models/clip-text-model.js';
import { portableProfile } from '../../src/runtime/models/portable-profile.js';
import { parseUnetConfig } from '../../src/runtime/models/unet-config.js';
import { buildUnet } from '../../src/runtime/models/unet2d-condition.js';
import type { WeightSource } from '../../src/runtime/models/weights.js';

/** Shapes of a network's weights by diffusers key. */
export type Shapes = ReadonlyMap<string, readonly number[]>;

/** Shapes of the weights that the builders of Crossweave ask for, by folder of the diffusers layout. */
export function networkShapes(configs: {
  readonly unet: unknown;
  readonly vae: unknown;
  readonly text_encoder: unknown;
}): Readonly<Record<'unet' | 'vae' | 'text_encoder', Shapes>> {
  const unet = collector();
  buildUnet(parseUnetConfig('unet/config.json', configs.unet), () => unet.source, portableProfile);
  const vae = collector();
  const file = 'vae/config.json';
  const config = asObject(configs.vae, file);
  const graphs = autoencoderKl(file, config, () => vae.source, portableProfile);
  graphs.buildEncoder();
  graphs.buildDecoder();
  const text = collector();
  const clip = parseClipTextConfig('text_encoder/config.json', configs.text_encoder);
  buildClipText(clip, text.source, portableProfile);
  return { unet: unet.shapes, vae: vae.shapes, text_encoder: text.shapes };
}

/** Has every tensor that must be there, and notes its shape in the file: the last of those it may have. */
function collector(): {
  readonly source: WeightSource;
  readonly shapes: Map<string, readonly number[]>;
} {
  const shapes = new Map<string, readonly number[]>();
  const source: WeightSource = {
    has: () => false,
    files: () => [],
    value: (_graph, name, dims, { stored }) => {
      shapes.set(name, stored?.[0] ?? dims);
      return name;
    },
  };
  return { source, shapes };
}
