import { contentKey } from '../core/engine/content-key.js';
import { AppError } from '../core/errors.js';
import { parseSchedulerConfig } from '../diffusion/noise-schedule.js';
import type { Checkpoint } from '../diffusion/ports.js';
import type { ByteSource } from './byte-source.js';
import { createDenoiser } from './denoiser.js';
import type { InferenceRunner } from './inference.js';
import { autoencoderKl } from './models/autoencoder-kl.js';
import {
  buildClipText,
  parseClipTextConfig,
  type ClipTextConfig,
} from './models/clip-text-model.js';
import type { OpProfile } from './models/network.js';
import { patchAutoencoder } from './models/patch-autoencoder.js';
import { portableProfile } from './models/portable-profile.js';
import { parseUnetConfig } from './models/unet-config.js';
import { buildUnet } from './models/unet2d-condition.js';
import type { VaeGraphs } from './models/vae-graph.js';
import { webgpuProfile } from './models/webgpu-profile.js';
import { fileWeights } from './models/weights.js';
import {
  findPackJson,
  findPackText,
  openPackWeights,
  readPackJson,
  type PackReader,
} from './pack-reader.js';
import { clipTokenizer, createPromptTokenizer, type TokenizerFiles } from './prompt-tokenizer.js';
import { readSafetensors, type SafetensorsFile } from './safetensors.js';
import { createTextEncoder } from './text-encoder.js';
import { createVae } from './vae.js';

/** A pack opened and checked, not yet loaded: configs parsed, headers read. */
interface OpenPack {
  readonly name: string;
  readonly configs: Readonly<Record<'unet' | 'vae' | 'text' | 'scheduler', unknown>>;
  readonly files: Readonly<Record<'unet' | 'vae' | 'text', SafetensorsFile>>;
  readonly tokenizer: TokenizerFiles | undefined;
}

/**
 * Names what a pack holds: a hash over its configs, tokenizer and every byte of its weights. Does not load it.
 * @throws AppError `model/missing`, `model/invalid`.
 */
export async function fingerprintPack(pack: PackReader): Promise<string> {
  return (await packKeys(await openPack(pack))).checkpoint;
}

/**
 * Loads a pack: U-Net and text encoder at once, the two halves of the autoencoder when first used. The caller owns
 * one claim on the result.
 * @throws AppError `model/missing`, `model/invalid`, `model/unsupported`, `model/out-of-memory`.
 */
export async function loadPack(
  pack: PackReader,
  runner: InferenceRunner,
  options: {
    readonly signal?: AbortSignal;
    readonly progress?: (done: number, total: number) => void;
  } = {},
): Promise<Checkpoint> {
  const { signal, progress } = options;
  const opened = await openPack(pack);
  progress?.(1, 4);
  signal?.throwIfAborted();
  const keys = await packKeys(opened);
  progress?.(2, 4);
  signal?.throwIfAborted();
  const profile = PROFILES[runner.profile];
  const clipConfig = parseClipTextConfig('text_encoder/config.json', opened.configs.text);
  const text = await loadTextEncoder(opened, clipConfig, keys.text, runner, profile);
  progress?.(3, 4);
  const unet = await loadDenoiser(opened, clipConfig.positions, keys.unet, runner, profile);
  const graphs = vaeGraphs(opened, profile);
  const weights = opened.files.vae.source;
  const vae = createVae({ id: keys.vae, graphs, weights, runner });
  progress?.(4, 4);
  const release = async (): Promise<void> => {
    await Promise.all([text.release(), unet.release(), vae.release()]);
  };
  const parts = { denoiser: unet.denoiser, textEncoder: text.textEncoder, vae: vae.vae };
  const checkpoint = claimed(
    { ...parts, name: pack.name, byteLength: weightBytes(opened) },
    release,
  );
  if (signal?.aborted === true) checkpoint.dispose();
  signal?.throwIfAborted();
  return checkpoint;
}

async function openPack(pack: PackReader): Promise<OpenPack> {
  const [unet, vae, text, scheduler] = await Promise.all([
    readPackJson(pack, 'unet/config.json'),
    readPackJson(pack, 'vae/config.json'),
    readPackJson(pack, 'text_encoder/config.json'),
    readPackJson(pack, 'scheduler/scheduler_config.json'),
  ]);
  const network = ['diffusion_pytorch_model', 'model'];
  const [unetFile, vaeFile, textFile] = await Promise.all([
    openPackWeights(pack, 'unet', network).then(readSafetensors),
    openPackWeights(pack, 'vae', network).then(readSafetensors),
    openPackWeights(pack, 'text_encoder', ['model']).then(readSafetensors),
  ]);
  return {
    name: pack.name,
    configs: { unet, vae, text, scheduler },
    files: { unet: unetFile, vae: vaeFile, text: textFile },
    tokenizer: await openTokenizer(pack),
  };
}

async function openTokenizer(pack: PackReader): Promise<TokenizerFiles | undefined> {
  const folder = 'tokenizer';
  const configFile = `${folder}/tokenizer_config.json`;
  const json = await findPackJson(pack, configFile);
  if (json === undefined) return undefined;
  const config = asRecord(configFile, json);
  const whole = await findPackJson(pack, `${folder}/tokenizer.json`);
  if (whole !== undefined) {
    return { folder, config, tokenizer: asRecord(`${folder}/tokenizer.json`, whole) };
  }
  const vocab = asRecord(`${folder}/vocab.json`, await readPackJson(pack, `${folder}/vocab.json`));
  const merges = await findPackText(pack, `${folder}/merges.txt`);
  const isVocabulary = Object.values(vocab).every((id) => typeof id === 'number');
  if (merges === undefined || !isVocabulary) {
    const reason = 'Without tokenizer.json the folder needs vocab.json and merges.txt.';
    throw new AppError({ code: 'model/invalid', file: folder, reason });
  }
  const tokenizer = clipTokenizer(vocab as Readonly<Record<string, number>>, merges);
  return { folder, config, tokenizer };
}

function asRecord(file: string, json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ...json };
  throw new AppError({ code: 'model/invalid', file, reason: 'The file is not a JSON object.' });
}

interface PackKeys {
  readonly checkpoint: string;
  readonly unet: string;
  readonly vae: string;
  readonly text: string;
}

async function packKeys({ configs, files, tokenizer }: OpenPack): Promise<PackKeys> {
  const unet = contentKey([configs.unet, configs.scheduler, await digest(files.unet.source)]);
  const vae = contentKey([configs.vae, await digest(files.vae.source)]);
  const text = contentKey([configs.text, tokenizer, await digest(files.text.source)]);
  return { unet, vae, text, checkpoint: contentKey([unet, vae, text]) };
}

const DIGEST_CHUNK = 2 ** 26;

/** SHA-256 of every 64 MiB, so that a file of several gigabytes need never be in memory. */
async function digest(source: ByteSource): Promise<readonly string[]> {
  const digests: string[] = [];
  for (let offset = 0; offset < source.size; offset += DIGEST_CHUNK) {
    const bytes = await source.read(offset, Math.min(DIGEST_CHUNK, source.size - offset));
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
    digests.push(Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return digests;
}

function weightBytes({ files }: OpenPack): number {
  return files.unet.source.size + files.vae.source.size + files.text.source.size;
}

const PROFILES = { portable: portableProfile, webgpu: webgpuProfile } as const;

async function loadTextEncoder(
  pack: OpenPack,
  config: ClipTextConfig,
  id: string,
  runner: InferenceRunner,
  profile: OpProfile,
) {
  const tokenizer = pack.tokenizer && createPromptTokenizer(pack.tokenizer, config.positions);
  const model = buildClipText(config, fileWeights(pack.files.text), profile).graph.toModel();
  const session = await runner.create(model, [pack.files.text.source]);
  return {
    textEncoder: createTextEncoder({ id, config, session, tokenizer }),
    release: () => session.release(),
  };
}

async function loadDenoiser(
  pack: OpenPack,
  textTokens: number,
  id: string,
  runner: InferenceRunner,
  profile: OpProfile,
) {
  const config = parseUnetConfig('unet/config.json', pack.configs.unet);
  const scheduler = parseSchedulerConfig(pack.configs.scheduler, 'scheduler/scheduler_config.json');
  const graph = buildUnet(config, fileWeights(pack.files.unet), profile);
  const session = await runner.create(graph.network.graph.toModel(), [pack.files.unet.source]);
  return {
    denoiser: createDenoiser({ id, config, graph, session, scheduler, textTokens }),
    release: () => session.release(),
  };
}

function vaeGraphs(pack: OpenPack, profile: OpProfile): VaeGraphs {
  const file = 'vae/config.json';
  const config = asRecord(file, pack.configs.vae);
  const weights = () => fileWeights(pack.files.vae);
  const name = config['_class_name'];
  if (name === 'AutoencoderKL') return autoencoderKl(file, config, weights, profile);
  if (name === 'PatchAutoencoder') return patchAutoencoder(file, config, weights, profile);
  const reason = `The autoencoder is ${JSON.stringify(name)}; known are AutoencoderKL and PatchAutoencoder.`;
  throw new AppError({ code: 'model/unsupported', file, reason });
}

/** A checkpoint that frees its sessions with its last claim. */
function claimed(
  parts: Omit<Checkpoint, 'retain' | 'dispose'>,
  release: () => Promise<void>,
): Checkpoint {
  let claims = 1;
  const checkpoint: Checkpoint = {
    ...parts,
    retain() {
      claims++;
      return checkpoint;
    },
    dispose() {
      claims--;
      if (claims === 0) void release();
    },
  };
  return checkpoint;
}
