import { contentKey } from '../core/engine/content-key.js';
import { AppError } from '../core/errors.js';
import { parseSchedulerConfig } from '../diffusion/noise-schedule.js';
import type { Denoiser, TextEncoder, Vae } from '../diffusion/ports.js';
import { asObject } from './checkpoint/open-tokenizer.js';
import type { OpenNetwork } from './checkpoint/open-network.js';
import { carefulSession } from './careful-session.js';
import { createDenoiser } from './denoiser.js';
import type { InferenceRunner, InferenceSession } from './inference.js';
import { lazySession } from './lazy-session.js';
import { autoencoderKl } from './models/autoencoder-kl.js';
import { autoencoderTiny } from './models/autoencoder-tiny.js';
import { buildClipText, parseClipTextConfig } from './models/clip-text-model.js';
import type { Network, OpProfile } from './models/network.js';
import { portableProfile } from './models/portable-profile.js';
import { parseUnetConfig } from './models/unet-config.js';
import { unetPart, type UnetPart } from './models/unet-conditions.js';
import { buildUnet } from './models/unet2d-condition.js';
import type { VaeGraphs } from './models/vae-graph.js';
import { webgpuProfile } from './models/webgpu-profile.js';
import { UNET_NAMES } from './models/unet-names.js';
import { tableWeights, type Precision, type WeightSource } from './models/weights.js';
import type { PromptTokenizer } from './prompt-tokenizer.js';
import { createTextEncoder } from './text-encoder.js';
import { createVae } from './vae.js';
import { keepsHalves, type PlacedTensor, type WeightTable } from './weight-table.js';

const PROFILES = { portable: portableProfile, webgpu: webgpuProfile } as const;

/** A network behind its port, and how to free what it holds. Its weights are put in memory when it is first used. */
export interface Loaded<Part> {
  readonly part: Part;
  release(): Promise<void>;
}

/** What a denoiser is made from; kept so that another can be made of changed weights. */
export interface DenoiserRecipe {
  readonly id: string;
  readonly network: OpenNetwork;
  readonly scheduler: unknown;
  readonly schedulerFile: string;
  /** Tokens of a prompt, for counting work. */
  readonly textTokens: number;
  readonly runner: InferenceRunner;
}

/**
 * Builds a U-Net's graph, which checks every tensor against the config.
 * @throws AppError `model/invalid`, `model/unsupported`.
 */
export function loadDenoiser(recipe: DenoiserRecipe): Loaded<Denoiser> {
  const { id, network, runner, textTokens } = recipe;
  const config = parseUnetConfig(network.configFile, network.config);
  const scheduler = parseSchedulerConfig(recipe.scheduler, recipe.schedulerFile);
  const prediction = scheduler.predictionType ?? 'epsilon';
  const tables = partTables(network.table);
  const weights = (part: UnetPart) => weightsOf(tables[part], runner);
  const build = (precision: Precision) =>
    buildUnet(config, weights, PROFILES[runner.profile], prediction, precision);
  const graph = build('float32');
  const full = sessionOf(() => graph.network, runner);
  const half = sessionOf(() => build('float16').network, runner);
  const sessions = {
    session: runner.half === true ? carefulSession({ half, full, isTelling: isNoise }) : full,
    textSession: sessionOf(() => graph.text.network, runner),
    timeSession: sessionOf(() => graph.time, runner),
  };
  const part = createDenoiser({ id, config, graph, ...sessions, scheduler, textTokens });
  const release = async (): Promise<void> => {
    part.forget();
    await Promise.all(Object.values(sessions).map((session) => session.release()));
  };
  return { part, release };
}

function isNoise(output: string): boolean {
  const { noise, firstNoise, lastNoise } = UNET_NAMES;
  return output === noise || output === firstNoise || output === lastNoise;
}

/** The weights of each graph of a U-Net, so that none is handed what another reads. */
function partTables({ name, tensors }: WeightTable): Readonly<Record<UnetPart, WeightTable>> {
  const parts: Readonly<Record<UnetPart, Map<string, PlacedTensor>>> = {
    forward: new Map(),
    text: new Map(),
    time: new Map(),
  };
  for (const [key, tensor] of tensors) parts[unetPart(key)].set(key, tensor);
  const table = (part: UnetPart): WeightTable => ({ name, tensors: parts[part] });
  return { forward: table('forward'), text: table('text'), time: table('time') };
}

/** What a text encoder is made from. */
export interface TextEncoderRecipe {
  readonly id: string;
  readonly network: OpenNetwork;
  readonly tokenizer: PromptTokenizer | undefined;
  readonly runner: InferenceRunner;
  /** Vectors of further tokens, which are numbered after those of the vocabulary. */
  readonly added?: readonly Float32Array[];
}

/** Builds a text encoder's graph. @throws AppError `model/invalid`, `model/unsupported`. */
export function loadTextEncoder({
  id,
  network,
  tokenizer,
  runner,
  added = [],
}: TextEncoderRecipe): Loaded<TextEncoder> {
  const config = parseClipTextConfig(network.configFile, network.config);
  const weights = weightsOf(network.table, runner);
  const graph = buildClipText(config, weights, PROFILES[runner.profile], added.length > 0);
  const session = sessionOf(() => graph, runner);
  const part = createTextEncoder({ id, config, session, tokenizer, added });
  return { part, release: () => session.release() };
}

/** Builds an autoencoder's graphs. @throws AppError `model/invalid`, `model/unsupported`. */
export function loadVae(id: string, network: OpenNetwork, runner: InferenceRunner): Loaded<Vae> {
  const graphs = withBothHalves(vaeGraphs(network, runner), network);
  const loaded = createVae({ id, graphs, runner });
  return { part: loaded.vae, release: () => loaded.release() };
}

/** The graphs, where asking for an encoder that the files do not have is refused in words. */
function withBothHalves(graphs: VaeGraphs, { configFile, table }: OpenNetwork): VaeGraphs {
  const hasEncoder = [...table.tensors.keys()].some((key) => key.startsWith('encoder.'));
  if (hasEncoder) return graphs;
  const reason =
    'it is a decoder alone, good for looking at latents but not for making them; put its encoder (taesd_encoder.safetensors) beside it in one folder, and choose the folder';
  return {
    ...graphs,
    buildEncoder() {
      throw new AppError({ code: 'model/missing', name: configFile, reason });
    },
  };
}

/** Names a network by its config, what else it depends on, the changes of its weights and the digests of their files. */
export function networkKey(
  { config, table }: OpenNetwork,
  digests: ReadonlyMap<unknown, readonly string[]>,
  ...others: readonly unknown[]
): string {
  const sources = new Set([...table.tensors.values()].map(({ source }) => source));
  const files = [...sources].map((source) => digests.get(source) ?? []);
  return contentKey([config, ...others, ...files]);
}

function weightsOf(table: WeightTable, { diskFolder, profile }: InferenceRunner): WeightSource {
  return tableWeights(table, { diskFolder, keepsHalves: keepsHalves(table, profile) });
}

function sessionOf(build: () => Network, runner: InferenceRunner): InferenceSession {
  return lazySession(() => {
    const { graph, weights } = build();
    return runner.create(graph.toModel(), weights.files(), graph.externalBytes);
  });
}

function vaeGraphs({ config, configFile, table }: OpenNetwork, runner: InferenceRunner): VaeGraphs {
  return buildVae(configFile, config, () => weightsOf(table, runner), PROFILES[runner.profile]);
}

/** The graphs of an autoencoder of either kind. @throws AppError `model/invalid`, `model/unsupported`. */
export function buildVae(
  file: string,
  json: unknown,
  weights: () => WeightSource,
  profile: OpProfile,
): VaeGraphs {
  const config = asObject(json, file);
  const name = config['_class_name'];
  if (name === 'AutoencoderKL') return autoencoderKl(file, config, weights, profile);
  if (name === 'AutoencoderTiny') return autoencoderTiny(file, config, weights, profile);
  const reason = `The autoencoder is ${JSON.stringify(name)}; known are AutoencoderKL and AutoencoderTiny.`;
  throw new AppError({ code: 'model/unsupported', file, reason });
}
