import type { Points } from './kmeans-points.js';
import { dot, dotFour } from './matmul.js';

/** Distances as numbers of 64 bits differ from true ones by less than this share; bounds nearer than that decide nothing. */
const SLACK = 1e-7;

/** Told of every point that goes from one cluster to another. */
export type OnMove = (point: number, from: number, to: number) => void;

/**
 * The nearest centre of every point while the centres move. A distance is measured only when what is known of it does not tell
 * that another centre is surely nearer: how far the centres went since it was last measured, and how far they are from each
 * other (Elkan 2003). So late iterations cost next to nothing; the labels are those of measuring everything.
 */
export class NearestCentres {
  readonly labels: Uint8Array;
  readonly #points: Points;
  readonly #clusters: number;
  /** No less than the distance to the own centre. */
  readonly #upper: Float64Array;
  /** No more than the distance to each centre, `[points, clusters]`. */
  readonly #lower: Float64Array;
  readonly #products: Float64Array;
  #isFirst = true;

  constructor(points: Points, clusters: number) {
    this.#points = points;
    this.#clusters = clusters;
    this.labels = new Uint8Array(points.count);
    this.#upper = new Float64Array(points.count);
    this.#lower = new Float64Array(points.count * clusters);
    this.#products = new Float64Array(clusters);
  }

  /** Takes in the centres `[clusters, features]`, which moved by so much since the last call; gives how many labels changed. */
  follow(centres: Float32Array, moves: Float64Array, onMove: OnMove): number {
    const { count, features } = this.#points;
    const squares = squareRows(centres, this.#clusters, features);
    const halves = halfDistances(centres, squares, features);
    let changed = 0;
    for (let point = 0; point < count; point++) {
      const before = this.labels[point] ?? 0;
      if (this.#isFirst) this.#measureAll(point, centres, squares);
      else {
        this.#loosen(point, moves);
        this.#measureDoubtful(point, centres, squares, halves);
      }
      const now = this.labels[point] ?? 0;
      if (now === before) continue;
      changed += 1;
      onMove(point, before, now);
    }
    this.#isFirst = false;
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

  /** Makes the bounds hold after the moves. */
  #loosen(point: number, moves: Float64Array): void {
    this.#upper[point] = (this.#upper[point] ?? 0) + (moves[this.labels[point] ?? 0] ?? 0);
    const start = point * this.#clusters;
    for (let c = 0; c < this.#clusters; c++) {
      this.#lower[start + c] = (this.#lower[start + c] ?? 0) - (moves[c] ?? 0);
    }
  }

  /** Measures the own centre if another may be nearer, and then those that may be. */
  #measureDoubtful(
    point: number,
    centres: Float32Array,
    lengths: Float64Array,
    halves: Float64Array,
  ): void {
    const clusters = this.#clusters;
    const start = point * clusters;
    let label = this.labels[point] ?? 0;
    let upper = this.#upper[point] ?? 0;
    let isMeasured = false;
    for (let c = 0; c < clusters; c++) {
      if (c === label) continue;
      const apart = halves[label * clusters + c] ?? 0;
      if (isSurelyFarther(this.#lower[start + c] ?? 0, apart, upper)) continue;
      if (!isMeasured) {
        upper = this.#measureOne(point, label, centres, lengths);
        isMeasured = true;
        if (isSurelyFarther(this.#lower[start + c] ?? 0, apart, upper)) continue;
      }
      const distance = this.#measureOne(point, c, centres, lengths);
      // Of equals the first, as when all are measured.
      if (distance < upper || (distance === upper && c < label)) {
        label = c;
        upper = distance;
      }
    }
    this.labels[point] = label;
    this.#upper[point] = upper;
  }

  #measureOne(point: number, c: number, centres: Float32Array, lengths: Float64Array): number {
    const { values, features } = this.#points;
    const product = dot(values, point * features, centres, c * features, features);
    return this.#know(point, c, product, lengths);
  }

  #measureAll(point: number, centres: Float32Array, lengths: Float64Array): void {
    const { values, features } = this.#points;
    const start = point * features;
    const products = this.#products;
    let cluster = 0;
    for (; cluster + 4 <= this.#clusters; cluster += 4) {
      dotFour(values, start, centres, cluster * features, features, products, cluster);
    }
    for (; cluster < this.#clusters; cluster++) {
      products[cluster] = dot(values, start, centres, cluster * features, features);
    }
    let least = Infinity;
    for (let c = 0; c < this.#clusters; c++) {
      const distance = this.#know(point, c, products[c] ?? 0, lengths);
      if (distance >= least) continue;
      least = distance;
      this.labels[point] = c;
    }
    this.#upper[point] = least;
  }

  /** The distance of which the scalar product is known now. */
  #know(point: number, c: number, product: number, lengths: Float64Array): number {
    const square = (this.#points.squares[point] ?? 0) - 2 * product + (lengths[c] ?? 0);
    const distance = Math.sqrt(Math.max(0, square));
    this.#lower[point * this.#clusters + c] = distance;
    return distance;
  }
}

/** Whether a centre is farther than `upper`, given a lower bound of its distance and half of what it is from the own centre. */
function isSurelyFarther(lower: number, apart: number, upper: number): boolean {
  return upper * (1 + SLACK) < lower || upper * (1 + SLACK) < apart;
}

/** Half of what centres are apart, `[clusters, clusters]`: whoever is nearer than that to one is not nearer to the other. */
function halfDistances(
  centres: Float32Array,
  squares: Float64Array,
  features: number,
): Float64Array {
  const clusters = squares.length;
  return Float64Array.from({ length: clusters ** 2 }, (_unused, pair) => {
    const [a, b] = [Math.floor(pair / clusters), pair % clusters];
    const product = dot(centres, a * features, centres, b * features, features);
    return Math.sqrt(Math.max(0, (squares[a] ?? 0) - 2 * product + (squares[b] ?? 0))) / 2;
  });
}

function squareRows(rows: Float32Array, count: number, width: number): Float64Array {
  return Float64Array.from({ length: count }, (_unused, row) =>
    dot(rows, row * width, rows, row * width, width),
  );
}
