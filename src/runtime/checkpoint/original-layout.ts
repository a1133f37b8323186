import type { PlacedTensor, WeightTable } from '../weight-table.js';
import { CLIP_KEYS, fromOpenClip } from './clip-keys.js';
import { renameKey } from './key-rules.js';
import { unetKeyRules, unetLayers } from './unet-keys.js';
import { vaeKeyRules, vaeLevels } from './vae-keys.js';

/** Where the parts of an original checkpoint begin. */
export const ORIGINAL = {
  unet: 'model.diffusion_model.',
  /** Averaged weights: the same keys without their dots. */
  ema: 'model_ema.',
  vae: 'first_stage_model.',
  clip: 'cond_stage_model.transformer.',
  openClip: 'cond_stage_model.model.',
} as const;

/** The networks of one original checkpoint under diffusers keys; undefined for those it does not have. */
export interface OriginalParts {
  readonly unet: WeightTable | undefined;
  readonly vae: WeightTable | undefined;
  readonly text: WeightTable | undefined;
  /** Keys that belong to a network but have no place in it. */
  readonly leftOver: readonly string[];
}

type Tensors = ReadonlyMap<string, PlacedTensor>;

/**
 * Sorts the tensors of an original checkpoint by network and gives them their diffusers names. `averaged` takes the U-Net's
 * averaged (EMA) weights where the file has them; diffusers takes the others.
 */
export function splitOriginal(file: WeightTable, averaged: boolean): OriginalParts {
  const leftOver: string[] = [];
  const unet = unetTensors(file.tensors, averaged);
  const vae = withPrefix(file.tensors, ORIGINAL.vae);
  const clip = withPrefix(file.tensors, ORIGINAL.clip);
  const openClip = withPrefix(file.tensors, ORIGINAL.openClip);
  const text = clip.size > 0 ? renamedClip(clip, leftOver) : renamedOpenClip(openClip);
  const named = (tensors: Tensors): WeightTable | undefined =>
    tensors.size === 0 ? undefined : { name: file.name, tensors };
  return {
    unet: named(renamedUnet(unet, leftOver)),
    vae: named(renamedVae(vae, leftOver)),
    text: named(text),
    leftOver,
  };
}

/** An original autoencoder's tensors, prefix taken off, under diffusers keys. */
export function renamedVae(tensors: Tensors, leftOver: string[]): Tensors {
  const rules = vaeKeyRules(vaeLevels(tensors.keys()));
  return renamed(tensors, (key) => renameKey(key, rules), leftOver, VAE_IGNORED);
}

/** Training leftovers in autoencoders: the discriminator's loss and averages of it. */
const VAE_IGNORED = /^(loss|model_ema)\./;
/** Index buffers, which a text encoder computes. */
const CLIP_IGNORED = /position_ids$|^(vision_model|visual_projection|text_projection|logit_scale)/;

function renamedUnet(tensors: Tensors, leftOver: string[]): Tensors {
  const rules = unetKeyRules(unetLayers(tensors.keys()));
  return renamed(tensors, (key) => renameKey(key, rules), leftOver);
}

function renamedClip(tensors: Tensors, leftOver: string[]): Tensors {
  return renamed(tensors, (key) => renameKey(key, CLIP_KEYS), leftOver, CLIP_IGNORED);
}

function renamedOpenClip(tensors: Tensors): Tensors {
  const found = new Map<string, PlacedTensor>();
  for (const [key, tensor] of tensors) {
    for (const [name, entry] of fromOpenClip(key, tensor.entry)) {
      found.set(name, { ...tensor, entry });
    }
  }
  return found;
}

function renamed(
  tensors: Tensors,
  rename: (key: string) => string | undefined,
  leftOver: string[],
  ignored?: RegExp,
): Tensors {
  const found = new Map<string, PlacedTensor>();
  for (const [key, tensor] of tensors) {
    const name = rename(key);
    if (name !== undefined) found.set(name, tensor);
    else if (ignored?.test(key) !== true) leftOver.push(tensor.key);
  }
  return found;
}

/** Tensors whose key begins with `prefix`, which is taken off. */
export function withPrefix(tensors: Tensors, prefix: string): Tensors {
  const found = new Map<string, PlacedTensor>();
  for (const [key, tensor] of tensors) {
    if (key.startsWith(prefix)) found.set(key.slice(prefix.length), tensor);
  }
  return found;
}

function unetTensors(tensors: Tensors, averaged: boolean): Tensors {
  const plain = withPrefix(tensors, ORIGINAL.unet);
  if (!averaged) return plain;
  const found = new Map<string, PlacedTensor>();
  for (const [key, tensor] of plain) {
    const name = ORIGINAL.ema + `diffusion_model.${key}`.replaceAll('.', '');
    found.set(key, tensors.get(name) ?? tensor);
  }
  return found;
}
