import { AppError } from '../../core/errors.js';
import type { WeightTable } from '../weight-table.js';

/** A `config.json` as an object. */
export type Config = Readonly<Record<string, unknown>>;

/** Channels of a head in Stable Diffusion 2.x; 1.x has eight heads at every width. */
const HEAD_WIDTH = 64;
const HEADS_OF_1 = 8;
/** Width of the text states: CLIP ViT-L in 1.x, OpenCLIP ViT-H in 2.x. */
const TEXT_WIDTH_OF_2 = 1024;

/**
 * The `UNet2DConditionModel` config that a U-Net's shapes tell of. What shapes cannot tell is as published: eight heads where
 * the text is 768 wide, heads of 64 channels where it is 1024 wide, 32 groups.
 * @throws AppError `model/invalid` naming the tensor that is missing.
 */
export function inferUnetConfig(table: WeightTable): Config {
  const widths = levelWidths(table, 'down_blocks');
  const has = (prefix: string): boolean => hasPrefix(table, prefix);
  const levels = [...widths.keys()];
  const textWidth = side(table, 'mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight', 1);
  const isSecond = textWidth === TEXT_WIDTH_OF_2;
  const depth = countLevels(table, 'mid_block.attentions.0.transformer_blocks.');
  return {
    _class_name: 'UNet2DConditionModel',
    sample_size: 64,
    in_channels: side(table, 'conv_in.weight', 1),
    out_channels: side(table, 'conv_out.weight', 0),
    block_out_channels: widths,
    layers_per_block: countLevels(table, 'down_blocks.0.resnets.'),
    down_block_types: levels.map((level) =>
      has(`down_blocks.${String(level)}.attentions.`) ? 'CrossAttnDownBlock2D' : 'DownBlock2D',
    ),
    up_block_types: levels.map((level) =>
      has(`up_blocks.${String(level)}.attentions.`) ? 'CrossAttnUpBlock2D' : 'UpBlock2D',
    ),
    attention_head_dim: isSecond ? widths.map((width) => width / HEAD_WIDTH) : HEADS_OF_1,
    cross_attention_dim: textWidth,
    transformer_layers_per_block: depth,
    use_linear_projection:
      table.tensors.get('mid_block.attentions.0.proj_in.weight')?.entry.shape.length === 2,
    ...(has('add_embedding.') || has('label_emb.') ? { addition_embed_type: 'text_time' } : {}),
  };
}

/**
 * The config that an autoencoder's keys and shapes tell of: `AutoencoderTiny` where they are numbered in one list, else
 * `AutoencoderKL`. @throws AppError `model/invalid`.
 */
export function inferVaeConfig(table: WeightTable): Config {
  if (hasPrefix(table, 'decoder.layers.')) return inferTinyConfig(table);
  const widths = levelWidths(table, 'encoder.down_blocks');
  return {
    _class_name: 'AutoencoderKL',
    in_channels: side(table, 'encoder.conv_in.weight', 1),
    out_channels: side(table, 'decoder.conv_out.weight', 0),
    latent_channels: side(table, 'decoder.conv_in.weight', 1),
    block_out_channels: widths,
    down_block_types: widths.map(() => 'DownEncoderBlock2D'),
    up_block_types: widths.map(() => 'UpDecoderBlock2D'),
    layers_per_block: countLevels(table, 'encoder.down_blocks.0.resnets.'),
    use_quant_conv: table.tensors.has('quant_conv.weight'),
    use_post_quant_conv: table.tensors.has('post_quant_conv.weight'),
    scaling_factor: 0.18215,
    sample_size: 512,
  };
}

function inferTinyConfig(table: WeightTable): Config {
  const decoder = tinyStack(table, 'decoder.layers');
  // A decoder alone counts as half of an autoencoder whose other half is its mirror image.
  const mirrored = { ...decoder, blocks: decoder.blocks.toReversed() };
  const hasEncoder = table.tensors.has('encoder.layers.0.weight');
  const encoder = hasEncoder ? tinyStack(table, 'encoder.layers') : mirrored;
  const last = countLevels(table, 'decoder.layers.') - 1;
  return {
    _class_name: 'AutoencoderTiny',
    in_channels: side(table, `decoder.layers.${String(last)}.weight`, 0),
    latent_channels: side(table, 'decoder.layers.0.weight', 1),
    encoder_block_out_channels: encoder.widths,
    decoder_block_out_channels: decoder.widths,
    num_encoder_blocks: encoder.blocks,
    num_decoder_blocks: decoder.blocks,
  };
}

/** Every level of such a list is one convolution and the blocks after it; the last convolution stands alone. */
function tinyStack(table: WeightTable, list: string) {
  const widths: number[] = [];
  const blocks: number[] = [];
  const end = countLevels(table, `${list}.`);
  for (let layer = 0; layer < end - 1; layer++) {
    const name = `${list}.${String(layer)}`;
    if (table.tensors.has(`${name}.weight`)) {
      widths.push(side(table, `${name}.weight`, 0));
      blocks.push(0);
    } else if (table.tensors.has(`${name}.conv.0.weight`)) {
      blocks.push((blocks.pop() ?? 0) + 1);
    }
  }
  return { widths, blocks };
}

/**
 * The `CLIPTextModel` config that a text encoder's shapes tell of. An encoder of 1024 channels is OpenCLIP's, whose last layer Stable
 * Diffusion 2.x does not use: of 24 layers 23 are run. @throws AppError `model/invalid`.
 */
export function inferClipConfig(table: WeightTable): Config {
  const embeddings = 'text_model.embeddings';
  const width = side(table, `${embeddings}.token_embedding.weight`, 1);
  const layers = countLevels(table, 'text_model.encoder.layers.');
  const isOpen = width === TEXT_WIDTH_OF_2;
  return {
    model_type: 'clip_text_model',
    hidden_size: width,
    intermediate_size: side(table, 'text_model.encoder.layers.0.mlp.fc1.weight', 0),
    num_attention_heads: Math.max(1, Math.floor(width / HEAD_WIDTH)),
    num_hidden_layers: isOpen ? Math.min(layers, 23) : layers,
    max_position_embeddings: side(table, `${embeddings}.position_embedding.weight`, 0),
    vocab_size: side(table, `${embeddings}.token_embedding.weight`, 0),
    hidden_act: isOpen ? 'gelu' : 'quick_gelu',
  };
}

function levelWidths(table: WeightTable, blocks: string): readonly number[] {
  return Array.from({ length: countLevels(table, `${blocks}.`) }, (_unused, level) =>
    side(table, `${blocks}.${String(level)}.resnets.0.conv1.weight`, 0),
  );
}

/** One more than the largest number that follows `prefix` in a key. */
function countLevels({ tensors }: WeightTable, prefix: string): number {
  let count = 0;
  for (const key of tensors.keys()) {
    if (key.startsWith(prefix))
      count = Math.max(count, 1 + Number.parseInt(key.slice(prefix.length), 10));
  }
  return count;
}

function hasPrefix({ tensors }: WeightTable, prefix: string): boolean {
  for (const key of tensors.keys()) if (key.startsWith(prefix)) return true;
  return false;
}

function side(table: WeightTable, key: string, axis: number): number {
  const size = table.tensors.get(key)?.entry.shape[axis];
  if (size !== undefined) return size;
  const reason =
    'The model does not have this tensor; it is another kind of model, or not all of it.';
  throw new AppError({ code: 'model/invalid', file: table.name, tensor: key, reason });
}
