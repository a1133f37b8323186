import { expect } from '@open-wc/testing';
import { memorySource } from '../../../src/runtime/byte-source.js';
import { inferClipConfig } from '../../../src/runtime/checkpoint/infer-configs.js';
import { splitOriginal } from '../../../src/runtime/checkpoint/original-layout.js';
import { buildClipText, parseClipTextConfig } from '../../../src/runtime/models/clip-text-model.js';
import { portableProfile } from '../../../src/runtime/models/portable-profile.js';
import { tableWeights } from '../../../src/runtime/models/weights.js';
import type { PlacedTensor } from '../../../src/runtime/weight-table.js';

const WIDTH = 1024;

/** The text tower of Stable Diffusion 2.x: shapes alone. */
function openClip(): ReadonlyMap<string, PlacedTensor> {
  const block: Readonly<Record<string, readonly number[]>> = {
    'ln_1.weight': [WIDTH],
    'ln_1.bias': [WIDTH],
    'ln_2.weight': [WIDTH],
    'ln_2.bias': [WIDTH],
    'attn.in_proj_weight': [3 * WIDTH, WIDTH],
    'attn.in_proj_bias': [3 * WIDTH],
    'attn.out_proj.weight': [WIDTH, WIDTH],
    'attn.out_proj.bias': [WIDTH],
    'mlp.c_fc.weight': [4 * WIDTH, WIDTH],
    'mlp.c_fc.bias': [4 * WIDTH],
    'mlp.c_proj.weight': [WIDTH, 4 * WIDTH],
    'mlp.c_proj.bias': [WIDTH],
  };
  const shapes: Record<string, readonly number[]> = {
    positional_embedding: [77, WIDTH],
    'token_embedding.weight': [49_408, WIDTH],
    'ln_final.weight': [WIDTH],
    'ln_final.bias': [WIDTH],
    text_projection: [WIDTH, WIDTH],
    logit_scale: [],
  };
  for (let layer = 0; layer < 24; layer++) {
    for (const [key, shape] of Object.entries(block)) {
      shapes[`transformer.resblocks.${String(layer)}.${key}`] = shape;
    }
  }
  const source = memorySource('v2-1_512-ema-pruned.safetensors', new Uint8Array(0));
  let offset = 1001;
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const key = `cond_stage_model.model.${name}`;
      const byteLength = 2 * shape.reduce((a, b) => a * b, 1);
      const entry = { dtype: 'F16', shape, offset, byteLength } as const;
      offset += byteLength;
      return [key, { source, key, entry }];
    }),
  );
}

describe('the text encoder of Stable Diffusion 2.x', () => {
  const { text, leftOver } = splitOriginal({ name: 'file', tensors: openClip() }, false);
  if (text === undefined) throw new Error('There is no text encoder.');

  it('is built of 23 of its 24 layers, with every weight it asks for', () => {
    const config = parseClipTextConfig('file', inferClipConfig(text));
    expect(config).to.deep.include({ layers: 23, heads: 16, width: WIDTH, activation: 'gelu' });
    buildClipText(config, tableWeights(text), portableProfile).graph.toModel();
    expect(leftOver).to.deep.equal([]);
  });

  it('finds queries, keys and values one after the other in the joined tensor', () => {
    const parts = ['q_proj', 'k_proj', 'v_proj'].map(
      (part) => text.tensors.get(`text_model.encoder.layers.5.self_attn.${part}.weight`)?.entry,
    );
    expect(parts.map((entry) => entry?.shape)).to.deep.equal(parts.map(() => [WIDTH, WIDTH]));
    const [query, key, value] = parts.map((entry) => entry?.offset ?? 0);
    expect([(key ?? 0) - (query ?? 0), (value ?? 0) - (key ?? 0)]).to.deep.equal([
      2 * WIDTH ** 2,
      2 * WIDTH ** 2,
    ]);
  });
});
