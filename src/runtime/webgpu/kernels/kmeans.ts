import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { emptyGpuTensor } from '../gpu-tensor.js';
import type { Kernel } from '../kernel.js';
import { declarations } from '../kernel.js';

/** The most clusters the kernels take. */
export const MAX_CLUSTERS = 32;

const LANES = 64;
const ROWS_PER_CHUNK = 128;
const FIELDS = 'rows: u32, width: u32, clusters: u32, chunks: u32';

/** One workgroup a point: squared distances to all centres in `shared_[centre][0]`. */
const DISTANCES = /* wgsl */ `
var<workgroup> shared_: array<array<f32, ${String(LANES)}>, ${String(MAX_CLUSTERS)}>;

fn measure(row: u32, lane: u32) {
  if (row < p.rows) {
    for (var c = 0u; c < p.clusters; c++) {
      var sum = 0.0;
      for (var f = lane; f < p.width; f += ${String(LANES)}u) {
        let d = points[row * p.width + f] - centres[c * p.width + f];
        sum += d * d;
      }
      shared_[c][lane] = sum;
    }
  }
  for (var half = ${String(LANES / 2)}u; half > 0u; half >>= 1u) {
    workgroupBarrier();
    if (lane < half) {
      for (var c = 0u; c < p.clusters; c++) { shared_[c][lane] += shared_[c][lane + half]; }
    }
  }
}

@compute @workgroup_size(${String(LANES)})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.x + group.y * 65535u;
  measure(row, lane);
  if (lane > 0u || row >= p.rows) { return; }`;

const POINTS_AND_CENTRES = ['points: array<f32>', 'centres: array<f32>'];

/** Squared distances of every point to every centre. */
const MEASURE: Kernel = {
  name: 'kmeans-measure',
  inputs: 2,
  outputs: 1,
  code:
    declarations(FIELDS, POINTS_AND_CENTRES, ['distances: array<f32>']) +
    DISTANCES +
    /* wgsl */ `
  for (var c = 0u; c < p.clusters; c++) { distances[row * p.clusters + c] = shared_[c][0]; }
}`,
};

/** The nearest centre of every point, its squared distance, and how many points changed label. */
const ASSIGN: Kernel = {
  name: 'kmeans-assign',
  inputs: 2,
  outputs: 3,
  code:
    declarations(FIELDS, POINTS_AND_CENTRES, [
      'labels: array<u32>',
      'distances: array<f32>',
      'status: array<atomic<u32>>',
    ]) +
    DISTANCES +
    /* wgsl */ `
  var nearest = 0u;
  for (var c = 1u; c < p.clusters; c++) {
    if (shared_[c][0] < shared_[nearest][0]) { nearest = c; }
  }
  if (labels[row] != nearest) { atomicAdd(&status[0], 1u); }
  labels[row] = nearest;
  distances[row] = shared_[nearest][0];
}`,
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
  { context, points, rows, width }: KmeansBuffers,
  centres: GpuTensor,
  count: number,
): Promise<Float32Array> {
  const result = emptyGpuTensor(context, [rows, count]);
  const params = { integers: [rows, width, count, 0] };
  context.dispatch(MEASURE, [points, centres, result], params, groupsOfRows(rows));
  try {
    return await result.read();
  } finally {
    result.dispose();
  }
}

/** Labels every point with its nearest centre; counts the changed labels in word 0 of the status. */
export function assignPoints(buffers: KmeansBuffers, centres: GpuTensor): void {
  const { context, points, rows, width, clusters, labels, distances, status } = buffers;
  context.clear(status.buffer, 4);
  const views = [points, centres, labels, distances, status];
  const params = { integers: [rows, width, clusters, 0] };
  context.dispatch(ASSIGN, views, params, groupsOfRows(rows));
}

function groupsOfRows(rows: number): [number, number] {
  return [Math.min(rows, 65535), Math.ceil(rows / 65535)];
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
