import { contentKey } from '../core/engine/content-key.js';
import type {
  Checkpoint,
  ClaimedPart,
  Denoiser,
  LoadingContext,
  TextEncoder,
  Vae,
} from '../diffusion/ports.js';
import { hasSameLatents, previewThrough } from '../diffusion/preview-through.js';
import { checkWeights } from './checkpoint/check-weights.js';
import { openSingleFile } from './checkpoint/identify-model.js';
import { openModel, type OpenModel, type ReadingChoices } from './checkpoint/open-model.js';
import type { OpenNetwork } from './checkpoint/open-network.js';
import { openVae } from './checkpoint/open-vae.js';
import { claimed } from './claimed.js';
import { publishedTokenizer, type ClipVocabulary } from './clip-vocabulary.js';
import type { InferenceRunner } from './inference.js';
import {
  loadDenoiser,
  loadTextEncoder,
  loadVae,
  networkKey,
  type DenoiserRecipe,
  type Loaded,
  type TextEncoderRecipe,
} from './load-networks.js';
import { missingTextEncoder, missingVae } from './missing-parts.js';
import { parseClipTextConfig } from './models/clip-text-model.js';
import type { PackReader } from './pack-reader.js';
import { createPromptTokenizer, type PromptTokenizer } from './prompt-tokenizer.js';
import { fileTable, tableBytes } from './weight-table.js';

/** How a pack is loaded. */
export interface LoadingOptions extends Partial<LoadingContext> {
  readonly choices?: ReadingChoices;
  /** Gives the published CLIP vocabulary, for checkpoints that come without a tokenizer. */
  readonly vocabulary?: ClipVocabulary;
}

/**
 * Names what a pack holds: a hash over its configs, tokenizer and every byte of its weights. Does not load it.
 * @throws AppError `model/missing`, `model/invalid`, `model/unsupported`.
 */
export async function fingerprintPack(pack: PackReader, choices?: ReadingChoices): Promise<string> {
  return (await packKeys(await openModel(pack, choices))).checkpoint;
}

/** A checkpoint, and what its networks were made from. */
export interface LoadedPack {
  readonly checkpoint: Checkpoint;
  readonly denoiser: DenoiserRecipe;
  readonly textEncoder: TextEncoderRecipe | undefined;
}

/**
 * Opens and checks a pack and builds its graphs; every weight is looked at, and put in memory when first used. The caller
 * owns one claim on the checkpoint.
 * @throws AppError `model/missing`, `model/invalid`, `model/unsupported`.
 */
export async function loadPack(
  pack: PackReader,
  runner: InferenceRunner,
  options: LoadingOptions = {},
): Promise<Checkpoint> {
  return (await loadPackParts(pack, runner, options)).checkpoint;
}

/** Like {@link loadPack}, with the recipes of the networks. */
export async function loadPackParts(
  pack: PackReader,
  runner: InferenceRunner,
  { signal, progress, warn, choices, vocabulary }: LoadingOptions = {},
): Promise<LoadedPack> {
  const opened = await openModel(pack, choices);
  progress?.(1, 3);
  const keys = await packKeys(opened, signal);
  progress?.(2, 3);
  signal?.throwIfAborted();
  for (const note of opened.notes) warn?.(note);
  const recipes = await packRecipes(opened, keys, runner, vocabulary);
  const denoiser = loadDenoiser(recipes.denoiser);
  const text = recipes.textEncoder && loadTextEncoder(recipes.textEncoder);
  const vae = opened.vae && loadVae(keys.vae, opened.vae, runner);
  const small = opened.preview && loadPreview(opened.preview, runner);
  progress?.(3, 3);
  signal?.throwIfAborted();
  const checkpoint = claimed(
    {
      name: pack.name,
      denoiser: denoiser.part,
      textEncoder: text?.part ?? missingTextEncoder(pack.name),
      vae: vae ? seenThrough(vae.part, small?.part) : missingVae(pack.name),
      byteLength: networksOf(opened).reduce((sum, { table }) => sum + tableBytes(table), 0),
    },
    async () => {
      await Promise.all([denoiser.release(), text?.release(), vae?.release(), small?.release()]);
    },
  );
  return { checkpoint, ...recipes };
}

/** Its weights are not looked at: a preview cannot spoil a result. */
function loadPreview(network: OpenNetwork, runner: InferenceRunner): Loaded<Vae> {
  const files = network.files.map(({ source }) => source.contentKey ?? source.name);
  return loadVae(contentKey(['preview', network.config, files]), network, runner);
}

/** The autoencoder, looked at through the small one where that was made for such latents. */
function seenThrough(vae: Vae, small: Vae | undefined): Vae {
  return small && hasSameLatents(vae.format, small.format)
    ? previewThrough(vae, small, 'model')
    : vae;
}

/** Loads an autoencoder by itself. @throws AppError as {@link loadPack}. */
export async function loadVaePack(
  pack: PackReader,
  runner: InferenceRunner,
  { signal, progress }: Partial<LoadingContext> = {},
): Promise<ClaimedPart<Vae>> {
  const network = await openVae(pack);
  progress?.(1, 2);
  const key = networkKey(network, await checkWeights([network.table], signal));
  signal?.throwIfAborted();
  return claimedPart(loadVae(key, network, runner), network);
}

/** Names an autoencoder's files. @throws AppError as {@link loadPack}. */
export async function fingerprintVae(pack: PackReader): Promise<string> {
  const network = await openVae(pack);
  return networkKey(network, await checkWeights([network.table]));
}

/** Names a file by its weights alone. @throws AppError as {@link loadPack}. */
export async function fingerprintFile(pack: PackReader): Promise<string> {
  const file = await openSingleFile(pack);
  return contentKey([...(await checkWeights([fileTable(file)])).values()]);
}

/** A network of its own with a claim that frees it. */
export function claimedPart<Part extends Denoiser | TextEncoder | Vae>(
  loaded: Loaded<Part>,
  { table }: OpenNetwork,
): ClaimedPart<Part> {
  const claim = claimed({ byteLength: tableBytes(table) }, () => loaded.release());
  return { part: loaded.part, claim };
}

function networksOf({ unet, vae, text }: OpenModel): readonly OpenNetwork[] {
  return [unet, vae, text].filter((network) => network !== undefined);
}

interface PackKeys {
  readonly checkpoint: string;
  readonly unet: string;
  readonly vae: string;
  readonly text: string;
}

async function packKeys(opened: OpenModel, signal?: AbortSignal): Promise<PackKeys> {
  const digests = await checkWeights(
    networksOf(opened).map(({ table }) => table),
    signal,
  );
  const { unet, vae, text, scheduler, tokenizer, description } = opened;
  const keys = {
    unet: networkKey(unet, digests, scheduler, description.layout),
    vae: vae === undefined ? '' : networkKey(vae, digests),
    text: text === undefined ? '' : networkKey(text, digests, tokenizer),
  };
  return { ...keys, checkpoint: contentKey([keys.unet, keys.vae, keys.text]) };
}

async function packRecipes(
  opened: OpenModel,
  keys: PackKeys,
  runner: InferenceRunner,
  vocabulary: ClipVocabulary | undefined,
): Promise<Omit<LoadedPack, 'checkpoint'>> {
  const { text, unet: network, scheduler, schedulerFile } = opened;
  const config = text && parseClipTextConfig(text.configFile, text.config);
  const tokenizer = config && (await tokenizerOf(opened, config, vocabulary));
  return {
    denoiser: {
      id: keys.unet,
      network,
      scheduler,
      schedulerFile,
      textTokens: config?.positions ?? 77,
      runner,
    },
    textEncoder: text && { id: keys.text, network: text, tokenizer, runner },
  };
}

/** The pack's own tokenizer, else the published one where the vocabulary has its size. */
async function tokenizerOf(
  { tokenizer, description }: OpenModel,
  { positions, vocabulary: size }: { readonly positions: number; readonly vocabulary: number },
  vocabulary: ClipVocabulary | undefined,
): Promise<PromptTokenizer | undefined> {
  if (tokenizer !== undefined) return createPromptTokenizer(tokenizer, positions);
  if (vocabulary === undefined) return undefined;
  const files = await publishedTokenizer(
    vocabulary,
    size,
    description.kind === 'sd2' ? '!' : undefined,
  );
  return files && createPromptTokenizer(files, positions);
}
