import type { SafetensorsEntry } from '../safetensors.js';
import type { WeightTable } from '../weight-table.js';
import { renameKey, type KeyRule } from './key-rules.js';

/** The two networks of an autoencoder. */
export type AutoencoderHalf = 'encoder' | 'decoder';

/**
 * The names of TAESD's published files (`taesd_encoder`, `taesd_decoder`; both in one file under these prefixes) in those of
 * diffusers. Layers are counted alike, but the original decoder counts its clamp as the first one, which diffusers does not.
 */
const TINY_KEYS: Readonly<Record<AutoencoderHalf, KeyRule>> = {
  encoder: [
    /^(?:taesd_encoder\.)?(\d+)\.((?:conv\.[024]\.)?(?:weight|bias))$/,
    'encoder.layers.$1.$2',
  ],
  decoder: [
    /^(?:taesd_decoder\.)?([1-9]\d*)\.((?:conv\.[024]\.)?(?:weight|bias))$/,
    (layer = '', rest = '') => `decoder.layers.${String(Number(layer) - 1)}.${rest}`,
  ],
};

type Entries = ReadonlyMap<string, SafetensorsEntry>;

/** Which halves of a TAESD in its original layout a header holds; empty for everything else. */
export function tinyHalves(entries: Entries): readonly AutoencoderHalf[] {
  const halves = (['encoder', 'decoder'] as const).filter((half) =>
    entries.has(`taesd_${half}.1.${half === 'encoder' ? 'conv.0.' : ''}weight`),
  );
  if (halves.length > 0) return halves;
  if (!entries.has('3.conv.0.weight')) return [];
  // The encoder begins with a convolution of pictures; in the decoder a clamp, which has no weights, is the first layer.
  return [entries.has('0.weight') ? 'encoder' : 'decoder'];
}

/** A TAESD's tensors under diffusers keys; undefined when the table holds no half of one. */
export function renamedTiny({ name, tensors }: WeightTable): WeightTable | undefined {
  const halves = tinyHalves(new Map([...tensors].map(([key, { entry }]) => [key, entry])));
  if (halves.length === 0) return undefined;
  const renamed = [...tensors].flatMap(([key, tensor]) => {
    const half = /^taesd_(encoder|decoder)\./.exec(key)?.[1] ?? halves[0];
    const diffusers = renameKey(key, [TINY_KEYS[half === 'encoder' ? 'encoder' : 'decoder']]);
    return diffusers === undefined ? [] : [[diffusers, tensor] as const];
  });
  return { name, tensors: new Map(renamed) };
}
