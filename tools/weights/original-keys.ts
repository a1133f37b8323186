/** What is listed of a level's structure: resnets of each level, and which levels have attention. */
interface UnetShape {
  readonly layers: number;
  readonly attention: readonly boolean[];
}

const both = (name: string): readonly string[] => [`${name}.weight`, `${name}.bias`];

function unetResnet(name: string, hasShortcut: boolean): readonly string[] {
  const parts = ['in_layers.0', 'in_layers.2', 'emb_layers.1', 'out_layers.0', 'out_layers.3'];
  return [...parts, ...(hasShortcut ? ['skip_connection'] : [])].flatMap((part) =>
    both(`${name}.${part}`),
  );
}

function unetTransformer(name: string): readonly string[] {
  const block = `${name}.transformer_blocks.0`;
  const attention = (part: string): readonly string[] => [
    ...['to_q', 'to_k', 'to_v'].map((each) => `${block}.${part}.${each}.weight`),
    ...both(`${block}.${part}.to_out.0`),
  ];
  return [
    ...['norm', 'proj_in', 'proj_out'].flatMap((part) => both(`${name}.${part}`)),
    ...attention('attn1'),
    ...attention('attn2'),
    ...['ff.net.0.proj', 'ff.net.2', 'norm1', 'norm2', 'norm3'].flatMap((part) =>
      both(`${block}.${part}`),
    ),
  ];
}

/**
 * Keys of a U-Net in the original layout, in its order of construction (`openaimodel.py` of latent diffusion). `widths` tell which
 * resnets have a shortcut.
 */
export function originalUnetKeys(
  widths: readonly number[],
  { layers, attention }: UnetShape,
): readonly string[] {
  const keys = [...both('time_embed.0'), ...both('time_embed.2'), ...both('input_blocks.0.0')];
  const skips = [widths[0] ?? 0];
  let block = 1;
  let channels = widths[0] ?? 0;
  for (const [level, width] of widths.entries()) {
    for (let layer = 0; layer < layers; layer++, block++) {
      keys.push(...unetResnet(`input_blocks.${String(block)}.0`, channels !== width));
      if (attention[level] === true)
        keys.push(...unetTransformer(`input_blocks.${String(block)}.1`));
      channels = width;
      skips.push(width);
    }
    if (level === widths.length - 1) break;
    keys.push(...both(`input_blocks.${String(block)}.0.op`));
    skips.push(width);
    block++;
  }
  keys.push(
    ...unetResnet('middle_block.0', false),
    ...unetTransformer('middle_block.1'),
    ...unetResnet('middle_block.2', false),
  );
  block = 0;
  for (const [level, width] of [...widths.entries()].reverse()) {
    for (let layer = 0; layer <= layers; layer++, block++) {
      const name = `output_blocks.${String(block)}`;
      keys.push(...unetResnet(`${name}.0`, channels + (skips.pop() ?? 0) !== width));
      channels = width;
      if (attention[level] === true) keys.push(...unetTransformer(`${name}.1`));
      const upsampler = attention[level] === true ? 2 : 1;
      if (layer === layers && level > 0) keys.push(...both(`${name}.${String(upsampler)}.conv`));
    }
  }
  return [...keys, ...both('out.0'), ...both('out.2')];
}

function vaeResnet(name: string, hasShortcut: boolean): readonly string[] {
  const parts = ['norm1', 'conv1', 'norm2', 'conv2', ...(hasShortcut ? ['nin_shortcut'] : [])];
  return parts.flatMap((part) => both(`${name}.${part}`));
}

function vaeMiddle(half: string): readonly string[] {
  return [
    ...vaeResnet(`${half}.mid.block_1`, false),
    ...['norm', 'q', 'k', 'v', 'proj_out'].flatMap((part) => both(`${half}.mid.attn_1.${part}`)),
    ...vaeResnet(`${half}.mid.block_2`, false),
  ];
}

/** Keys of an autoencoder in the original layout. */
export function originalVaeKeys(widths: readonly number[], layers: number): readonly string[] {
  const keys = ['encoder', 'decoder'].flatMap((half) => [
    ...['conv_in', 'norm_out', 'conv_out'].flatMap((part) => both(`${half}.${part}`)),
    ...vaeMiddle(half),
  ]);
  let channels = widths[0] ?? 0;
  for (const [level, width] of widths.entries()) {
    const name = `encoder.down.${String(level)}`;
    for (let layer = 0; layer < layers; layer++) {
      keys.push(...vaeResnet(`${name}.block.${String(layer)}`, channels !== width));
      channels = width;
    }
    if (level < widths.length - 1) keys.push(...both(`${name}.downsample.conv`));
  }
  for (const [level, width] of [...widths.entries()].reverse()) {
    const name = `decoder.up.${String(level)}`;
    for (let layer = 0; layer <= layers; layer++) {
      keys.push(...vaeResnet(`${name}.block.${String(layer)}`, channels !== width));
      channels = width;
    }
    if (level > 0) keys.push(...both(`${name}.upsample.conv`));
  }
  return [...keys, ...both('quant_conv'), ...both('post_quant_conv')];
}

/** Keys of CLIP's text encoder, which are those of `transformers` in both layouts; its index buffer included. */
export function clipKeys(layers: number): readonly string[] {
  const parts = [
    ...['q_proj', 'k_proj', 'v_proj', 'out_proj'].map((part) => `self_attn.${part}`),
    'layer_norm1',
    'layer_norm2',
    'mlp.fc1',
    'mlp.fc2',
  ];
  const embeddings = 'text_model.embeddings';
  return [
    `${embeddings}.position_ids`,
    `${embeddings}.token_embedding.weight`,
    `${embeddings}.position_embedding.weight`,
    ...Array.from({ length: layers }, (_unused, layer) =>
      parts.flatMap((part) => both(`text_model.encoder.layers.${String(layer)}.${part}`)),
    ).flat(),
    ...both('text_model.final_layer_norm'),
  ];
}
