import { expect } from '@open-wc/testing';
import { AppError } from '../../../src/core/errors.js';
import { portableProfile } from '../../../src/runtime/models/portable-profile.js';
import { parseUnetConfig } from '../../../src/runtime/models/unet-config.js';
import { buildUnet, type UnetGraph } from '../../../src/runtime/models/unet2d-condition.js';
import { webgpuProfile } from '../../../src/runtime/models/webgpu-profile.js';
import type { WeightSource } from '../../../src/runtime/models/weights.js';

/** The published configuration of Stable Diffusion 1.5. */
const stableDiffusion15 = {
  _class_name: 'UNet2DConditionModel',
  act_fn: 'silu',
  attention_head_dim: 8,
  block_out_channels: [320, 640, 1280, 1280],
  center_input_sample: false,
  cross_attention_dim: 768,
  down_block_types: [
    'CrossAttnDownBlock2D',
    'CrossAttnDownBlock2D',
    'CrossAttnDownBlock2D',
    'DownBlock2D',
  ],
  downsample_padding: 1,
  flip_sin_to_cos: true,
  freq_shift: 0,
  in_channels: 4,
  layers_per_block: 2,
  mid_block_scale_factor: 1,
  norm_eps: 1e-5,
  norm_num_groups: 32,
  out_channels: 4,
  sample_size: 64,
  up_block_types: ['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D'],
};

/** Has every tensor but optional ones, and notes what it is asked for. */
function anyWeights(): { readonly source: WeightSource; readonly shapes: Map<string, number[]> } {
  const shapes = new Map<string, number[]>();
  const source: WeightSource = {
    has: () => false,
    files: () => [],
    value: (_graph, name, dims) => {
      shapes.set(name, [...dims]);
      return name;
    },
  };
  return { source, shapes };
}

function build(config: object): UnetGraph {
  return buildUnet(
    parseUnetConfig('unet/config.json', config),
    () => anyWeights().source,
    portableProfile,
  );
}

function refusal(config: object): AppError['details'] {
  try {
    build(config);
  } catch (error) {
    if (error instanceof AppError) return error.details;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

describe('buildUnet', () => {
  const size = { height: 64, width: 64, textTokens: 77 };

  for (const profile of [portableProfile, webgpuProfile]) {
    it(`counts the work and the weights of Stable Diffusion 1.5 (${profile.name})`, () => {
      const { source, shapes } = anyWeights();
      const { work, text, time } = buildUnet(
        parseUnetConfig('unet/config.json', stableDiffusion15),
        () => source,
        profile,
      );
      expect(work.total(size) / 1e9).to.be.closeTo(400.1, 0.05);
      expect(work.forkShare(size)).to.be.closeTo(0.4095, 0.0005);
      expect(text.network.work.total(size) / 1e9).to.be.closeTo(1.476, 0.001);
      expect(time.work.total(size) / 1e9).to.be.closeTo(0.028, 0.001);
      const sizes = [...shapes.values()].map((dims) => dims.reduce((a, b) => a * b, 1));
      expect(sizes.reduce((a, b) => a + b, 0)).to.equal(859_520_964);
    });
  }

  it('finds the six mixed layers of Stable Diffusion 1.5', () => {
    const layer = (block: number, index: number) => ({
      name: `up_blocks.${String(block)}.attentions.${String(index)}.transformer_blocks.0.attn1`,
      downscale: block === 2 ? 2 : 1,
      heads: 8,
      channels: block === 2 ? 640 : 320,
    });
    expect(build(stableDiffusion15).mixedLayers).to.deep.equal(
      [2, 3].flatMap((block) => [0, 1, 2].map((index) => layer(block, index))),
    );
  });

  it('reads a list of heads, fewest at full resolution, reversed in the decoder', () => {
    const config = { ...stableDiffusion15, attention_head_dim: [5, 10, 20, 20] };
    expect(build(config).mixedLayers.map(({ heads }) => heads)).to.deep.equal([
      10, 10, 10, 5, 5, 5,
    ]);
  });

  it('mixes the two finest scales of a network of two levels', () => {
    const { mixedLayers, work } = build({
      ...stableDiffusion15,
      block_out_channels: [64, 96],
      down_block_types: ['DownBlock2D', 'DownBlock2D'],
      up_block_types: ['CrossAttnUpBlock2D', 'CrossAttnUpBlock2D'],
      layers_per_block: 1,
    });
    expect(mixedLayers.map(({ downscale }) => downscale)).to.deep.equal([2, 2, 1, 1]);
    expect(work.forkShare({ height: 16, width: 16, textTokens: 12 })).to.be.within(0.5, 0.9);
  });

  const unsupported: Record<string, object> = {
    _class_name: { _class_name: 'UNet2DModel' },
    act_fn: { act_fn: 'gelu' },
    up_block_types: { up_block_types: ['AttnUpBlock2D', 'UpBlock2D', 'UpBlock2D', 'UpBlock2D'] },
    class_embed_type: { class_embed_type: 'timestep' },
    addition_embed_type: { addition_embed_type: 'text_time' },
    transformer_layers_per_block: { transformer_layers_per_block: [1, 2, 10] },
    resnet_time_scale_shift: { resnet_time_scale_shift: 'scale_shift' },
  };
  for (const [option, change] of Object.entries(unsupported)) {
    it(`says that it cannot build another ${option}`, () => {
      const details = refusal({ ...stableDiffusion15, ...change });
      expect(details).to.include({ code: 'model/unsupported', file: 'unet/config.json' });
      expect('reason' in details ? details.reason : '').to.contain(option);
    });
  }

  it('refuses a network without decoder attention at the two finest scales', () => {
    const config = {
      ...stableDiffusion15,
      up_block_types: ['CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'UpBlock2D', 'UpBlock2D'],
    };
    expect(refusal(config).code).to.equal('model/unsupported');
  });

  it('refuses configurations that contradict themselves', () => {
    for (const change of [
      { block_out_channels: [320, -640, 1280, 1280] },
      { block_out_channels: 'wide' },
      { layers_per_block: 1.5 },
      { cross_attention_dim: null },
    ]) {
      expect(refusal({ ...stableDiffusion15, ...change }).code).to.equal('model/invalid');
    }
  });
});
