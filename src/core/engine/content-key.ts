import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * A short name for plain data: equal data (whatever the order of their keys) get equal names, different
 * data different ones. 128 bits of SHA-256 over canonical JSON; `undefined` counts as absent.
 */
export function contentKey(data: unknown): string {
  return contentHash(data).slice(0, 32);
}

/** SHA-256 over the canonical JSON of plain data, in hex. */
export function contentHash(data: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(data))));
}

/** A short name for bytes: 128 bits of their SHA-256. */
export function bytesKey(bytes: Uint8Array | Uint8ClampedArray): string {
  const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytesToHex(sha256(view)).slice(0, 32);
}

/** JSON with the keys of every object sorted, without white space. */
export function canonicalJson(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : value,
  );
}
