import { AppError } from '../core/errors.js';
import type { ModelFacts, NetworkFacts, VaeFacts, WorkTerm } from '../diffusion/forecast-facts.js';
import { parseSchedulerConfig } from '../diffusion/noise-schedule.js';
import { openModel } from './checkpoint/open-model.js';
import type { OpenNetwork } from './checkpoint/open-network.js';
import { openVae } from './checkpoint/open-vae.js';
import { buildVae } from './load-networks.js';
import { buildClipText, parseClipTextConfig } from './models/clip-text-model.js';
import { portableProfile } from './models/portable-profile.js';
import { parseUnetConfig } from './models/unet-config.js';
import { buildUnet } from './models/unet2d-condition.js';
import type { WeightSource } from './models/weights.js';
import { findPackJson, readPackJson, type PackReader } from './pack-reader.js';
import { tableBytes } from './weight-table.js';

/** A network's configuration, and its file where something is known of that. */
interface ConfiguredNetwork {
  readonly file: string;
  readonly config: unknown;
  readonly table?: OpenNetwork['table'];
  /** Bytes of the weight file. */
  readonly size?: number | undefined;
}

interface ConfiguredModel {
  readonly unet: ConfiguredNetwork;
  readonly text: ConfiguredNetwork;
  readonly vae: ConfiguredNetwork;
  readonly scheduler: unknown;
  readonly schedulerFile: string;
}

/**
 * What a checkpoint is: of files at hand from configurations and headers, of files on a server from configurations alone.
 * No weight is read. @throws AppError `model/missing`, `model/invalid`, `model/unsupported`, `model/download-failed`.
 */
export async function readModelFacts(pack: PackReader): Promise<ModelFacts> {
  const model = pack.list === undefined ? await remoteModel(pack) : await localModel(pack);
  const scheduler = parseSchedulerConfig(model.scheduler, model.schedulerFile);
  const config = parseUnetConfig(model.unet.file, model.unet.config);
  const unetWeights = shapesAlone();
  const unet = buildUnet(
    config,
    () => unetWeights.source,
    portableProfile,
    scheduler.predictionType,
  );
  const clip = parseClipTextConfig(model.text.file, model.text.config);
  const clipWeights = shapesAlone();
  const text = buildClipText(clip, clipWeights.source, portableProfile);
  return {
    name: pack.name,
    scheduler,
    unet: {
      ...weightFacts(model.unet, unetWeights),
      work: unet.work.terms(),
      latentChannels: config.inChannels,
      sampleSize: config.sampleSize,
      blockChannels: config.blockChannels,
      layersPerBlock: config.layersPerBlock,
      mixedLayers: unet.mixedLayers.map(({ downscale, heads, channels }) => ({
        downscale,
        heads,
        channels,
      })),
    },
    text: {
      ...weightFacts(model.text, clipWeights),
      work: text.work.terms(),
      tokens: clip.positions,
      width: clip.width,
    },
    vae: { name: pack.name, ...vaeFacts(model.vae) },
  };
}

/** What an autoencoder by itself is. No weight is read. @throws AppError as {@link readModelFacts}. */
export async function readVaeFacts(pack: PackReader): Promise<VaeFacts> {
  const { configFile, config, table } = await openVae(pack);
  return { name: pack.name, ...vaeFacts({ file: configFile, config, table }) };
}

function vaeFacts(network: ConfiguredNetwork): Omit<VaeFacts, 'name'> {
  const weights = shapesAlone();
  const graphs = buildVae(network.file, network.config, () => weights.source, portableProfile);
  const work = (build: typeof graphs.buildEncoder): readonly WorkTerm[] => build().work.terms();
  const { latentChannels, downscale, nativeSize } = graphs;
  return {
    encoderWork: work(graphs.buildEncoder),
    decoderWork: work(graphs.buildDecoder),
    latentChannels,
    downscale,
    nativeSize,
    widestChannels: widestChannels(network.config),
    ...weightFacts(network, weights),
  };
}

/**
 * The decoder's last block begins with the channels of the one before, at the picture's own size. An AutoencoderTiny has the same
 * channels everywhere.
 */
function widestChannels(config: unknown): number {
  const fields: Readonly<Record<string, unknown>> = { ...(config as object) };
  const widths = fields['block_out_channels'] ?? fields['decoder_block_out_channels'];
  const [first, second] = Array.isArray(widths) ? (widths as readonly unknown[]) : [];
  const widest = second ?? first;
  return typeof widest === 'number' ? widest : 0;
}

async function remoteModel(pack: PackReader): Promise<ConfiguredModel> {
  const network = async (folder: string, weights: string): Promise<ConfiguredNetwork> => {
    const file = `${folder}/config.json`;
    const config = await readPackJson(pack, file);
    return { file, config, size: await pack.size?.(`${folder}/${weights}`) };
  };
  const schedulerFile = 'scheduler/scheduler_config.json';
  const [unet, text, vae, scheduler] = await Promise.all([
    network('unet', 'diffusion_pytorch_model.safetensors'),
    network('text_encoder', 'model.safetensors'),
    network('vae', 'diffusion_pytorch_model.safetensors'),
    findPackJson(pack, schedulerFile),
  ]);
  return { unet, text, vae, scheduler, schedulerFile };
}

async function localModel(pack: PackReader): Promise<ConfiguredModel> {
  const opened = await openModel(pack);
  const network = ({ configFile, config, table }: OpenNetwork): ConfiguredNetwork => ({
    file: configFile,
    config,
    table,
  });
  if (!opened.text || !opened.vae) {
    const missing = opened.text ? 'autoencoder' : 'text encoder';
    const reason = `it has no ${missing} inside, so what it takes is not known before it is loaded`;
    throw new AppError({ code: 'model/missing', name: pack.name, reason });
  }
  return {
    unet: network(opened.unet),
    text: network(opened.text),
    vae: network(opened.vae),
    scheduler: opened.scheduler,
    schedulerFile: opened.schedulerFile,
  };
}

function weightFacts({ table, size }: ConfiguredNetwork, weights: CountedWeights): NetworkFacts {
  const largestBytes = 4 * weights.largest();
  if (table !== undefined) {
    const [first] = table.tensors.values();
    const dtype = first?.entry.dtype === 'F32' ? 'f32' : 'f16';
    return { weightBytes: tableBytes(table), dtype, largestBytes };
  }
  const elements = weights.elements();
  // A header is small beside the weights, so the file's size tells how they lie in it.
  if (size === undefined) return { weightBytes: 4 * elements, dtype: undefined, largestBytes };
  const isFull = size / elements > 3;
  return { weightBytes: (isFull ? 4 : 2) * elements, dtype: isFull ? 'f32' : 'f16', largestBytes };
}

interface CountedWeights {
  readonly source: WeightSource;
  /** Elements of all of them. */
  elements(): number;
  /** Elements of the largest. */
  largest(): number;
}

/** Weights of which nothing but names and shapes is known; they are counted. */
function shapesAlone(): CountedWeights {
  const seen = new Map<string, { readonly value: string; readonly elements: number }>();
  const source: WeightSource = {
    has: () => false,
    value(graph, name, dims) {
      const known = seen.get(name);
      if (known !== undefined) return known.value;
      const elements = dims.reduce((product, side) => product * side, 1);
      const place = { path: 'weights', offset: 0, byteLength: 4 * elements };
      const value = graph.external(name, 'float32', dims, place);
      seen.set(name, { value, elements });
      return value;
    },
    files: () => [],
  };
  const counts = (): number[] => [...seen.values()].map(({ elements }) => elements);
  return {
    source,
    elements: () => counts().reduce((sum, each) => sum + each, 0),
    largest: () => Math.max(0, ...counts()),
  };
}
