import type { KeyRule } from './key-rules.js';

const RESNET_PART = '(norm1|conv1|norm2|conv2|nin_shortcut)';

function resnetPart(part: string): string {
  return part === 'nin_shortcut' ? 'conv_shortcut' : part;
}

const ATTENTION: Readonly<Record<string, string>> = {
  norm: 'group_norm',
  q: 'to_q',
  k: 'to_k',
  v: 'to_v',
  proj_out: 'to_out.0',
};

/**
 * The rules that give an autoencoder's keys their diffusers names; `levels` is the number of its resolutions. The original decoder
 * counts them from the finest, diffusers from the coarsest. Its attention has convolutions of kernel 1 in place of
 * linear layers: the same numbers in the same order.
 */
export function vaeKeyRules(levels: number): readonly KeyRule[] {
  const fromCoarsest = (level: string): string => String(levels - 1 - Number(level));
  return [
    [/^((?:post_)?quant_conv\..*)$/, '$1'],
    [/^((?:encoder|decoder)\.conv_(?:in|out)\..*)$/, '$1'],
    [/^(encoder|decoder)\.norm_out\.(.*)$/, '$1.conv_norm_out.$2'],
    [
      /^encoder\.down\.(\d+)\.downsample\.conv\.(.*)$/,
      'encoder.down_blocks.$1.downsamplers.0.conv.$2',
    ],
    [
      /^decoder\.up\.(\d+)\.upsample\.conv\.(.*)$/,
      (level = '', rest = '') =>
        `decoder.up_blocks.${fromCoarsest(level)}.upsamplers.0.conv.${rest}`,
    ],
    [
      new RegExp(`^encoder\\.down\\.(\\d+)\\.block\\.(\\d+)\\.${RESNET_PART}\\.(.*)$`),
      (level = '', index = '', part = '', rest = '') =>
        `encoder.down_blocks.${level}.resnets.${index}.${resnetPart(part)}.${rest}`,
    ],
    [
      new RegExp(`^decoder\\.up\\.(\\d+)\\.block\\.(\\d+)\\.${RESNET_PART}\\.(.*)$`),
      (level = '', index = '', part = '', rest = '') =>
        `decoder.up_blocks.${fromCoarsest(level)}.resnets.${index}.${resnetPart(part)}.${rest}`,
    ],
    [
      new RegExp(`^(encoder|decoder)\\.mid\\.block_([12])\\.${RESNET_PART}\\.(.*)$`),
      (half = '', index = '', part = '', rest = '') =>
        `${half}.mid_block.resnets.${String(Number(index) - 1)}.${resnetPart(part)}.${rest}`,
    ],
    [
      /^(encoder|decoder)\.mid\.attn_1\.(norm|q|k|v|proj_out)\.(.*)$/,
      (half = '', part = '', rest = '') =>
        `${half}.mid_block.attentions.0.${ATTENTION[part] ?? part}.${rest}`,
    ],
  ];
}

/** How many resolutions an original autoencoder has. */
export function vaeLevels(keys: Iterable<string>): number {
  let last = -1;
  for (const key of keys) {
    const level = /^(?:encoder\.down|decoder\.up)\.(\d+)\./.exec(key);
    if (level !== null) last = Math.max(last, Number(level[1]));
  }
  return last + 1;
}
