import { renameKey, type KeyRule } from './key-rules.js';

const RESNET: readonly KeyRule[] = [
  [/^in_layers\.0\.(.*)$/, 'norm1.$1'],
  [/^in_layers\.2\.(.*)$/, 'conv1.$1'],
  [/^emb_layers\.1\.(.*)$/, 'time_emb_proj.$1'],
  [/^out_layers\.0\.(.*)$/, 'norm2.$1'],
  [/^out_layers\.3\.(.*)$/, 'conv2.$1'],
  [/^skip_connection\.(.*)$/, 'conv_shortcut.$1'],
];

const OUTSIDE: readonly KeyRule[] = [
  [/^time_embed\.0\.(.*)$/, 'time_embedding.linear_1.$1'],
  [/^time_embed\.2\.(.*)$/, 'time_embedding.linear_2.$1'],
  [/^input_blocks\.0\.0\.(.*)$/, 'conv_in.$1'],
  [/^out\.0\.(.*)$/, 'conv_norm_out.$1'],
  [/^out\.2\.(.*)$/, 'conv_out.$1'],
];

/** A resnet's parts have other names; a transformer's have the same ones in both layouts. */
function inBlock(resnet: string, transformer: string, rest: string): string {
  const part = renameKey(rest, RESNET);
  return part === undefined ? `${transformer}.${rest}` : `${resnet}.${part}`;
}

/**
 * The rules that give a U-Net's keys their diffusers names. `layers` is the number of resnets of a level: 2 in Stable
 * Diffusion. The original layout numbers what diffusers nests: block `1 + level * (layers + 1) + layer`.
 */
export function unetKeyRules(layers: number): readonly KeyRule[] {
  const each = layers + 1;
  const down = (block: string): readonly [level: string, layer: number] => {
    const index = Number(block) - 1;
    return [`down_blocks.${String(Math.floor(index / each))}`, index % each];
  };
  const up = (block: string): readonly [level: string, layer: number] => [
    `up_blocks.${String(Math.floor(Number(block) / each))}`,
    Number(block) % each,
  ];
  return [
    ...OUTSIDE,
    [
      /^input_blocks\.(\d+)\.0\.op\.(.*)$/,
      (block = '', rest = '') => `${down(block)[0]}.downsamplers.0.conv.${rest}`,
    ],
    [
      /^input_blocks\.(\d+)\.[01]\.(.*)$/,
      (block = '', rest = '') => {
        const [level, layer] = down(block);
        return inBlock(
          `${level}.resnets.${String(layer)}`,
          `${level}.attentions.${String(layer)}`,
          rest,
        );
      },
    ],
    [
      /^middle_block\.([012])\.(.*)$/,
      (index = '', rest = '') =>
        inBlock(`mid_block.resnets.${index === '0' ? '0' : '1'}`, 'mid_block.attentions.0', rest),
    ],
    [
      /^output_blocks\.(\d+)\.[12]\.conv\.(.*)$/,
      (block = '', rest = '') => `${up(block)[0]}.upsamplers.0.conv.${rest}`,
    ],
    [
      /^output_blocks\.(\d+)\.[01]\.(.*)$/,
      (block = '', rest = '') => {
        const [level, layer] = up(block);
        return inBlock(
          `${level}.resnets.${String(layer)}`,
          `${level}.attentions.${String(layer)}`,
          rest,
        );
      },
    ],
  ];
}

/** How many resnets a level of an original U-Net has: its first downsampling comes right after them. */
export function unetLayers(keys: Iterable<string>): number {
  let first = Infinity;
  let last = 0;
  for (const key of keys) {
    const down = /^input_blocks\.(\d+)\.0\.op\./.exec(key);
    if (down !== null) first = Math.min(first, Number(down[1]));
    const block = /^input_blocks\.(\d+)\./.exec(key);
    if (block !== null) last = Math.max(last, Number(block[1]));
  }
  return Number.isFinite(first) ? first - 1 : last;
}
