import { AppError } from '../../core/errors.js';
import type { ByteSource } from '../byte-source.js';
import { describeFile } from '../checkpoint/describe-file.js';
import { readSafetensors, type SafetensorsFile } from '../safetensors.js';
import { readWeight } from '../weight-values.js';

/** A textual inversion: vectors that stand for words which a text encoder did not learn. */
export interface EmbeddingFile {
  /** The word under which it was trained, where the file tells one. */
  readonly word: string | undefined;
  /** One vector a token, in order. */
  readonly vectors: readonly Float32Array[];
}

/**
 * Reads a textual inversion (Gal et al. 2022) as the known trainers save it: `emb_params`, `clip_l`, `*` or the word itself,
 * such as `<cat-toy>`, `[width]` or `[tokens, width]`. `width` is the text encoder's.
 * @throws AppError `model/unsupported` when it is none, or was made for another width; `model/invalid`.
 */
export async function readEmbedding(source: ByteSource, width: number): Promise<EmbeddingFile> {
  const file = await readSafetensors(source);
  const { kind } = describeFile(file);
  if (kind !== 'textual-inversion') {
    throw refused(
      source,
      `This file is no textual inversion (it looks like: ${kind}); choose one made for Stable Diffusion 1.x or 2.x.`,
    );
  }
  const key = keyOf(file);
  const entry = key === undefined ? undefined : file.tensors.get(key);
  if (key === undefined || entry === undefined) {
    throw refused(
      source,
      'It has vectors for the second text encoder of Stable Diffusion XL only; choose one made for Stable Diffusion 1.x or 2.x.',
    );
  }
  const found = entry.shape.at(-1) ?? 0;
  if (found !== width) {
    throw refused(
      source,
      `Its vectors are ${String(found)} wide, but the text encoder of this model is ${String(width)} wide: it was made for another family; choose one made for ${width === 1024 ? 'Stable Diffusion 2.x' : 'Stable Diffusion 1.x'}.`,
    );
  }
  const values = await readWeight({ source, entry, key });
  const vectors = Array.from({ length: values.length / width }, (_unused, row) =>
    values.slice(row * width, (row + 1) * width),
  );
  const isWord = !/^(emb_params|clip_l|\*)$/.test(key);
  return { word: isWord ? key.replace(/^<(.*)>$/, '$1') : undefined, vectors };
}

function keyOf({ tensors }: SafetensorsFile): string | undefined {
  const keys = [...tensors.keys()];
  return keys.find((key) => key !== 'clip_g');
}

function refused({ name: file }: ByteSource, reason: string): AppError {
  return new AppError({ code: 'model/unsupported', file, reason });
}
