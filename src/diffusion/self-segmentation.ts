import { AppError } from '../core/errors.js';
import type { Tensor } from '../tensor/tensor.js';
import type { AttentionFeatures, Conditioning, LatentOps } from './ports.js';
import { separateObjects } from './separate-objects.js';
import type { Clusters } from './sockets.js';

/** A word that can name clusters, and the places of its tokens in the text attention. */
export interface Noun {
  readonly text: string;
  readonly tokens: readonly number[];
}

/** Text attention of a picture: `[rows * columns, tokens]`. */
export interface TextMap {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Which noun each cluster shows, and how that was decided. */
export interface NamedClusters {
  /** Per cluster and noun: mean of the normalised text attention; NaN for a cluster without pixels. */
  readonly scores: readonly (readonly number[])[];
  /** Mean of the clusters' best scores, one highest left out. */
  readonly meanScore: number;
  readonly threshold: number;
  /** Per cluster the index of its noun; undefined = background. */
  readonly assigned: readonly (number | undefined)[];
}

/** The attention that a noun gets at every pixel of `[height, width]`, nearest neighbour, over its largest. method.md 10.3. */
function nounMap(map: TextMap, { tokens }: Noun, height: number, width: number): Float64Array {
  const tokenCount = map.values.length / (map.rows * map.columns);
  const coarse = Float64Array.from(
    { length: map.rows * map.columns },
    (_unused, place) =>
      tokens.reduce((sum, token) => sum + (map.values[place * tokenCount + token] ?? 0), 0) /
      tokens.length,
  );
  const least = Math.abs(coarse.reduce((low, value) => Math.min(low, value), Infinity));
  const largest = coarse.reduce((high, value) => Math.max(high, value), -Infinity);
  return Float64Array.from({ length: height * width }, (_unused, pixel) => {
    const row = Math.floor((Math.floor(pixel / width) * map.rows) / height);
    const column = Math.floor(((pixel % width) * map.columns) / width);
    return largest > 0 ? ((coarse[row * map.columns + column] ?? 0) - least) / largest : 0;
  });
}

/** Mean of a map over each cluster; NaN where a cluster has no pixels. */
function clusterMeans(map: Float64Array, labels: Uint8Array, clusters: number): readonly number[] {
  const sums = new Float64Array(clusters);
  const sizes = new Float64Array(clusters);
  labels.forEach((label, pixel) => {
    sums[label] = (sums[label] ?? 0) + (map[pixel] ?? 0);
    sizes[label] = (sizes[label] ?? 0) + 1;
  });
  return [...sums].map((sum, c) => sum / (sizes[c] ?? 0));
}

/**
 * Names clusters by the text attention inside them: a cluster shows its best noun when that scores more than
 * `factor` times the mean best score of the others, else background. method.md 10.3 and 10.4.
 */
export function nameClusters(
  labels: Uint8Array,
  clusters: number,
  map: TextMap,
  nouns: readonly Noun[],
  factor: number,
  size: readonly [height: number, width: number],
): NamedClusters {
  const perNoun = nouns.map((noun) => clusterMeans(nounMap(map, noun, ...size), labels, clusters));
  const scores = Array.from({ length: clusters }, (_unused, c) =>
    perNoun.map((means) => means[c] ?? NaN),
  );
  const best = scores.map((row) => Math.max(...row));
  const seen = best.filter((score) => !Number.isNaN(score)).sort((a, b) => a - b);
  const others = seen.slice(0, -1);
  const meanScore = others.reduce((sum, score) => sum + score, 0) / Math.max(1, others.length);
  const threshold = factor * meanScore;
  const assigned = scores.map((row, c) => {
    const score = best[c] ?? NaN;
    return score > threshold ? row.indexOf(score) : undefined;
  });
  return { scores, meanScore, threshold, assigned };
}

/** 1 where a pixel's cluster shows one of the wanted nouns, else 0. method.md 10.5. */
export function maskOf(
  labels: Uint8Array,
  { assigned }: NamedClusters,
  isWanted: (noun: number) => boolean,
): Float32Array {
  return Float32Array.from(labels, (label) => {
    const noun = assigned[label];
    return noun !== undefined && isWanted(noun) ? 1 : 0;
  });
}

function bareWord(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether a prompt seems to have one of a noun's words, told from the text alone. */
export function promptHas(prompt: string, noun: string): boolean {
  const words = new Set(prompt.split(/\s+/).map(bareWord));
  return noun.split(/\s+/).some((word) => bareWord(word) !== '' && words.has(bareWord(word)));
}

/**
 * The words of a prompt that belong to `noun`, which may have several words: each of them counts.
 * @throws AppError `input/invalid` when none is in the prompt.
 */
export function nounsInPrompt({ words, prompt }: Conditioning, noun: string): readonly Noun[] {
  const wanted = new Set(
    noun
      .split(/\s+/)
      .map(bareWord)
      .filter((word) => word !== ''),
  );
  const found = words.filter(({ text, tokens }) => wanted.has(bareWord(text)) && tokens.length > 0);
  if (found.length > 0) return found;
  throw new AppError({
    code: 'input/invalid',
    input: 'noun',
    reason: `“${noun}” is not a word of the prompt “${prompt}”`,
    remedy: `Use one of its words: ${words.map(({ text }) => text).join(', ')}.`,
  });
}

/** What a mask is to be found with. */
export interface SegmentationRequest {
  readonly ops: LatentOps;
  readonly attention: AttentionFeatures;
  readonly positive: Conditioning;
  readonly noun: string;
  readonly clusters: number;
  /** Factor on the mean score; 1.4 in the reference code. */
  readonly threshold: number;
  readonly restarts: number;
  readonly seed: number;
  /** Size of the latent, and of the mask. */
  readonly height: number;
  readonly width: number;
}

/** What a noun was looked for in: the mask, which the caller owns, and the parts it was put together from. */
export interface Segmentation {
  readonly mask: Tensor;
  readonly clusters: Clusters;
}

/**
 * The mask `[1, 1, height, width]` of a noun from a branch's own attention: k-means on self-attention, scored with
 * text attention. method.md 10. A mask that came out empty, or holds
 * several objects, is told through `warn`.
 * @throws AppError `input/invalid` when the noun is not in the prompt.
 */
export async function segment(
  request: SegmentationRequest,
  signal: AbortSignal,
  warn: (message: string) => void,
): Promise<Segmentation> {
  const { ops, attention, height, width, clusters, noun } = request;
  const nouns = nounsInPrompt(request.positive, noun);
  const { selfQuery, selfKey, heads } = attention;
  const points = await ops.headMeanAttention(selfQuery, selfKey, heads);
  const { labels } = await ops
    .kmeans(points, { clusters, restarts: request.restarts, seed: request.seed }, signal)
    .finally(() => {
      points.dispose();
    });
  const map = {
    values: await attention.textMap.read(),
    rows: Math.ceil(height / 2),
    columns: Math.ceil(width / 2),
  };
  const named = nameClusters(labels, clusters, map, nouns, request.threshold, [height, width]);
  const mask = maskOf(labels, named, () => true);
  const count = mask.reduce((sum, value) => sum + value, 0);
  if (named.scores.every((row) => row.every((score) => !(score > 0)))) {
    warn(
      `The text attention says nothing about “${noun}”: every score is 0, and the mask is empty.`,
    );
  } else if (count === 0) {
    warn(
      `No part of the picture stands out as “${noun}”: the mask is empty. Lower the threshold or draw a mask.`,
    );
  } else if (separateObjects(mask, width) > 1) {
    warn(
      `More than one object was found for “${noun}”, and the mask holds them all. To keep one, pick its parts in Paint Mask.`,
    );
  }
  const scores = named.scores.map((row) => Math.max(...row)).map((score) => score || 0);
  return {
    mask: ops.upload(mask, [1, 1, height, width]),
    clusters: { labels, width, height, scores, meanScore: named.meanScore, noun },
  };
}
