import { assert } from '../../../core/errors.js';
import type { GpuContext } from '../gpu-context.js';
import type { GpuTensor } from '../gpu-tensor.js';
import { emptyGpuTensor } from '../gpu-tensor.js';
import type { Kernel } from '../kernel.js';
import { declarations } from '../kernel.js';
import { WGSL_MATH } from './wgsl-math.js';

/** Queries and keys a workgroup takes at a time, and channels of a head it multiplies at a time. */
const TILE = 16;
const T = String(TILE);

const FIELDS = 'rows: u32, columns: u32, width: u32, heads: u32, scale: f32, share: f32';

/** `score(head, first row, first column)` of this invocation's row and column, through shared tiles. */
const SCORE = /* wgsl */ `
var<workgroup> queryTile: array<array<f32, ${T}>, ${T}>;
var<workgroup> keyTile: array<array<f32, ${T}>, ${T}>;

fn score(head: u32, row0: u32, column0: u32, l: vec2u) -> f32 {
  let size = p.width / p.heads;
  var sum = 0.0;
  for (var first = 0u; first < size; first += ${T}u) {
    let inHead = first + l.x < size;
    let at = head * size + first + l.x;
    workgroupBarrier();
    queryTile[l.y][l.x] = 0.0;
    keyTile[l.y][l.x] = 0.0;
    if (inHead && row0 + l.y < p.rows) { queryTile[l.y][l.x] = query[(row0 + l.y) * p.width + at]; }
    if (inHead && column0 + l.y < p.columns) { keyTile[l.y][l.x] = key[(column0 + l.y) * p.width + at]; }
    workgroupBarrier();
    for (var d = 0u; d < ${T}u; d++) { sum += queryTile[l.y][d] * keyTile[l.x][d]; }
  }
  return sum * p.scale;
}
`;

/** Largest score and sum of exponentials of every row and head, online as in flash attention. */
const ROW_STATISTICS: Kernel = {
  name: 'attention-rows',
  inputs: 2,
  outputs: 1,
  code:
    declarations(FIELDS, ['query: array<f32>', 'key: array<f32>'], ['rowStats: array<vec2f>']) +
    WGSL_MATH +
    SCORE +
    /* wgsl */ `
var<workgroup> lanes: array<array<vec2f, ${T}>, ${T}>;

@compute @workgroup_size(${T}, ${T})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) l: vec3u) {
  let row0 = group.x * ${T}u;
  let head = group.y;
  var largest = -3.0e38;
  var sum = 0.0;
  for (var column0 = 0u; column0 < p.columns; column0 += ${T}u) {
    let s = score(head, row0, column0, l.xy);
    if (column0 + l.x < p.columns) {
      if (s > largest) {
        sum = sum * expOf(largest - s) + 1.0;
        largest = s;
      } else {
        sum += expOf(s - largest);
      }
    }
  }
  lanes[l.y][l.x] = vec2f(largest, sum);
  workgroupBarrier();
  if (l.x == 0u && row0 + l.y < p.rows) {
    var both = lanes[l.y][0];
    for (var i = 1u; i < ${T}u; i++) {
      let other = lanes[l.y][i];
      let top = max(both.x, other.x);
      both = vec2f(top, both.y * expOf(both.x - top) + other.y * expOf(other.x - top));
    }
    rowStats[(row0 + l.y) * p.heads + head] = both;
  }
}`,
};

const MEAN_MAP: Kernel = {
  name: 'attention-mean',
  inputs: 3,
  outputs: 1,
  code:
    declarations(
      FIELDS,
      ['query: array<f32>', 'key: array<f32>', 'rowStats: array<vec2f>'],
      ['result: array<f32>'],
    ) +
    WGSL_MATH +
    SCORE +
    /* wgsl */ `
@compute @workgroup_size(${T}, ${T})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) l: vec3u) {
  let row0 = group.y * ${T}u;
  let column0 = group.x * ${T}u;
  let row = row0 + l.y;
  let column = column0 + l.x;
  var sum = 0.0;
  for (var head = 0u; head < p.heads; head++) {
    let s = score(head, row0, column0, l.xy);
    if (row < p.rows) {
      let stats = rowStats[row * p.heads + head];
      sum += expOf(s - stats.x) / stats.y;
    }
  }
  if (row < p.rows && column < p.columns) { result[row * p.columns + column] = sum * p.share; }
}`,
};

/**
 * Softmax(Q K^T / sqrt(d)) averaged over heads: `[1, N, C]` and `[1, M, C]` to `[N, M]`; no other tensor of
 * that size is made. method.md 10.
 */
export function headMeanAttention(
  context: GpuContext,
  query: GpuTensor,
  key: GpuTensor,
  heads: number,
): GpuTensor {
  const [batch, rows = 0, width = 0] = query.shape;
  const [keyBatch, columns = 0, keyWidth] = key.shape;
  assert(
    batch === 1 && keyBatch === 1 && width === keyWidth && width % heads === 0,
    `attention of ${String(heads)} heads needs [1, N, C] twice, got [${query.shape.join(', ')}] and [${key.shape.join(', ')}]`,
  );
  const params = {
    integers: [rows, columns, width, heads],
    floats: [1 / Math.sqrt(width / heads), 1 / heads],
  };
  const rowStats = emptyGpuTensor(context, [rows, heads, 2]);
  const result = emptyGpuTensor(context, [rows, columns]);
  const rowTiles = Math.ceil(rows / TILE);
  context.dispatch(ROW_STATISTICS, [query, key, rowStats], params, [rowTiles, heads]);
  context.dispatch(MEAN_MAP, [query, key, rowStats, result], params, [
    Math.ceil(columns / TILE),
    rowTiles,
  ]);
  rowStats.dispose();
  return result;
}
