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

/** A JSON file's content as an object. @throws AppError `model/invalid`. */
export function asObject(json: unknown, file: string): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ...json };
  throw new AppError({ code: 'model/invalid', file, reason: 'The file is not a JSON object.' });
}
