import type { Contrast, QueriesKeys } from '../tensor/correspondence.js';
import { eachAttentionRow } from '../tensor/correspondence.js';
import type { Grid, LensLayer } from './attention-lens.js';
import { maskRuns, type BeyondKeys } from './foreign-keys.js';

/** How a pass reads the appearance: the contrast of its schedule and what goes beyond the paper. */
export interface LensReading extends Omit<BeyondKeys, 'weights'> {
  readonly contrast: number;
  readonly clip: boolean;
  /** Keys of further pictures that are read beside the appearance's, with their weights. */
  readonly beside?: readonly (readonly [key: Float32Array, weight: number])[];
}

/** The paper's plain attention, before contrast. */
export const PLAIN_READING: LensReading = { contrast: 1, clip: false };

/** A layer with the keys that are really read, and where those of the appearance lie among them. */
export interface ReadLayer {
  readonly layer: QueriesKeys;
  readonly contrast: Contrast;
  /** Place of the appearance's first key. */
  readonly first: number;
  /** The cell of the appearance of each of its keys. */
  readonly cells: readonly number[];
  /** The grid of the appearance. */
  readonly grid: Grid;
}

/**
 * The keys of a layer as the cross-image step reads them: sharpened, only where a mask lets them be read, beside the result's own
 * and those of further pictures where that is asked. method.md 16.
 */
export async function asRead(lens: LensLayer, reading: LensReading): Promise<ReadLayer> {
  const { sharpness = 1, besideOwn = false, foreignBias = 0, appearanceKeys } = reading;
  const { key, ownKey, channels, keyGrid } = lens;
  const size = { height: keyGrid.rows, width: keyGrid.columns };
  const runs = appearanceKeys && (await maskRuns(appearanceKeys, size));
  const cells = (runs ?? [[0, size.height * size.width] as const]).flatMap(([start, end]) =>
    Array.from({ length: end - start }, (_unused, i) => start + i),
  );
  const bias = besideOwn ? foreignBias : 0;
  const parts = [
    ...(besideOwn ? [{ keys: ownKey, bias: 0 }] : []),
    { keys: keysAt(key, cells, channels).map((value) => sharpness * value), bias },
    ...(reading.beside ?? []).map(([keys, weight]) => ({
      keys: keys.map((value) => sharpness * value),
      bias: bias + Math.log(weight),
    })),
  ];
  const biases = parts.flatMap(({ keys, bias: one }) =>
    Array.from({ length: keys.length / channels }, () => one),
  );
  const { contrast, clip, renormalize = false } = reading;
  return {
    layer: { ...lens, key: joined(parts.map(({ keys }) => keys)), bias: Float32Array.from(biases) },
    contrast: { contrast, clip, renormalize },
    first: besideOwn ? ownKey.length / channels : 0,
    cells,
    grid: keyGrid,
  };
}

/**
 * The attention of one query to the cells of the appearance, `[rows · columns]` of its grid, the mean over the layers: one row is
 * computed, never the map of all. Zero where nothing may be read; less than 1 in all where other keys are read as well.
 */
export function rowOf(layers: readonly ReadLayer[], cell: number): Float32Array {
  const [one] = layers;
  const row = new Float32Array(one ? one.grid.rows * one.grid.columns : 0);
  for (const { layer, contrast, first, cells } of layers) {
    const { query, channels } = layer;
    const asked = { ...layer, query: query.subarray(cell * channels, (cell + 1) * channels) };
    eachAttentionRow(
      [asked],
      (_query, weights) => {
        cells.forEach((at, i) => {
          row[at] = (row[at] ?? 0) + (weights[first + i] ?? 0) / layers.length;
        });
      },
      contrast,
    );
  }
  return row;
}

function keysAt(key: Float32Array, cells: readonly number[], channels: number): Float32Array {
  if (cells.length * channels === key.length) return key;
  return joined(cells.map((cell) => key.subarray(cell * channels, (cell + 1) * channels)));
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
