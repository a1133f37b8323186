import type { Points } from './kmeans-points.js';
import { dot, dotFour } from './matmul.js';

/** Distances as numbers of 64 bits differ from true ones by less than this share; bounds nearer than that decide nothing. */
const SLACK = 1e-7;

/** Told of every point that goes from one cluster to another. */
export type OnMove = (point: number, from: number, to: number) => void;

/**
 * The nearest centre of every point while the centres move. A point whose own centre is, after what all have moved, still
 * surely nearer than the others is not measured again (Hamerly 2010), so late iterations cost next to nothing; the labels
 * are those of measuring everything.
 */
export class NearestCentres {
  readonly labels: Uint8Array;
  readonly #points: Points;
  readonly #clusters: number;
  /** No less than the distance to the own centre. */
  readonly #upper: Float64Array;
  /** No more than the distance to any other centre. */
  readonly #lower: Float64Array;
  readonly #products: Float64Array;

  constructor(points: Points, clusters: number) {
    this.#points = points;
    this.#clusters = clusters;
    this.labels = new Uint8Array(points.count);
    this.#upper = new Float64Array(points.count).fill(Infinity);
    this.#lower = new Float64Array(points.count);
    this.#products = new Float64Array(clusters);
  }

  /** Takes in the centres `[clusters, features]`, which moved by so much since the last call; gives how many labels changed. */
  follow(centres: Float32Array, moves: Float64Array, onMove: OnMove): number {
    const farthest = moves.reduce((most, move) => Math.max(most, move), 0);
    const squares = squareRows(centres, this.#clusters, this.#points.features);
    let changed = 0;
    for (let point = 0; point < this.#points.count; point++) {
      const before = this.labels[point] ?? 0;
      const upper = (this.#upper[point] ?? 0) + (moves[before] ?? 0);
      const lower = (this.#lower[point] ?? 0) - farthest;
      this.#upper[point] = upper;
      this.#lower[point] = lower;
      if (upper * (1 + SLACK) < lower) continue;
      this.#measure(point, centres, squares);
      const now = this.labels[point] ?? 0;
      if (now === before) continue;
      changed += 1;
      onMove(point, before, now);
    }
    return changed;
  }

  /** Squared distance of every point to its own centre. */
  distances(centres: Float32Array): Float64Array {
    const { values, features, squares, count } = this.#points;
    const lengths = squareRows(centres, this.#clusters, features);
    const distances = new Float64Array(count);
    for (let point = 0; point < count; point++) {
      const label = this.labels[point] ?? 0;
      const product = dot(values, point * features, centres, label * features, features);
      distances[point] = Math.max(0, (squares[point] ?? 0) - 2 * product + (lengths[label] ?? 0));
    }
    return distances;
  }

  #measure(point: number, centres: Float32Array, lengths: Float64Array): void {
    const { values, features, squares } = this.#points;
    const start = point * features;
    const products = this.#products;
    let cluster = 0;
    for (; cluster + 4 <= this.#clusters; cluster += 4) {
      dotFour(values, start, centres, cluster * features, features, products, cluster);
    }
    for (; cluster < this.#clusters; cluster++) {
      products[cluster] = dot(values, start, centres, cluster * features, features);
    }
    let nearest = 0;
    let least = Infinity;
    let second = Infinity;
    for (let c = 0; c < this.#clusters; c++) {
      const distance = (squares[point] ?? 0) - 2 * (products[c] ?? 0) + (lengths[c] ?? 0);
      if (distance < least) {
        second = least;
        least = distance;
        nearest = c;
      } else if (distance < second) second = distance;
    }
    this.labels[point] = nearest;
    this.#upper[point] = Math.sqrt(Math.max(0, least));
    this.#lower[point] = Math.sqrt(Math.max(0, second));
  }
}

function squareRows(rows: Float32Array, count: number, width: number): Float64Array {
  return Float64Array.from({ length: count }, (_unused, row) =>
    dot(rows, row * width, rows, row * width, width),
  );
}
