import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { emptyGpuTensor } from '../gpu-tensor.js';
import type { Kernel } from '../kernel.js';
import { declarations } from '../kernel.js';
import { elementLoop, groupsFor } from './elementwise.js';

/** The most clusters the kernels take. */
export const MAX_CLUSTERS = 32;

const LANES = 64;
const ROWS_PER_CHUNK = 128;
const FIELDS = 'rows: u32, width: u32, clusters: u32, chunks: u32';

const POINTS_AND_CENTRES = ['points: array<f32>', 'centres: array<f32>'];

/**
 * One invocation a point and slice of its features (every 64th): its share of the squared distances to all centres,
 * `[rows, slices, clusters]`. No barriers: they cost more than the additions.
 */
const PARTIAL_DISTANCES: Kernel = {
  name: 'kmeans-partial-distances',
  inputs: 2,
  outputs: 1,
  code:
    declarations(FIELDS, POINTS_AND_CENTRES, ['shares: array<f32>']) +
    elementLoop(
      /* wgsl */ `
    let row = i / ${String(LANES)}u;
    var own: array<f32, ${String(MAX_CLUSTERS)}>;
    for (var f = i % ${String(LANES)}u; f < p.width; f += ${String(LANES)}u) {
      let x = points[row * p.width + f];
      for (var c = 0u; c < p.clusters; c++) {
        let d = x - centres[c * p.width + f];
        own[c] += d * d;
      }
    }
    for (var c = 0u; c < p.clusters; c++) { shares[i * p.clusters + c] = own[c]; }`,
      `p.rows * ${String(LANES)}u`,
    ),
};

const DISTANCE = /* wgsl */ `
fn distanceTo(row: u32, c: u32) -> f32 {
  var sum = 0.0;
  for (var s = 0u; s < ${String(LANES)}u; s++) {
    sum += shares[(row * ${String(LANES)}u + s) * p.clusters + c];
  }
  return sum;
}
`;

/** Squared distances of every point to every centre. */
const MEASURE: Kernel = {
  name: 'kmeans-measure',
  inputs: 1,
  outputs: 1,
  code:
    declarations(FIELDS, ['shares: array<f32>'], ['distances: array<f32>']) +
    DISTANCE +
    elementLoop(
      'for (var c = 0u; c < p.clusters; c++) { distances[i * p.clusters + c] = distanceTo(i, c); }',
      'p.rows',
    ),
};

/** The nearest centre of every point, its squared distance, and how many points changed label. */
const ASSIGN: Kernel = {
  name: 'kmeans-assign',
  inputs: 1,
  outputs: 3,
  code:
    declarations(
      FIELDS,
      ['shares: array<f32>'],
      ['labels: array<u32>', 'distances: array<f32>', 'status: array<atomic<u32>>'],
    ) +
    DISTANCE +
    elementLoop(
      /* wgsl */ `
    var nearest = 0u;
    var least = distanceTo(i, 0u);
    for (var c = 1u; c < p.clusters; c++) {
      let d = distanceTo(i, c);
      if (d < least) {
        nearest = c;
        least = d;
      }
    }
    if (labels[i] != nearest) { atomicAdd(&status[0], 1u); }
    labels[i] = nearest;
    distances[i] = least;`,
      'p.rows',
    ),
};

/** One invocation a feature and chunk of points: sums of the points of each cluster. */
const PARTIAL_SUMS: Kernel = {
  name: 'kmeans-partial-sums',
  inputs: 2,
  outputs: 1,
  code:
    declarations(FIELDS, ['points: array<f32>', 'labels: array<u32>'], ['sums: array<f32>']) +
    /* wgsl */ `
@compute @workgroup_size(${String(LANES)})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let f = id.x;
  if (f >= p.width) { return; }
  var own: array<f32, ${String(MAX_CLUSTERS)}>;
  let first = id.y * ${String(ROWS_PER_CHUNK)}u;
  for (var row = first; row < min(first + ${String(ROWS_PER_CHUNK)}u, p.rows); row++) {
    own[labels[row]] += points[row * p.width + f];
  }
  for (var c = 0u; c < p.clusters; c++) {
    sums[(id.y * p.clusters + c) * p.width + f] = own[c];
  }
}`,
};

/** One workgroup a cluster: its new centre, its number of points and how far it moved, squared. */
const MOVE: Kernel = {
  name: 'kmeans-move',
  inputs: 3,
  outputs: 2,
  code:
    declarations(
      FIELDS,
      ['labels: array<u32>', 'sums: array<f32>', 'before: array<f32>'],
      ['centres: array<f32>', 'status: array<u32>'],
    ) +
    /* wgsl */ `
var<workgroup> partial: array<f32, ${String(LANES)}>;

fn total(value: f32, lane: u32) -> f32 {
  workgroupBarrier();
  partial[lane] = value;
  workgroupBarrier();
  for (var half = ${String(LANES / 2)}u; half > 0u; half >>= 1u) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  return partial[0];
}

@compute @workgroup_size(${String(LANES)})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let cluster = group.x;
  var own = 0.0;
  for (var row = lane; row < p.rows; row += ${String(LANES)}u) {
    if (labels[row] == cluster) { own += 1.0; }
  }
  let count = total(own, lane);
  var moved = 0.0;
  for (var f = lane; f < p.width; f += ${String(LANES)}u) {
    var sum = 0.0;
    for (var chunk = 0u; chunk < p.chunks; chunk++) {
      sum += sums[(chunk * p.clusters + cluster) * p.width + f];
    }
    let at = cluster * p.width + f;
    let centre = select(before[at], sum / count, count > 0.0);
    let d = centre - before[at];
    moved += d * d;
    centres[at] = centre;
  }
  let shift = total(moved, lane);
  if (lane == 0u) {
    status[1u + 2u * cluster] = u32(count);
    status[2u + 2u * cluster] = bitcast<u32>(shift);
  }
}`,
};

/** Buffers of one clustering on the device. */
export interface KmeansBuffers {
  readonly context: GpuContext;
  /** `[rows, width]`, borrowed. */
  readonly points: GpuTensor;
  readonly rows: number;
  readonly width: number;
  readonly clusters: number;
  /** 32-bit labels. */
  readonly labels: GpuTensor;
  /** Squared distance of every point to its nearest centre. */
  readonly distances: GpuTensor;
  /** Word 0: changed labels; then per cluster its number of points and, as a float's bits, its squared movement. */
  readonly status: GpuTensor;
  readonly sums: GpuTensor;
}

/** Makes the buffers for clustering `points`; the caller frees them with {@link freeKmeansBuffers}. */
export function createKmeansBuffers(
  context: GpuContext,
  points: GpuTensor,
  clusters: number,
): KmeansBuffers {
  const [rows = 0, width = 0] = points.shape;
  const chunks = Math.ceil(rows / ROWS_PER_CHUNK);
  const make = (...shape: number[]): GpuTensor => emptyGpuTensor(context, shape);
  return {
    context,
    points,
    rows,
    width,
    clusters,
    labels: make(rows),
    distances: make(rows),
    status: make(1 + 2 * clusters),
    sums: make(chunks, clusters, width),
  };
}

/** Frees what {@link createKmeansBuffers} made. */
export function freeKmeansBuffers({ labels, distances, status, sums }: KmeansBuffers): void {
  for (const tensor of [labels, distances, status, sums]) tensor.dispose();
}

/** Squared distances `[rows, count]` of all points to `count` centres, on the CPU. */
export async function measureDistances(
  buffers: KmeansBuffers,
  centres: GpuTensor,
  count: number,
): Promise<Float32Array> {
  const { context, rows, width } = buffers;
  const shares = partialDistances(buffers, centres, count);
  const result = emptyGpuTensor(context, [rows, count]);
  const params = { integers: [rows, width, count, 0] };
  context.dispatch(MEASURE, [shares, result], params, [groupsFor(rows)]);
  shares.dispose();
  try {
    return await result.read();
  } finally {
    result.dispose();
  }
}

/** Labels every point with its nearest centre; counts the changed labels in word 0 of the status. */
export function assignPoints(buffers: KmeansBuffers, centres: GpuTensor): void {
  const { context, rows, width, clusters, labels, distances, status } = buffers;
  const shares = partialDistances(buffers, centres, clusters);
  context.clear(status.buffer, 4);
  const params = { integers: [rows, width, clusters, 0] };
  context.dispatch(ASSIGN, [shares, labels, distances, status], params, [groupsFor(rows)]);
  shares.dispose();
}

function partialDistances(
  { context, points, rows, width }: KmeansBuffers,
  centres: GpuTensor,
  clusters: number,
): GpuTensor {
  const shares = emptyGpuTensor(context, [rows, LANES, clusters]);
  const params = { integers: [rows, width, clusters, 0] };
  const groups = groupsFor(rows * LANES);
  context.dispatch(PARTIAL_DISTANCES, [points, centres, shares], params, [groups]);
  return shares;
}

/** Writes the means of the labelled points to `after`; a cluster without points stays where it was in `before`. */
export function moveCentres(buffers: KmeansBuffers, before: GpuTensor, after: GpuTensor): void {
  const { context, points, rows, width, clusters, labels, sums, status } = buffers;
  const chunks = Math.ceil(rows / ROWS_PER_CHUNK);
  const params = { integers: [rows, width, clusters, chunks] };
  context.dispatch(PARTIAL_SUMS, [points, labels, sums], params, [
    Math.ceil(width / LANES),
    chunks,
  ]);
  context.dispatch(MOVE, [labels, sums, before, after, status], params, [clusters]);
}
