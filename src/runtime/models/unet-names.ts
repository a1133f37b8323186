/** Names of the inputs and outputs of a U-Net graph that do not belong to one layer. */
export const UNET_NAMES = {
  /** `[batch, channels, height, width]`. */
  sample: 'sample',
  /** What residual blocks add at some timesteps, `[timesteps, width]`, as `TimeConditions` makes it. */
  time: 'time',
  /** int32 `[batch]`: the row of `time` that each sample takes. */
  timeRows: 'time.rows',
  /**
   * int32: which sample each prompt is read by. What lies before the first text attention is computed once a sample, however many
   * prompts it has.
   */
  textRows: 'text.rows',
  /** int32: which prompts' rows the rows after the fork are made from. 0, 1, .. for a plain batch, 0, 0 for a pair. */
  rows: 'rows',
  /** bool scalar: whether FreeU changes anything; without it its inputs say nothing. */
  freeU: 'freeu',
  /** bool scalar: whether `textMap` is wanted; else it is a single zero. */
  wantsTextMap: 'text_map.wanted',
  /**
   * Of a network that predicts v, `[batch, 1, 1, 1]` each: what turns v and the sample into noise,
   * `sqrt(a) v + sqrt(1 - a) x` for the `a` of the sample's timestep.
   */
  vScale: 'v.scale',
  sampleScale: 'v.sample_scale',
  noise: 'noise',
  /** First and last row of `noise`: what a pair needs one by one. */
  firstNoise: 'noise.first',
  lastNoise: 'noise.last',
  textMap: 'text_map',
} as const;

/** Names of the inputs and the output of the graphs that `TextConditions` and `TimeConditions` build. */
export const CONDITION_NAMES = {
  /** `[prompts, tokens, width]`. */
  text: 'text',
  /** int32 `[1]` each: rows of the batch before the fork and after it, for which a single prompt is repeated. */
  rows: 'rows',
  forkedRows: 'rows.forked',
  /** Sines and cosines of timesteps, `[timesteps, first width]`; see `timestepFeatures`. */
  features: 'features',
  /** `[timesteps, width]`. */
  table: 'table',
} as const;

/** Names under which a text attention's keys and values are given out and taken in, `[rows, tokens, channels]`. */
export function textInputs(layer: number) {
  return { key: `text.${String(layer)}.key`, value: `text.${String(layer)}.value` } as const;
}

/** Names of the inputs with which FreeU sets an up block; see `OpProfile.lowPass`. */
export function freeUInputs(block: number) {
  const name = `freeu.${String(block)}`;
  return { gain: `${name}.gain`, filter: `${name}.filter`, basis: `${name}.basis` } as const;
}

/** Names of the outputs that hold a mixed layer's own queries, keys and values, `[rows, tokens, channels]`. */
export function mixedOutputs(layer: number) {
  const number = String(layer);
  return { key: `key.${number}`, value: `value.${number}`, query: `query.${number}` } as const;
}
