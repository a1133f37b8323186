import { AppError } from '../core/errors.js';
import type { ByteSource } from './byte-source.js';

/** Beginnings of files that people mistake for weights. Pickles run code when opened, so they never are. */
const FOREIGN: readonly {
  readonly begins: readonly (readonly number[] | string)[];
  readonly reason: string;
}[] = [
  {
    begins: [
      [0x50, 0x4b, 0x03, 0x04],
      [0x80, 0x02],
      [0x80, 0x03],
      [0x80, 0x04],
      [0x80, 0x05],
    ],
    reason:
      'This is a pickled checkpoint (.ckpt, .pt, .bin or .zip), which can run code when opened and is refused; get the .safetensors file of the same model.',
  },
  {
    begins: ['<!doctype', '<html', '<?xml'],
    reason:
      'This is a web page, not a model: the address led to a page about the file, or to a sign-in; use the address of its download.',
  },
  {
    begins: ['version https://git-lfs'],
    reason:
      'This is a Git LFS pointer, which only names the file; run “git lfs pull”, or download the file itself.',
  },
  { begins: ['gguf'], reason: 'This is a GGUF file; get the .safetensors file of the same model.' },
  {
    begins: ['{'],
    reason: 'This is a JSON file, not weights; choose the .safetensors file beside it.',
  },
];

/** Bytes looked at; a page may begin with a byte order mark and blank lines. */
const LOOKED_AT = 256;

/** The refusal of a file that is of another kind, by how it begins; undefined when it may be safetensors. */
export async function notSafetensors(source: ByteSource): Promise<AppError | undefined> {
  const file = source.name;
  if (source.size === 0) {
    const reason = 'The file has 0 bytes: the download never began; download it again.';
    return new AppError({ code: 'model/invalid', file, reason });
  }
  const head = await source.read(0, LOOKED_AT);
  // A header has at least two bytes and at most 100 MB, so the upper half of its length is zero: no text, no pickle.
  if (head.byteLength >= 8 && head.subarray(4, 8).every((byte) => byte === 0)) return undefined;
  const text = new TextDecoder('latin1')
    .decode(head)
    .replace(/^(ï»¿)?\s*/, '')
    .toLowerCase();
  const kind = FOREIGN.find(({ begins }) =>
    begins.some((start) =>
      typeof start === 'string'
        ? text.startsWith(start)
        : start.every((byte, index) => head[index] === byte),
    ),
  );
  return kind && new AppError({ code: 'model/unsupported', file, reason: kind.reason });
}
