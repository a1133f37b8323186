import { AppError } from '../../core/errors.js';
import { findPackJson, findPackText, readPackJson, type PackReader } from '../pack-reader.js';
import { clipTokenizer, type TokenizerFiles } from '../prompt-tokenizer.js';

/** The tokenizer of a pack, in either form; undefined when it has none. @throws AppError `model/invalid`. */
export async function openTokenizer(pack: PackReader): Promise<TokenizerFiles | undefined> {
  const folder = 'tokenizer';
  const configFile = `${folder}/tokenizer_config.json`;
  const json = await findPackJson(pack, configFile);
  if (json === undefined) return undefined;
  const config = asObject(json, configFile);
  const whole = await findPackJson(pack, `${folder}/tokenizer.json`);
  if (whole !== undefined) {
    return { folder, config, tokenizer: asObject(whole, `${folder}/tokenizer.json`) };
  }
  const vocab = asObject(await readPackJson(pack, `${folder}/vocab.json`), `${folder}/vocab.json`);
  const merges = await findPackText(pack, `${folder}/merges.txt`);
  const isVocabulary = Object.values(vocab).every((id) => typeof id === 'number');
  if (merges === undefined || !isVocabulary) {
    const reason = 'Without tokenizer.json the folder needs vocab.json and merges.txt.';
    throw new AppError({ code: 'model/invalid', file: folder, reason });
  }
  const tokenizer = clipTokenizer(vocab as Readonly<Record<string, number>>, merges);
  return { folder, config, tokenizer };
}

/**
 * Checks that a tokenizer numbers no word beyond the rows of a text encoder's table.
 * @throws AppError `model/invalid` when it belongs to another model.
 */
export function checkVocabulary({ folder, tokenizer }: TokenizerFiles, rows: number): void {
  const model: unknown = 'model' in tokenizer ? tokenizer.model : undefined;
  const vocab = typeof model === 'object' && model !== null && 'vocab' in model ? model.vocab : {};
  let words = 0;
  for (const id of Object.values(vocab ?? {})) {
    if (typeof id === 'number') words = Math.max(words, id + 1);
  }
  if (words <= rows) return;
  const reason = `It numbers ${String(words)} words, but the text encoder knows ${String(rows)}: it belongs to another model; put the tokenizer folder of the same model in its place.`;
  throw new AppError({ code: 'model/invalid', file: `${folder}/tokenizer.json`, reason });
}

/** A JSON file's content as an object. @throws AppError `model/invalid`. */
export function asObject(json: unknown, file: string): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ...json };
  throw new AppError({ code: 'model/invalid', file, reason: 'The file is not a JSON object.' });
}
