import { expect } from '@open-wc/testing';
import { AppError } from '../../../src/core/errors.js';
import { memorySource } from '../../../src/runtime/byte-source.js';
import { identifyModel } from '../../../src/runtime/checkpoint/identify-model.js';
import { filesPack, type PackReader } from '../../../src/runtime/pack-reader.js';

type Shapes = Readonly<Record<string, readonly number[]>>;

/** A file whose header has these tensors; the weights are zeros. */
function file(
  shapes: Shapes,
  metadata: Readonly<Record<string, string>> = {},
  dtype = 'F16',
): Uint8Array {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const [key, shape] of Object.entries(shapes)) {
    const end = offset + (dtype === 'F32' ? 4 : 2) * shape.reduce((a, b) => a * b, 1);
    header[key] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.byteLength + offset);
  new DataView(bytes.buffer).setUint32(0, json.byteLength, true);
  bytes.set(json, 8);
  return bytes;
}

function pack(bytes: Uint8Array, name = 'model.safetensors'): PackReader {
  return filesPack(name, [memorySource(name, bytes)]);
}

/** The keys by which a U-Net in the original layout is known, with text of `width` channels. */
function unet(width: number, channels = 4): Shapes {
  const prefix = 'model.diffusion_model.input_blocks';
  return {
    [`${prefix}.0.0.weight`]: [2, channels, 1, 1],
    [`${prefix}.1.1.transformer_blocks.0.attn2.to_k.weight`]: [1, width],
  };
}

async function refusal(model: PackReader): Promise<string> {
  try {
    await identifyModel(model);
  } catch (error) {
    if (error instanceof AppError && 'reason' in error.details) return error.details.reason;
    throw error;
  }
  throw new Error('The model was accepted.');
}

describe('identifyModel', () => {
  const known: Record<string, { shapes: Shapes; kind: string; refused?: RegExp }> = {
    'Stable Diffusion 1.x': { shapes: unet(768), kind: 'sd1' },
    'Stable Diffusion 2.x': { shapes: unet(1024), kind: 'sd2' },
    'an inpainting model': {
      shapes: unet(768, 9),
      kind: 'inpainting',
      refused: /plain checkpoint/,
    },
    'Stable Diffusion XL': {
      shapes: { ...unet(2048), 'model.diffusion_model.label_emb.0.0.weight': [1] },
      kind: 'sdxl',
      refused: /1\.x or 2\.x/,
    },
    'Stable Diffusion 3': {
      shapes: { 'model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight': [1] },
      kind: 'sd3',
      refused: /transformer/,
    },
    Flux: { shapes: { 'double_blocks.0.img_attn.qkv.weight': [1] }, kind: 'flux', refused: /Flux/ },
    'an autoencoder in the original layout': {
      shapes: { 'decoder.up.0.block.0.conv1.weight': [1] },
      kind: 'vae',
    },
    'an autoencoder of diffusers': {
      shapes: { 'decoder.up_blocks.0.resnets.0.conv1.weight': [1] },
      kind: 'vae',
    },
    'a TAESD of diffusers': {
      shapes: { 'decoder.layers.2.conv.0.weight': [1], 'encoder.layers.1.conv.0.weight': [1] },
      kind: 'vae',
    },
    'a LoRA by kohya’s scripts': {
      shapes: { 'lora_unet_mid_block_x.lora_down.weight': [1] },
      kind: 'lora',
    },
    'a LoRA by PEFT': { shapes: { 'unet.mid_block.attn1.to_q.lora_A.weight': [1] }, kind: 'lora' },
    'a textual inversion': { shapes: { emb_params: [2, 3] }, kind: 'textual-inversion' },
    'a textual inversion under its word': {
      shapes: { 'my-cat': [2, 768] },
      kind: 'textual-inversion',
    },
    'something else': {
      shapes: { 'layers.0.weight': [1] },
      kind: 'unknown',
      refused: /no network/,
    },
  };
  for (const [what, { shapes, kind, refused }] of Object.entries(known)) {
    it(`knows ${what} from its header${refused ? ', and says why it does not run' : ''}`, async () => {
      const description = await identifyModel(pack(file(shapes)));
      expect(description.kind).to.equal(kind);
      expect(description.reasons[0]).to.match(/^[A-Z].*\.$/);
      if (refused) expect(description.refusal).to.match(refused);
      else expect(description.refusal).to.equal(undefined);
    });
  }

  it('believes what a file says of its prediction, and tells when it only assumes', async () => {
    const silent = await identifyModel(pack(file(unet(1024))));
    expect([silent.prediction, silent.isPredictionAssumed]).to.deep.equal(['epsilon', true]);
    for (const [shapes, metadata] of [
      [unet(768), { 'modelspec.prediction_type': 'v' }],
      [unet(1024), { 'modelspec.architecture': 'stable-diffusion-v2-768-v' }],
      [{ ...unet(768), v_pred: [0] }, {}],
    ] as const) {
      const said = await identifyModel(pack(file(shapes, metadata)));
      expect([said.prediction, said.isPredictionAssumed]).to.deep.equal(['v_prediction', false]);
    }
  });

  it('believes the configuration of the original code that lies beside a file', async () => {
    for (const [said, prediction] of [
      ['"v"', 'v_prediction'],
      ['eps', 'epsilon'],
    ] as const) {
      const yaml = `model:\n  params:\n    parameterization: ${said}\n`;
      const described = await identifyModel(
        filesPack('folder', [
          memorySource('model.safetensors', file(unet(1024))),
          memorySource('model.yaml', new TextEncoder().encode(yaml)),
        ]),
      );
      expect(described.prediction).to.equal(prediction);
      expect(described.isPredictionAssumed).to.equal(false);
    }
  });

  const bytes = (...values: readonly number[]): Uint8Array =>
    Uint8Array.of(...values, ...new Array<number>(64).fill(7));
  const text = (words: string): Uint8Array => new TextEncoder().encode(words.padEnd(80));
  const broken: Record<string, { content: Uint8Array; name?: string; reason: RegExp }> = {
    'a pickle': {
      content: bytes(0x80, 2),
      name: 'model.ckpt',
      reason: /pickled.*get the \.safetensors/,
    },
    'a zipped pickle': { content: bytes(0x50, 0x4b, 3, 4), reason: /pickled/ },
    'a web page': { content: text('\n<!DOCTYPE html><html>'), reason: /web page.*download/ },
    'a Git LFS pointer': {
      content: text('version https://git-lfs.github.com/spec/v1'),
      reason: /git lfs pull/,
    },
    'an empty file': { content: new Uint8Array(0), reason: /0 bytes.*download it again/ },
    'a file cut in its weights': {
      content: file(unet(768)).slice(0, -2),
      reason: /download it again/,
    },
    'a JSON file': { content: text('{"_class_name": "x"}'), reason: /JSON file/ },
  };
  for (const [what, { content, name, reason }] of Object.entries(broken)) {
    it(`refuses ${what} in a sentence with the remedy`, async () => {
      expect(await refusal(pack(content, name))).to.match(reason);
    });
  }

  it('asks for a choice among several weight files', async () => {
    const files = ['a.safetensors', 'b.safetensors'].map((name) =>
      memorySource(name, file(unet(768))),
    );
    expect(await refusal(filesPack('folder', files))).to.match(/a\.safetensors, b\.safetensors/);
  });

  it('tells a folder of diffusers by its configs, and refuses other pipelines by name', async () => {
    const json = (path: string, content: object) =>
      memorySource(path, new TextEncoder().encode(JSON.stringify(content)));
    const described = await identifyModel(
      filesPack('folder', [
        json('model_index.json', { _class_name: 'StableDiffusionPipeline' }),
        json('unet/config.json', { cross_attention_dim: 1024, in_channels: 4, out_channels: 4 }),
        json('scheduler/scheduler_config.json', { prediction_type: 'v_prediction' }),
        memorySource('unet/diffusion_pytorch_model.fp16.safetensors', file({ a: [2] })),
        memorySource('vae/diffusion_pytorch_model.safetensors', file({ 'b.c': [2] }, {}, 'F32')),
      ]),
    );
    expect(described).to.deep.include({
      kind: 'sd2',
      layout: 'diffusers',
      prediction: 'v_prediction',
      components: ['unet', 'vae'],
      refusal: undefined,
    });
    const flux = await identifyModel(
      filesPack('flux', [json('model_index.json', { _class_name: 'FluxPipeline' })]),
    );
    expect(flux.refusal).to.match(/Flux/);
  });
});
