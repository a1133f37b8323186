import { AppError } from '../core/errors.js';

/** A text in a PNG file. */
export interface PngText {
  readonly keyword: string;
  readonly text: string;
}

const signature = [137, 80, 78, 71, 13, 10, 26, 10];
const latin = new TextDecoder('latin1');
const utf8 = new TextDecoder();
const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/**
 * The texts of a PNG file: tEXt and uncompressed iTXt, both read as UTF-8, in their order. Pixels are not looked at.
 * @throws AppError `document/invalid` when the file is no PNG, or ends inside a chunk.
 */
export function readPngTexts(bytes: Uint8Array): readonly PngText[] {
  return [...chunksOf(bytes)].flatMap(({ type, data }) => {
    const end = data.indexOf(0);
    if ((type !== 'tEXt' && type !== 'iTXt') || end < 1) return [];
    const keyword = latin.decode(data.subarray(0, end));
    const start = type === 'tEXt' ? end + 1 : textStart(data, end);
    return start === undefined ? [] : [{ keyword, text: utf8.decode(data.subarray(start)) }];
  });
}

/** Where the text of an uncompressed iTXt begins; undefined for a compressed or broken one. */
function textStart(data: Uint8Array, keywordEnd: number): number | undefined {
  if (data[keywordEnd + 1] !== 0) return undefined;
  const language = data.indexOf(0, keywordEnd + 3);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  return translated < 0 ? undefined : translated + 1;
}

/**
 * The same picture with texts as uncompressed iTXt (UTF-8) before its pixels; texts under the same keywords are
 * replaced, every other chunk keeps its bytes. @throws AppError `document/invalid` as {@link readPngTexts} does.
 */
export function withPngTexts(
  bytes: Uint8Array,
  texts: readonly PngText[],
): Uint8Array<ArrayBuffer> {
  const replaced = new Set(texts.map(({ keyword }) => keyword));
  const parts: Uint8Array[] = [Uint8Array.from(signature)];
  for (const { type, data, whole } of chunksOf(bytes)) {
    const isText = type === 'tEXt' || type === 'iTXt' || type === 'zTXt';
    if (isText && replaced.has(latin.decode(data.subarray(0, Math.max(0, data.indexOf(0))))))
      continue;
    parts.push(whole);
    if (type === 'IHDR') parts.push(...texts.map(textChunk));
  }
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Length, type, data and CRC. */
  readonly whole: Uint8Array;
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  if (signature.some((byte, at) => bytes[at] !== byte)) refuse('the file is not a PNG picture');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at < bytes.length;) {
    if (at + 12 > bytes.length) refuse('the PNG file was cut off inside a chunk');
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) {
      refuse('a chunk of the PNG file claims to be longer than the file, which was cut off');
    }
    const type = latin.decode(bytes.subarray(at + 4, at + 8));
    yield { type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) };
    if (type === 'IEND') return;
    at = end;
  }
}

function textChunk({ keyword, text }: PngText): Uint8Array {
  const body = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crcOf(body));
  return chunk;
}

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function refuse(reason: string): never {
  throw new AppError({ code: 'document/invalid', reason });
}
