import type { OnnxGraph } from '../onnx/onnx-graph.js';

/** Names of the inputs with which a pass sets a mixed layer. */
export function mixInputs(layer: number) {
  const name = `mix.${String(layer)}`;
  return {
    /** Foreign keys and values `[1, count, channels]`, or anything of shape `[1, 1, 1]` where they are not used. */
    key: `${name}.key`,
    value: `${name}.value`,
    /** bool scalar: the batch is a pair, or its second row alone, which is not plain self-attention; without it the inputs below say nothing. */
    mixed: `${name}.mixed`,
    /** bool `[1, 1, 1]`: the second row sees the foreign keys and values. */
    foreign: `${name}.foreign`,
    /** bool scalar: the second row is contrasted. */
    contrasted: `${name}.contrasted`,
    /** β and (1 - β) / keys, `[1]` each. */
    contrast: `${name}.contrast`,
    offset: `${name}.offset`,
    /** The bounds of contrasted attention as bounds of the attention itself, scalars; the general form takes {@link CLIP_INPUTS}. */
    low: `${name}.low`,
    high: `${name}.high`,
    /** bool scalar: the second row is parted among three sources by the place of the query. */
    parted: `${name}.parted`,
    /** `[1, tokens, 1]` each: how much of the foreign attention a query takes, and of that of the keys below. */
    share: `${name}.share`,
    underShare: `${name}.under.share`,
    /** Like key and value: what is read where the share is not whole. */
    underKey: `${name}.under.key`,
    underValue: `${name}.under.value`,
    /** bool scalar: foreign keys are read in the general form, for which alone the inputs below are. */
    general: `${name}.general`,
    /** Added to the logits of each key, those of the own keys first where they are read too, `[1, 1, 1, keys]`. */
    bias: `${name}.bias`,
    underBias: `${name}.under.bias`,
    /** As offset, of the general form alone. */
    underOffset: `${name}.under.offset`,
  } as const;
}

/** bool scalar: the batch is the second row of a pair without the first. */
export const CROSS_ALONE = 'mix.alone';

/** Names of the inputs that bound contrasted attention, scalars. */
export const CLIP_INPUTS = { low: 'clip.low', high: 'clip.high' } as const;

/** Names of the inputs of the general form that all layers share, scalars. */
export const GENERAL_INPUTS = {
  /** bool: the layer's own keys and values are read before the foreign ones. */
  besideOwn: 'general.beside own',
  /** 1 where rows of attention are divided by their sums, else 0. */
  renormalize: 'general.renormalize',
} as const;

/** Declares the inputs that all mixed layers share; once a graph. */
export function declareSharedInputs(graph: OnnxGraph): void {
  for (const name of Object.values(CLIP_INPUTS)) graph.input(name, 'float32', []);
  graph.input(CROSS_ALONE, 'bool', []);
  graph.input(GENERAL_INPUTS.besideOwn, 'bool', []);
  graph.input(GENERAL_INPUTS.renormalize, 'float32', []);
}

/** The names of a layer's inputs, as {@link mixInputs} gives them. */
export type MixInputs = ReturnType<typeof mixInputs>;

/** Declares the inputs of a mixed layer and gives their names. */
export function declareMixInputs(graph: OnnxGraph, layer: number): MixInputs {
  const names = mixInputs(layer);
  const at = String(layer);
  const flags = [names.mixed, names.contrasted, names.parted, names.general];
  for (const name of flags) graph.input(name, 'bool', []);
  graph.input(names.foreign, 'bool', [1, 1, 1]);
  for (const name of [names.contrast, names.offset, names.underOffset]) {
    graph.input(name, 'float32', [1]);
  }
  for (const name of [names.low, names.high]) graph.input(name, 'float32', []);
  graph.input(names.bias, 'float32', ['one', 'one', 'one', `keys ${at}`]);
  graph.input(names.underBias, 'float32', ['one', 'one', 'one', `under keys ${at}`]);
  for (const name of [names.share, names.underShare]) {
    graph.input(name, 'float32', ['one', `share tokens ${at}`, 'one']);
  }
  for (const name of [names.key, names.value]) {
    graph.input(name, 'float32', ['one', `foreign tokens ${at}`, `width ${at}`]);
  }
  for (const name of [names.underKey, names.underValue]) {
    graph.input(name, 'float32', ['one', `under tokens ${at}`, `under width ${at}`]);
  }
  return names;
}
