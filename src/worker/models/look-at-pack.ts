import { AppError } from '../../core/errors.js';
import type { ModelWords, StoredKind } from '../../storage/models/model-record.js';
import { identifyModel, openSingleFile } from '../../runtime/checkpoint/identify-model.js';
import type { ModelDescription } from '../../runtime/checkpoint/model-description.js';
import { openModel } from '../../runtime/checkpoint/open-model.js';
import { openVae } from '../../runtime/checkpoint/open-vae.js';
import type { PackReader } from '../../runtime/pack-reader.js';
import { fileTable, type WeightTable } from '../../runtime/weight-table.js';

/** What a pack is, and the tables of the weights that anything could load from it. */
export interface LookedAt {
  readonly kind: StoredKind;
  readonly words: ModelWords;
  readonly tables: readonly WeightTable[];
}

/**
 * Tells from names, configs and headers what a model is; opens every file that it needs.
 * @throws AppError `model/missing`, `model/invalid`, `model/unsupported`: then it could not be loaded either.
 */
export async function lookAtPack(pack: PackReader): Promise<LookedAt> {
  const description = await identifyModel(pack);
  if (description.refusal !== undefined) {
    const { refusal: reason } = description;
    throw new AppError({ code: 'model/unsupported', file: pack.name, reason });
  }
  switch (description.kind) {
    case 'lora': {
      const { readLora } = await import('../../runtime/lora/lora-file.js');
      const file = await openSingleFile(pack);
      await readLora(file.source);
      return { kind: 'lora', words: wordsOf(description), tables: [fileTable(file)] };
    }
    case 'textual-inversion': {
      const file = await openSingleFile(pack);
      return { kind: 'embedding', words: wordsOf(description), tables: [fileTable(file)] };
    }
    case 'vae': {
      const { table } = await openVae(pack);
      const memoryBytes = memoryOf([table]);
      return { kind: 'vae', words: { ...wordsOf(description), memoryBytes }, tables: [table] };
    }
    default:
      return lookAtCheckpoint(pack, description);
  }
}

/** Tokens of a prompt; a tokenizer that makes any of them can make these. */
const POSITIONS = 77;

async function lookAtCheckpoint(
  pack: PackReader,
  description: ModelDescription,
): Promise<LookedAt> {
  const opened = await openModel(pack);
  if (opened.tokenizer) {
    const { createPromptTokenizer } = await import('../../runtime/prompt-tokenizer.js');
    createPromptTokenizer(opened.tokenizer, POSITIONS);
  }
  const networks = [opened.unet, opened.vae, opened.text].filter((each) => each !== undefined);
  const tables = networks.map(({ table }) => table);
  const preview = opened.preview ? [opened.preview.table] : [];
  const averaged = description.hasAveraged
    ? [(await openModel(pack, { averaged: true })).unet.table]
    : [];
  const missing = [...(opened.vae ? [] : ['vae']), ...(opened.text ? [] : ['text_encoder'])];
  const words = { ...wordsOf(description), memoryBytes: memoryOf(tables), missing };
  const notes = [...new Set([...words.notes, ...opened.notes])];
  return {
    kind: 'checkpoint',
    words: { ...words, notes },
    tables: [...tables, ...averaged, ...preview],
  };
}

function wordsOf({ kind, layout, dtypes }: ModelDescription): ModelWords {
  return { family: kind, layout, dtypes, missing: [], notes: [] };
}

/** Bytes of all weights as the processor computes with them, four each. */
function memoryOf(tables: readonly WeightTable[]): number {
  let bytes = 0;
  for (const { tensors } of tables) {
    for (const { entry } of tensors.values()) {
      bytes += entry.byteLength * (entry.dtype === 'F32' ? 1 : 2);
    }
  }
  return bytes;
}
