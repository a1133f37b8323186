import { ConfigReader } from './config-reader.js';

/** The parts of a `UNet2DConditionModel` config that its builder needs. */
export interface UnetConfig {
  readonly sampleSize: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly blockChannels: readonly number[];
  readonly layersPerBlock: number;
  readonly downBlocks: readonly ('DownBlock2D' | 'CrossAttnDownBlock2D')[];
  readonly upBlocks: readonly ('UpBlock2D' | 'CrossAttnUpBlock2D')[];
  /** Attention heads of each down block; up blocks have them in reverse. */
  readonly heads: readonly number[];
  readonly textWidth: number;
  readonly groups: number;
  readonly epsilon: number;
  readonly flipSinToCos: boolean;
  readonly freqShift: number;
}

/**
 * Reads a U-Net's `config.json`. `attention_head_dim` is the *number* of heads, as in every Stable Diffusion 1.x and 2.x config.
 * @throws AppError `model/unsupported` naming the option, `model/invalid` for contradictions.
 */
export function parseUnetConfig(file: string, json: unknown): UnetConfig {
  const config = new ConfigReader(file, json);
  refuseUnknownOptions(config);
  const blockChannels = config.integers('block_out_channels');
  const downBlocks = config.names('down_block_types', ['DownBlock2D', 'CrossAttnDownBlock2D']);
  const upBlocks = config.names('up_block_types', ['UpBlock2D', 'CrossAttnUpBlock2D']);
  if (!upBlocks.slice(-2).includes('CrossAttnUpBlock2D')) {
    throw config.unsupported(
      'The decoder has no attention at the two finest scales, so nothing could be mixed.',
    );
  }
  const levels = blockChannels.length;
  if (downBlocks.length !== levels || upBlocks.length !== levels) {
    throw config.unsupported('The numbers of widths, down blocks and up blocks differ.');
  }
  const heads = config.integerEach(
    config.has('num_attention_heads') ? 'num_attention_heads' : 'attention_head_dim',
    levels,
  );
  const groups = config.integer('norm_num_groups', 32);
  blockChannels.forEach((width, level) => {
    if (width % groups !== 0 || width % (heads[level] ?? 1) !== 0) {
      throw config.unsupported(`Width ${String(width)} cannot be split into its groups or heads.`);
    }
  });
  return {
    sampleSize: config.integer('sample_size', 64),
    inChannels: config.integer('in_channels', 4),
    outChannels: config.integer('out_channels', 4),
    blockChannels,
    layersPerBlock: config.integer('layers_per_block', 2),
    downBlocks,
    upBlocks,
    heads,
    textWidth: config.integer('cross_attention_dim'),
    groups,
    epsilon: config.number('norm_eps', 1e-5),
    flipSinToCos: config.flag('flip_sin_to_cos', true),
    freqShift: config.number('freq_shift', 0),
  };
}

function refuseUnknownOptions(config: ConfigReader): void {
  config.only('_class_name', 'UNet2DConditionModel');
  config.only('act_fn', 'silu');
  config.only('mid_block_type', 'UNetMidBlock2DCrossAttn');
  config.only('time_embedding_type', 'positional');
  config.only('resnet_time_scale_shift', 'default');
  config.only('downsample_padding', 1);
  config.only('mid_block_scale_factor', 1);
  config.only('transformer_layers_per_block', 1);
  config.only('conv_in_kernel', 3);
  config.only('conv_out_kernel', 3);
  for (const name of ['center_input_sample', 'dual_cross_attention', 'only_cross_attention']) {
    config.only(name, false);
  }
  for (const name of [
    'class_embed_type',
    'num_class_embeds',
    'addition_embed_type',
    'encoder_hid_dim',
    'encoder_hid_dim_type',
    'time_cond_proj_dim',
    'timestep_post_act',
    'time_embedding_act_fn',
    'attention_type_override',
  ]) {
    config.only(name);
  }
}
