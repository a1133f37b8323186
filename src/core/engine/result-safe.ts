import type { CacheEntry } from './output-cache.js';

/**
 * A second home for results, which outlives the engine that computed them: what an engine finishes is offered to it, and the
 * next engine begins with what it has. It keeps copies and takes no claims.
 */
export interface ResultSafe {
  /** Hears of a finished result; keeps a copy if it can be copied, without making anybody wait. */
  keep(signature: string, entry: CacheEntry): void;
  /** Everything that is kept; the caller owns a claim on the resources. */
  entries(): Iterable<readonly [signature: string, entry: CacheEntry]>;
}

const KEEPSAKE = 'keepsake ';

/** The signature under which a single tensor is kept beside results, by its key; no result has such a one. */
export function keepsakeSignature(key: string): string {
  return KEEPSAKE + key;
}

/** Whether a signature is that of a single tensor. */
export function isKeepsake(signature: string): boolean {
  return signature.startsWith(KEEPSAKE);
}
