import { CLIP_KEYS } from './clip-keys.js';
import { renameKey } from './key-rules.js';
import { AppError } from '../../core/errors.js';
import { findPackJson, readPackJson, type PackReader } from '../pack-reader.js';
import type { TokenizerFiles } from '../prompt-tokenizer.js';
import { fileTable, type WeightTable } from '../weight-table.js';
import { openComponent } from './component-files.js';
import { describeLoose, identifyModel, isFolderLayout, openSingleFile } from './identify-model.js';
import { inferClipConfig, inferUnetConfig, inferVaeConfig, type Config } from './infer-configs.js';
import type { ModelDescription, ModelKind } from './model-description.js';
import { splitOriginal } from './original-layout.js';
import type { OpenNetwork } from './open-network.js';
import { openPreview } from './open-preview.js';
import { asObject, checkVocabulary, openTokenizer } from './open-tokenizer.js';

/** How a checkpoint is to be read where its files leave a choice. */
export interface ReadingChoices {
  /** What the U-Net predicts; `auto` believes the files. */
  readonly prediction?: 'auto' | 'epsilon' | 'v_prediction';
  /** Takes the averaged (EMA) weights of an original checkpoint that has both. */
  readonly averaged?: boolean;
}

/** A checkpoint opened and checked, not yet loaded: configs parsed, headers read. */
export interface OpenModel {
  readonly name: string;
  readonly description: ModelDescription;
  readonly unet: OpenNetwork;
  /** Undefined when the model has none; another can stand in for it. */
  readonly vae: OpenNetwork | undefined;
  readonly text: OpenNetwork | undefined;
  /** A small autoencoder for looking at latents on the way. */
  readonly preview: OpenNetwork | undefined;
  readonly scheduler: unknown;
  readonly schedulerFile: string;
  readonly tokenizer: TokenizerFiles | undefined;
  /** What a user should know of it, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Opens a checkpoint in any layout: configs and headers are read, weights are not.
 * @throws AppError `model/missing`, `model/invalid`, `model/unsupported`.
 */
export async function openModel(
  pack: PackReader,
  choices: ReadingChoices = {},
): Promise<OpenModel> {
  return (await isFolderLayout(pack)) ? openFolder(pack, choices) : openOriginal(pack, choices);
}

async function openFolder(pack: PackReader, choices: ReadingChoices): Promise<OpenModel> {
  const description = await identifyModel(pack);
  refuse(description, 'unet/config.json');
  const network = async (folder: string): Promise<OpenNetwork> => {
    const configFile = `${folder}/config.json`;
    const config = await readPackJson(pack, configFile);
    return { config, configFile, ...(await openComponent(pack, folder)) };
  };
  const [unet, vae, encoder] = await Promise.all([
    network('unet'),
    network('vae'),
    network('text_encoder'),
  ]);
  const text = { ...encoder, table: withClipKeys(encoder.table) };
  const schedulerFile = 'scheduler/scheduler_config.json';
  const json = await readPackJson(pack, schedulerFile);
  const scheduler =
    choices.prediction === undefined || choices.prediction === 'auto'
      ? json
      : { ...asObject(json, schedulerFile), prediction_type: choices.prediction };
  return {
    name: pack.name,
    description,
    unet,
    vae,
    text,
    preview: await openPreview(pack),
    scheduler,
    schedulerFile,
    tokenizer: await tokenizerFor(text, pack),
    notes: choices.averaged === true ? [NO_AVERAGES] : [],
  };
}

/** The pack's tokenizer, which must be the one that its text encoder was trained with. */
async function tokenizerFor(
  text: OpenNetwork | undefined,
  pack: PackReader,
): Promise<TokenizerFiles | undefined> {
  const tokenizer = await openTokenizer(pack);
  const words = text?.table.tensors.get('text_model.embeddings.token_embedding.weight');
  if (tokenizer && words) checkVocabulary(tokenizer, words.entry.shape[0] ?? 0);
  return tokenizer;
}

/** Newer libraries save text encoders without the `text_model.` before their keys. */
function withClipKeys(table: WeightTable): WeightTable {
  const named = [...table.tensors].map(
    ([key, tensor]) => [renameKey(key, CLIP_KEYS) ?? key, tensor] as const,
  );
  return { ...table, tensors: new Map(named) };
}

const NO_AVERAGES = 'The model has no averaged (EMA) weights; its only ones are used.';

/** What is a model's file, but no checkpoint, and what loads it. */
const OTHERS: Readonly<
  Partial<Record<ModelKind, { readonly what: string; readonly node: string }>>
> &
  Readonly<Record<'vae', { readonly what: string; readonly node: string }>> = {
  vae: { what: 'an autoencoder alone', node: 'Load VAE' },
  lora: { what: 'a LoRA', node: 'Load LoRA' },
  'textual-inversion': { what: 'a textual inversion', node: 'Load Embedding' },
};

async function openOriginal(pack: PackReader, choices: ReadingChoices): Promise<OpenModel> {
  const file = await openSingleFile(pack);
  const description = await describeLoose(pack, file);
  const { name } = file.source;
  refuse(description, name);
  const wantsAverages = choices.averaged === true;
  const parts = splitOriginal(fileTable(file), wantsAverages);
  const { unet } = parts;
  const other = OTHERS[description.kind];
  if (unet === undefined || other !== undefined) {
    const { what, node } = other ?? OTHERS.vae;
    const reason = `This file is ${what}, not a checkpoint; use the node ${node} for it.`;
    throw new AppError({ code: 'model/unsupported', file: name, reason });
  }
  const network = async (
    folder: string,
    table: WeightTable | undefined,
    infer: (table: WeightTable) => Config,
  ): Promise<OpenNetwork | undefined> => {
    if (table === undefined) return undefined;
    const configFile = `${folder}/config.json`;
    const config = (await findPackJson(pack, configFile)) ?? infer(table);
    return { config, configFile: name, table, files: [file] };
  };
  const [vae, text] = await Promise.all([
    network('vae', parts.vae, inferVaeConfig),
    network('text_encoder', parts.text, inferClipConfig),
  ]);
  const open = await network('unet', unet, inferUnetConfig);
  if (open === undefined) throw new Error('The U-Net has gone.');
  return {
    name: pack.name,
    description,
    unet: open,
    vae,
    text,
    preview: await openPreview(pack),
    scheduler: (await findPackJson(pack, 'scheduler/scheduler_config.json')) ?? {
      ...PUBLISHED_SCHEDULER,
      prediction_type: predictionOf(description, choices),
    },
    schedulerFile: name,
    tokenizer: await tokenizerFor(text, pack),
    notes: notesOf(description, parts.leftOver, choices),
  };
}

/** What every Stable Diffusion 1.x and 2.x was trained with. */
const PUBLISHED_SCHEDULER = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  num_train_timesteps: 1000,
  steps_offset: 1,
  set_alpha_to_one: false,
} as const;

function predictionOf({ prediction }: ModelDescription, choices: ReadingChoices): string {
  const chosen = choices.prediction ?? 'auto';
  return chosen === 'auto' ? (prediction ?? 'epsilon') : chosen;
}

function notesOf(
  description: ModelDescription,
  leftOver: readonly string[],
  choices: ReadingChoices,
): readonly string[] {
  const notes: string[] = [];
  if (choices.averaged === true && !description.hasAveraged) notes.push(NO_AVERAGES);
  const isOpen = (choices.prediction ?? 'auto') === 'auto' && description.isPredictionAssumed;
  if (description.kind === 'sd2' && isOpen) {
    notes.push(
      'The file does not say what its network predicts; noise (epsilon) is assumed. If pictures come out as coloured noise, choose v_prediction.',
    );
  }
  if (description.dtypes.length > 1) {
    notes.push(`Its weights have several precisions: ${description.dtypes.join(', ')}.`);
  }
  const [first] = leftOver;
  if (first !== undefined) {
    notes.push(
      `${String(leftOver.length)} tensors fit no known network and are not used, such as ${first}.`,
    );
  }
  return notes;
}

function refuse({ refusal }: ModelDescription, file: string): void {
  if (refusal !== undefined)
    throw new AppError({ code: 'model/unsupported', file, reason: refusal });
}
