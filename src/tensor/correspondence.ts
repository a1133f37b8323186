import { attentionWeights, contrastWeights, takeHead } from './attention.js';

/** Queries that are held against all keys at once, so that the map of all pairs is never held. */
const TILE = 64;

/** Queries and keys of one attention layer, before the head split. */
export interface QueriesKeys {
  /** `[queries, channels]` */
  readonly query: Float32Array;
  /** `[tokens, channels]` */
  readonly key: Float32Array;
  readonly channels: number;
  readonly heads: number;
  /** One head, or the mean over all when undefined. */
  readonly head: number | undefined;
}

/** How attention is sharpened before heads are averaged; β = 1 leaves it. */
export interface Contrast {
  readonly contrast: number;
  readonly clip: boolean;
}

const PLAIN: Contrast = { contrast: 1, clip: false };

/**
 * Calls `take` with the attention of each query to every key, `[tokens]`, valid during the call. Tiled: at most 64 rows
 * exist at a time. Stops with the signal's reason. method.md 6.2.
 */
export function eachAttentionRow(
  { query, key, channels, heads, head }: QueriesKeys,
  take: (query: number, weights: Float32Array) => void,
  { contrast, clip }: Contrast = PLAIN,
  signal?: AbortSignal,
): void {
  const width = channels / heads;
  const tokens = key.length / channels;
  const queries = query.length / channels;
  const used = head === undefined ? Array.from({ length: heads }, (_unused, i) => i) : [head];
  const keys = used.map((one) => takeHead(key, heads, one, width));
  for (let first = 0; first < queries; first += TILE) {
    signal?.throwIfAborted();
    const rows = Math.min(TILE, queries - first);
    const tile = query.subarray(first * channels, (first + rows) * channels);
    const mean = new Float32Array(rows * tokens);
    used.forEach((one, i) => {
      const asked = takeHead(tile, heads, one, width);
      const own = keys[i] ?? new Float32Array();
      const weights = attentionWeights(asked, own, rows, tokens, width);
      contrastWeights(weights, tokens, contrast, clip);
      weights.forEach((weight, j) => (mean[j] = (mean[j] ?? 0) + weight / used.length));
    });
    for (let row = 0; row < rows; row += 1) {
      take(first + row, mean.subarray(row * tokens, (row + 1) * tokens));
    }
  }
}

/** For each query the key of highest attention, the first of equals. Paper, figure 2. */
export function correspondence(layer: QueriesKeys, signal?: AbortSignal): Uint32Array {
  const found = new Uint32Array(layer.query.length / layer.channels);
  eachAttentionRow(
    layer,
    (query, weights) => {
      let best = 0;
      weights.forEach((weight, j) => {
        if (weight > (weights[best] ?? 0)) best = j;
      });
      found[query] = best;
    },
    PLAIN,
    signal,
  );
  return found;
}
