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
  /** Added to the logits, one number for each key. */
  readonly bias?: Float32Array | undefined;
}

/** How attention is sharpened before heads are averaged; β = 1 leaves it. */
export interface Contrast {
  readonly contrast: number;
  readonly clip: boolean;
  /** Whether rows are divided by their sums afterwards. method.md 16. */
  readonly renormalize?: boolean;
}

const PLAIN: Contrast = { contrast: 1, clip: false };

/**
 * Calls `take` with the attention of each query to every key, `[tokens]`, valid during the call; the mean over the layers, which are
 * of one size. Tiled: at most 64 rows exist at a time. Stops with the signal's reason. method.md 6.2.
 */
export function eachAttentionRow(
  layers: readonly QueriesKeys[],
  take: (query: number, weights: Float32Array) => void,
  contrast: Contrast = PLAIN,
  signal?: AbortSignal,
): void {
  const [one] = layers;
  if (!one) return;
  const tokens = one.key.length / one.channels;
  const queries = one.query.length / one.channels;
  const split = layers.map(splitKeys);
  for (let first = 0; first < queries; first += TILE) {
    const rows = Math.min(TILE, queries - first);
    const mean = new Float32Array(rows * tokens);
    for (const layer of split) {
      signal?.throwIfAborted();
      addRows(mean, layer, first, rows, contrast, split.length);
    }
    for (let row = 0; row < rows; row += 1) {
      take(first + row, mean.subarray(row * tokens, (row + 1) * tokens));
    }
  }
}

/** A layer with its keys apart for each head that is looked at. */
interface SplitLayer {
  readonly layer: QueriesKeys;
  readonly heads: readonly { readonly head: number; readonly key: Float32Array }[];
}

function splitKeys(layer: QueriesKeys): SplitLayer {
  const { key, channels, heads, head } = layer;
  const used = head === undefined ? Array.from({ length: heads }, (_unused, i) => i) : [head];
  return {
    layer,
    heads: used.map((one) => ({ head: one, key: takeHead(key, heads, one, channels / heads) })),
  };
}

function addRows(
  mean: Float32Array,
  { layer, heads }: SplitLayer,
  first: number,
  rows: number,
  { contrast, clip, renormalize = false }: Contrast,
  layers: number,
): void {
  const { query, channels, bias } = layer;
  const width = channels / layer.heads;
  const tokens = mean.length / rows;
  const tile = query.subarray(first * channels, (first + rows) * channels);
  for (const { head, key } of heads) {
    const asked = takeHead(tile, layer.heads, head, width);
    const weights = attentionWeights(asked, key, rows, tokens, width, bias);
    contrastWeights(weights, tokens, contrast, clip);
    if (renormalize) divideRows(weights, tokens);
    const share = 1 / (heads.length * layers);
    weights.forEach((weight, j) => (mean[j] = (mean[j] ?? 0) + weight * share));
  }
}

function divideRows(weights: Float32Array, tokens: number): void {
  for (let start = 0; start < weights.length; start += tokens) {
    const row = weights.subarray(start, start + tokens);
    const sum = row.reduce((total, weight) => total + weight, 0);
    if (sum !== 0) row.forEach((weight, j) => (row[j] = weight / sum));
  }
}

/** For each query the key of highest attention in the mean over the layers, the first of equals. Paper, figure 2. */
export function correspondence(layers: readonly QueriesKeys[], signal?: AbortSignal): Uint32Array {
  const found = new Uint32Array((layers[0]?.query.length ?? 0) / (layers[0]?.channels ?? 1));
  eachAttentionRow(
    layers,
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
