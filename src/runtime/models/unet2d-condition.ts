import type { MixedLayer } from '../../diffusion/ports.js';
import type { Value } from '../onnx/onnx-graph.js';
import type { Projections } from './attention.js';
import { declareSharedInputs } from './mix-inputs.js';
import { choose, mixedAttention } from './mixed-attention.js';
import { type FeatureMap, Network, type OpProfile, type Tokens } from './network.js';
import { resnetBlock, type ResnetOptions } from './resnet-block.js';
import { giveTextMap } from './text-map.js';
import { transformer2d, type TransformerOptions } from './transformer-block.js';
import { TextConditions, TimeConditions, type UnetPart } from './unet-conditions.js';
import type { UnetConfig } from './unet-config.js';
import { freeUInputs, mixedOutputs, textInputs, UNET_NAMES } from './unet-names.js';
import type { Precision, WeightSource } from './weights.js';
import { noiseOfV } from './v-prediction.js';
import type { WorkTally } from './work-tally.js';

/** A U-Net as a graph, and what its user has to know of it. */
export interface UnetGraph {
  readonly network: Network;
  /** What is computed once a prompt: see `TextConditions`. */
  readonly text: { readonly network: Network; readonly layers: number };
  /** What is computed once a timestep: see `TimeConditions`. */
  readonly time: Network;
  /** Of a forward alone, without the two above. */
  readonly work: WorkTally;
  readonly mixedLayers: readonly MixedLayer[];
  /** Width of the input of each up block and its downscale: where FreeU acts. */
  readonly upBlocks: readonly { readonly channels: number; readonly downscale: number }[];
  /** The last mixed layer at downscale 1: whose queries masks are made from. */
  readonly selfQueryLayer: number | undefined;
  readonly hasTextMap: boolean;
}

/** What a U-Net was trained to predict. */
export type PredictionType = 'epsilon' | 'v_prediction';

/**
 * Builds a `UNet2DConditionModel` that serves plain and forked passes. Shapes are symbolic: any batch, height and width. Its output
 * is the noise, whatever the network predicts. Inputs and outputs are in full precision whatever is computed with; norms, contrasted
 * attention, FreeU and the graphs of prompt and timestep are too.
 */
export function buildUnet(
  config: UnetConfig,
  weights: (part: UnetPart) => WeightSource,
  profile: OpProfile,
  prediction: PredictionType = 'epsilon',
  precision: Precision = 'float32',
): UnetGraph {
  return new UnetBuilder(config, weights, profile, precision).build(prediction);
}

/** A map that the decoder will read, and which of its rows. */
interface Skip {
  readonly map: FeatureMap;
  readonly rows: Value | undefined;
}

class UnetBuilder {
  readonly #config: UnetConfig;
  readonly #net: Network;
  readonly #text: TextConditions;
  readonly #time: TimeConditions;
  readonly #rows: Value;
  readonly #resnet: ResnetOptions;
  #timeRows: Value;
  #timePart: (start: number, length: number) => Value;
  readonly #mixedLayers: MixedLayer[] = [];
  readonly #upBlocks: { channels: number; downscale: number }[] = [];
  #skips: Skip[] = [];
  #textRows: Value | undefined;
  #selfQueryLayer: number | undefined;
  #textMap: (() => void) | undefined;

  constructor(
    config: UnetConfig,
    weights: (part: UnetPart) => WeightSource,
    profile: OpProfile,
    precision: Precision,
  ) {
    this.#config = config;
    const net = new Network(weights('forward'), profile, precision);
    this.#net = net;
    this.#text = new TextConditions(config, weights('text'), profile);
    this.#time = new TimeConditions(config, weights('time'), profile);
    const { graph } = net;
    net.setBatch(
      graph.input(UNET_NAMES.sample, 'float32', ['batch', config.inChannels, 'height', 'width']),
    );
    const timeRows = graph.input(UNET_NAMES.timeRows, 'int32', ['batch']);
    this.#timeRows = net.working(graph.node('Gather', [UNET_NAMES.time, timeRows], { axis: 0 }));
    this.#timePart = this.#partTime();
    graph.input(UNET_NAMES.wantsTextMap, 'bool', []);
    graph.input(UNET_NAMES.freeU, 'bool', []);
    graph.input(UNET_NAMES.textRows, 'int32', ['prompts']);
    this.#rows = graph.input(UNET_NAMES.rows, 'int32', ['rows']);
    declareSharedInputs(graph);
    const { groups, epsilon } = config;
    this.#resnet = {
      groups,
      epsilon,
      time: (name, out) => this.#timePart(this.#time.add(name, out), out),
    };
  }

  build(prediction: PredictionType): UnetGraph {
    const { blockChannels, inChannels, outChannels, groups, epsilon } = this.#config;
    const net = this.#net;
    const sample = net.ops.fromPlanes(net, net.working(UNET_NAMES.sample), inChannels);
    let x = net.conv(sample, 'conv_in', blockChannels[0] ?? 0);
    this.#keepSkip(x);
    for (const level of blockChannels.keys()) x = this.#downBlock(x, level);
    x = this.#midBlock(x);
    for (const block of blockChannels.keys()) x = this.#upBlock(x, block);
    x = net.ops.groupNorm(net, x, 'conv_norm_out', { groups, epsilon, silu: true });
    const predicted = net.full(net.ops.toPlanes(net, net.conv(x, 'conv_out', outChannels)));
    net.graph.input(UNET_NAMES.time, 'float32', ['timesteps', this.#time.width]);
    this.#outputs(prediction === 'v_prediction' ? noiseOfV(net.graph, predicted) : predicted);
    return {
      network: net,
      text: this.#text,
      time: this.#time.finish(),
      work: net.work,
      mixedLayers: this.#mixedLayers,
      upBlocks: this.#upBlocks,
      selfQueryLayer: this.#selfQueryLayer,
      hasTextMap: this.#textMap !== undefined,
    };
  }

  /** What the timesteps give, for the residual blocks from here on to take their parts of. */
  #partTime(): (start: number, length: number) => Value {
    const { graph, ops } = this.#net;
    return graph.parts(this.#net.vectors(this.#timeRows), ops.channelAxis, () => this.#time.width);
  }

  /** What the prompt gave, a row for each of the batch. */
  #textKeysValues(name: string, channels: number) {
    const { graph, work } = this.#net;
    const fork = work.forked ? 'after' : 'before';
    const names = textInputs(this.#text.add(name, channels, fork));
    const dims = [`text rows ${fork}`, 'text tokens', channels];
    for (const input of Object.values(names)) graph.input(input, 'float32', dims);
    return { key: this.#net.working(names.key), value: this.#net.working(names.value) };
  }

  #downBlock(input: FeatureMap, level: number): FeatureMap {
    const { blockChannels, downBlocks, layersPerBlock } = this.#config;
    const name = `down_blocks.${String(level)}`;
    const out = blockChannels[level] ?? 0;
    let x = input;
    for (let layer = 0; layer < layersPerBlock; layer++) {
      x = resnetBlock(this.#net, x, `${name}.resnets.${String(layer)}`, out, this.#resnet);
      if (downBlocks[level] === 'CrossAttnDownBlock2D') {
        x = this.#transformer(x, `${name}.attentions.${String(layer)}`, level);
      }
      this.#keepSkip(x);
    }
    if (level === blockChannels.length - 1) return x;
    x = this.#net.conv(x, `${name}.downsamplers.0.conv`, out, { stride: 2 });
    this.#keepSkip(x);
    return x;
  }

  #midBlock(input: FeatureMap): FeatureMap {
    const { blockChannels } = this.#config;
    const resnet = (x: FeatureMap, index: number) =>
      resnetBlock(this.#net, x, `mid_block.resnets.${String(index)}`, x.channels, this.#resnet);
    const x = this.#transformer(
      resnet(input, 0),
      'mid_block.attentions.0',
      blockChannels.length - 1,
    );
    return resnet(x, 1);
  }

  #upBlock(input: FeatureMap, block: number): FeatureMap {
    const { blockChannels, upBlocks, layersPerBlock } = this.#config;
    const name = `up_blocks.${String(block)}`;
    const level = blockChannels.length - 1 - block;
    const out = blockChannels[level] ?? 0;
    let x = this.#freeU(input, block);
    for (let layer = 0; layer <= layersPerBlock; layer++) {
      const skip = this.#skips.pop();
      if (skip !== undefined) x = this.#net.ops.concat(this.#net, x, this.#rowsOf(skip));
      x = resnetBlock(this.#net, x, `${name}.resnets.${String(layer)}`, out, this.#resnet);
      if (upBlocks[block] === 'CrossAttnUpBlock2D') {
        x = this.#decoderTransformer(x, `${name}.attentions.${String(layer)}`, level);
      }
    }
    if (level === 0) return x;
    return this.#net.conv(this.#net.ops.upsample(this.#net, x), `${name}.upsamplers.0.conv`, out);
  }

  #freeU(x: FeatureMap, block: number): FeatureMap {
    const net = this.#net;
    const { graph, ops } = net;
    const names = freeUInputs(block);
    const cells = `cells ${String(x.downscale)}`;
    const gain = graph.input(names.gain, 'float32', [x.channels]);
    const filter = graph.input(names.filter, 'float32', [cells, 7]);
    const basis = graph.input(names.basis, 'float32', [cells, 7]);
    this.#upBlocks.push({ channels: x.channels, downscale: x.downscale });
    const sides = [`height ${cells}`, `width ${cells}`];
    const dims = ops.channelAxis === 1 ? [x.channels, ...sides] : [...sides, x.channels];
    const value = choose(
      graph,
      UNET_NAMES.freeU,
      ['rows', ...dims],
      (on) =>
        net.within(on, () => {
          const exact = { ...x, value: net.full(x.value) };
          return net.working(ops.lowPass(net, exact, gain, filter, basis).value);
        }),
      (off) => off.node('Identity', [x.value]),
      net.precision,
    );
    return { ...x, value };
  }

  #transformer(input: FeatureMap, name: string, level: number): FeatureMap {
    const x = this.#meetText(input);
    return transformer2d(this.#net, x, name, this.#transformerOptions(level)).project(x);
  }

  /** Before the first text attention: from here on there is a row for each prompt. */
  #meetText(x: FeatureMap): FeatureMap {
    if (this.#textRows !== undefined) return x;
    const { textRows } = UNET_NAMES;
    this.#textRows = textRows;
    this.#net.setBatch(textRows);
    this.#timeRows = this.#gather({ value: this.#timeRows }, textRows).value;
    this.#timePart = this.#partTime();
    this.#takeRows(textRows);
    return this.#gather(x, textRows);
  }

  #keepSkip(map: FeatureMap): void {
    this.#skips.push({ map, rows: undefined });
  }

  /** From here on the skips kept so far are read in these rows of what they are read in now; nothing is copied before. */
  #takeRows(rows: Value): void {
    const joined = new Map<Value | undefined, Value>([[undefined, rows]]);
    this.#skips = this.#skips.map(({ map, rows: before }) => {
      const both = joined.get(before) ?? this.#gather({ value: before ?? '' }, rows).value;
      joined.set(before, both);
      return { map, rows: both };
    });
  }

  #rowsOf({ map, rows }: Skip): FeatureMap {
    return rows === undefined ? map : this.#gather(map, rows);
  }

  #gather<T extends { readonly value: Value }>(map: T, rows: Value): T {
    return { ...map, value: this.#net.graph.node('Gather', [map.value, rows], { axis: 0 }) };
  }

  #transformerOptions(level: number): TransformerOptions {
    const { heads, groups } = this.#config;
    const text = (name: string, channels: number) => this.#textKeysValues(name, channels);
    return { heads: heads[level] ?? 1, groups, text };
  }

  /** Like `#transformer`; at the two finest scales its self-attention is mixed, and the first such forks the batch. */
  #decoderTransformer(input: FeatureMap, name: string, level: number): FeatureMap {
    const options = this.#transformerOptions(level);
    const { downscale, channels } = input;
    if (downscale !== 1 && downscale !== 2) return this.#transformer(input, name, level);
    const net = this.#net;
    let x = this.#meetText(input);
    const layer = this.#mixedLayers.length;
    const { heads } = options;
    const attention = `${name}.transformer_blocks.0.attn1`;
    this.#mixedLayers.push({ name: attention, downscale, heads, channels });
    const { project } = transformer2d(this.#net, x, name, {
      ...options,
      selfAttention: (residual, own) => {
        this.#exportProjections(layer, own, channels);
        if (downscale === 1) this.#selfQueryLayer = layer;
        let at = { residual, own };
        if (layer === 0) {
          this.#takeRows(this.#rows);
          x = this.#gather(x, this.#rows);
          at = this.#forkAttention(residual, own);
        }
        const nativeCells = (this.#config.sampleSize / downscale) ** 2;
        const attended = mixedAttention(this.#net, at.own, { layer, heads, channels, nativeCells });
        return { residual: at.residual, attended };
      },
      ...(downscale === 2
        ? {
            onTextAttention: (query, key) => {
              this.#textMap = () => {
                giveTextMap(net, query, key, { heads, channels });
              };
            },
          }
        : {}),
    });
    return project(x);
  }

  #exportProjections(layer: number, own: Projections, channels: number): void {
    const names = mixedOutputs(layer);
    const dims = ['rows', `tokens ${String(layer)}`, channels];
    const net = this.#net;
    for (const part of ['key', 'value', 'query'] as const) {
      net.graph.output(net.full(own[part]), 'float32', dims, names[part]);
    }
  }

  #forkAttention(residual: Tokens, own: { query: Value; key: Value; value: Value }) {
    const net = this.#net;
    const gather = (value: Value) => net.graph.node('Gather', [value, this.#rows], { axis: 0 });
    const tokens = gather(net.batched(residual));
    net.setBatch(this.#rows);
    net.work.forked = true;
    return {
      residual: net.flat(tokens, residual.channels, residual.extent),
      own: { query: gather(own.query), key: gather(own.key), value: gather(own.value) },
    };
  }

  #outputs(noise: Value): void {
    const { graph } = this.#net;
    const dims = ['rows', this.#config.outChannels, 'height', 'width'];
    const row = (at: number) => graph.node('Gather', [noise, graph.int64([at])], { axis: 0 });
    graph.output(row(0), 'float32', [1, ...dims.slice(1)], UNET_NAMES.firstNoise);
    graph.output(row(-1), 'float32', [1, ...dims.slice(1)], UNET_NAMES.lastNoise);
    graph.output(noise, 'float32', dims, UNET_NAMES.noise);
    this.#textMap?.();
  }
}
