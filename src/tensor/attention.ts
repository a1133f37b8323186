import { matmul, matmulTransposed } from './matmul.js';

const QUERY_BLOCK = 64;

/** One head of attention on rows: queries `[queries, width]`, keys and values `[tokens, width]`. */
export interface AttentionHead {
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly width: number;
  /** β; 1 = plain attention. */
  readonly contrast: number;
  /** Whether contrasted weights are cut to 0..1. */
  readonly clip: boolean;
}

/** Turns every row of `[rows, columns]` scores into probabilities, in place. */
export function softmaxRows(scores: Float32Array, rows: number, columns: number): Float32Array {
  for (let row = 0; row < rows; row++) {
    const line = scores.subarray(row * columns, (row + 1) * columns);
    let largest = -Infinity;
    for (const score of line) if (score > largest) largest = score;
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const weight = Math.exp((line[j] ?? 0) - largest);
      line[j] = weight;
      sum += weight;
    }
    for (let j = 0; j < columns; j++) line[j] = (line[j] ?? 0) / sum;
  }
  return scores;
}

/**
 * Sharpens attention weights in place: `β A + (1 - β) / N`, cut to 0..1 when `clip`; rows are not
 * normalised again. Paper 4.1, method.md 6.2.
 */
export function contrastWeights(
  weights: Float32Array,
  tokens: number,
  contrast: number,
  clip: boolean,
): Float32Array {
  if (contrast === 1) return weights;
  const offset = (1 - contrast) / tokens;
  for (let j = 0; j < weights.length; j++) {
    const sharpened = contrast * (weights[j] ?? 0) + offset;
    weights[j] = clip ? Math.min(Math.max(sharpened, 0), 1) : sharpened;
  }
  return weights;
}

/** `softmax(Q K^T / sqrt(width) + bias)` of some query rows, `[rows, tokens]`; `bias` has one number for each key. */
export function attentionWeights(
  query: Float32Array,
  key: Float32Array,
  rows: number,
  tokens: number,
  width: number,
  bias?: Float32Array,
): Float32Array {
  const scores = matmulTransposed(query, key, rows, tokens, width);
  const scale = 1 / Math.sqrt(width);
  for (let j = 0; j < scores.length; j++) {
    scores[j] = (scores[j] ?? 0) * scale + (bias?.[j % tokens] ?? 0);
  }
  return softmaxRows(scores, rows, tokens);
}

/**
 * Contrasted attention of one head, `[queries, width]`, in blocks of queries, so that the map of all pairs is
 * never held. method.md 6.3.
 */
export function attention(head: AttentionHead): Float32Array {
  const { query, key, value, width } = head;
  const queries = query.length / width;
  const tokens = key.length / width;
  const out = new Float32Array(query.length);
  for (let first = 0; first < queries; first += QUERY_BLOCK) {
    const rows = Math.min(QUERY_BLOCK, queries - first);
    const block = query.subarray(first * width, (first + rows) * width);
    const weights = attentionWeights(block, key, rows, tokens, width);
    contrastWeights(weights, tokens, head.contrast, head.clip);
    matmul(weights, value, rows, width, tokens, out.subarray(first * width));
  }
  return out;
}

/** The columns of one head of `[tokens, heads * width]` as `[tokens, width]`. */
export function takeHead(
  rows: Float32Array,
  heads: number,
  head: number,
  width: number,
): Float32Array {
  const channels = heads * width;
  const tokens = rows.length / channels;
  const part = new Float32Array(tokens * width);
  for (let token = 0; token < tokens; token++) {
    const start = token * channels + head * width;
    part.set(rows.subarray(start, start + width), token * width);
  }
  return part;
}

/** Attention weights averaged over heads: queries and keys `[tokens, channels]` give `[queries, keys]`. */
export function headMeanWeights(
  query: Float32Array,
  key: Float32Array,
  channels: number,
  heads: number,
): Float32Array {
  const width = channels / heads;
  const queries = query.length / channels;
  const tokens = key.length / channels;
  const mean = new Float32Array(queries * tokens);
  for (let head = 0; head < heads; head++) {
    const q = takeHead(query, heads, head, width);
    const k = takeHead(key, heads, head, width);
    for (let first = 0; first < queries; first += QUERY_BLOCK) {
      const rows = Math.min(QUERY_BLOCK, queries - first);
      const block = q.subarray(first * width, (first + rows) * width);
      const weights = attentionWeights(block, k, rows, tokens, width);
      const start = first * tokens;
      for (let j = 0; j < weights.length; j++) {
        mean[start + j] = (mean[start + j] ?? 0) + (weights[j] ?? 0) / heads;
      }
    }
  }
  return mean;
}
