import type { SafetensorsEntry } from '../safetensors.js';
import { renameKey, type KeyRule } from './key-rules.js';

/** CLIP's own keys are those of diffusers, with or without a `text_model.` before them. */
export const CLIP_KEYS: readonly KeyRule[] = [
  [/^(?:text_model\.)?embeddings\.((?:token|position)_embedding\..*)$/, 'text_model.embeddings.$1'],
  [/^(?:text_model\.)?encoder\.(layers\..*)$/, 'text_model.encoder.$1'],
  [/^(?:text_model\.)?final_layer_norm\.(.*)$/, 'text_model.final_layer_norm.$1'],
];

/** Keys of OpenCLIP's text tower, which Stable Diffusion 2.x has, but for its joined projections. */
export const OPEN_CLIP_KEYS: readonly KeyRule[] = [
  [/^token_embedding\.weight$/, 'text_model.embeddings.token_embedding.weight'],
  [/^positional_embedding$/, 'text_model.embeddings.position_embedding.weight'],
  [/^ln_final\.(.*)$/, 'text_model.final_layer_norm.$1'],
  [
    /^transformer\.resblocks\.(\d+)\.ln_([12])\.(.*)$/,
    'text_model.encoder.layers.$1.layer_norm$2.$3',
  ],
  [/^transformer\.resblocks\.(\d+)\.mlp\.c_fc\.(.*)$/, 'text_model.encoder.layers.$1.mlp.fc1.$2'],
  [/^transformer\.resblocks\.(\d+)\.mlp\.c_proj\.(.*)$/, 'text_model.encoder.layers.$1.mlp.fc2.$2'],
  [
    /^transformer\.resblocks\.(\d+)\.attn\.out_proj\.(.*)$/,
    'text_model.encoder.layers.$1.self_attn.out_proj.$2',
  ],
];

const JOINED = /^transformer\.resblocks\.(\d+)\.attn\.in_proj_(weight|bias)$/;

/**
 * What an OpenCLIP tensor is in diffusers: one tensor, or the three projections that lie one after the other in it; none for what
 * the text states do not need.
 */
export function fromOpenClip(
  key: string,
  entry: SafetensorsEntry,
): readonly (readonly [name: string, entry: SafetensorsEntry])[] {
  const joined = JOINED.exec(key);
  if (joined === null) {
    const name = renameKey(key, OPEN_CLIP_KEYS);
    return name === undefined ? [] : [[name, entry]];
  }
  const [, layer = '', kind = ''] = joined;
  const [rows = 0, ...rest] = entry.shape;
  const byteLength = entry.byteLength / 3;
  return ['q_proj', 'k_proj', 'v_proj'].map((part, index) => [
    `text_model.encoder.layers.${layer}.self_attn.${part}.${kind}`,
    { ...entry, shape: [rows / 3, ...rest], offset: entry.offset + index * byteLength, byteLength },
  ]);
}
