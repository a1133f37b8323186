import {
  fillClusters,
  kmeans as kmeansOnCpu,
  MAX_ITERATIONS,
  TOLERANCE,
} from '../../tensor/kmeans.js';
import type { KmeansOptions, KmeansResult } from '../../tensor/kmeans.js';
import { bestCandidate, drawPlaces, trialsFor } from '../../tensor/kmeans-starts.js';
import { createRandom } from '../../tensor/random.js';
import type { GpuContext } from './gpu-context.js';
import { emptyGpuTensor, type GpuTensor } from './gpu-tensor.js';
import {
  assignPoints,
  createKmeansBuffers,
  freeKmeansBuffers,
  MAX_CLUSTERS,
  measureDistances,
  moveCentres,
  type KmeansBuffers,
} from './kernels/kmeans.js';

/** A clustering under way: its buffers and two sets of centres, the current one first. */
interface Search {
  readonly buffers: KmeansBuffers;
  readonly meanVariance: number;
  readonly random: () => number;
  readonly signal: AbortSignal;
  centres: readonly [now: GpuTensor, next: GpuTensor];
}

/**
 * Lloyd's k-means of the rows of `points` `[N, F]` on the device, with the starts and the stopping rule of the CPU's:
 * the same seed draws the same numbers. The points stay on the device; vectors of N numbers are read back.
 * Rejects with the signal's reason when aborted. @throws RangeError unless 1 <= clusters <= min(N, 256).
 */
export async function gpuKmeans(
  context: GpuContext,
  points: GpuTensor,
  options: KmeansOptions,
  signal: AbortSignal,
): Promise<KmeansResult> {
  const [rows = 0, width = 0] = points.shape;
  const { clusters, restarts, seed } = options;
  if (!(clusters >= 1 && clusters <= Math.min(rows, MAX_CLUSTERS))) {
    return kmeansOnCpu(await points.read(), rows, options, signal);
  }
  const buffers = createKmeansBuffers(context, points, clusters);
  const spare = Math.max(clusters, trialsFor(clusters));
  const centres = [0, 1].map(() => emptyGpuTensor(context, [spare, width]));
  const [now, next] = centres as [GpuTensor, GpuTensor];
  try {
    const meanVariance = await findMeanVariance(buffers, now, next);
    const search: Search = {
      buffers,
      meanVariance,
      random: createRandom(seed),
      signal,
      centres: [now, next],
    };
    let best = await searchOnce(search);
    for (let restart = 1; restart < restarts; restart++) {
      const found = await searchOnce(search);
      if (found.inertia < best.inertia) best = found;
    }
    return best;
  } finally {
    freeKmeansBuffers(buffers);
    for (const tensor of centres) tensor.dispose();
  }
}

async function findMeanVariance(
  buffers: KmeansBuffers,
  before: GpuTensor,
  mean: GpuTensor,
): Promise<number> {
  buffers.context.clear(buffers.labels.buffer, 4 * buffers.rows);
  moveCentres(buffers, before, mean);
  const distances = await measureDistances(buffers, mean, 1);
  return sum(distances) / (buffers.rows * buffers.width);
}

async function searchOnce(search: Search): Promise<KmeansResult> {
  const { buffers, signal } = search;
  await chooseStarts(search);
  assignPoints(buffers, search.centres[0]);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    signal.throwIfAborted();
    const moved = await moveAndAssign(search);
    if (moved.changedLabels === 0) break;
    if (moved.distance <= TOLERANCE * search.meanVariance) break;
  }
  const labels = Uint8Array.from(await readLabels(buffers));
  return { labels, inertia: sum(await buffers.distances.read()) };
}

/** Greedy k-means++ starts in the current centres; see `tensor/kmeans.ts`. */
async function chooseStarts({ buffers, random, centres, signal }: Search): Promise<void> {
  const { context, points, rows, width, clusters } = buffers;
  const [starts, candidates] = centres;
  const trials = trialsFor(clusters);
  const bytes = 4 * width;
  const place = (point: number, target: GpuTensor, slot: number): void => {
    context.copy(points.buffer, point * bytes, target.buffer, slot * bytes, bytes);
  };
  place(Math.floor(random() * rows), starts, 0);
  let nearest: Float32Array | Float64Array = await measureDistances(buffers, starts, 1);
  for (let cluster = 1; cluster < clusters; cluster++) {
    signal.throwIfAborted();
    const drawn = drawPlaces(nearest, trials, random);
    drawn.forEach((point, trial) => {
      place(point, candidates, trial);
    });
    const distances = await measureDistances(buffers, candidates, trials);
    const best = bestCandidate(nearest, distances, trials);
    place(drawn[best.trial] ?? 0, starts, cluster);
    nearest = best.nearest;
  }
}

/** One iteration: centres to the means, points to the nearest centre. */
async function moveAndAssign(
  search: Search,
): Promise<{ readonly distance: number; readonly changedLabels: number }> {
  const { buffers } = search;
  const [now, next] = search.centres;
  const { context, clusters, status } = buffers;
  moveCentres(buffers, now, next);
  assignPoints(buffers, next);
  let words = new Uint32Array(await context.read(status.buffer, status.byteLength));
  if (Array.from({ length: clusters }, (_, c) => words[1 + 2 * c]).includes(0)) {
    words = await moveWithEmptyClusters(search);
  }
  search.centres = [next, now];
  const shifts = new Float32Array(words.buffer);
  const distance = Array.from({ length: clusters }, (_, c) => shifts[2 + 2 * c] ?? 0);
  return { distance: sum(distance), changedLabels: words[0] ?? 0 };
}

/** The same iteration where a cluster has lost all points: it starts anew at the point farthest from its own centre. */
async function moveWithEmptyClusters({
  buffers,
  centres,
}: Search): Promise<Uint32Array<ArrayBuffer>> {
  const { context, labels, distances, status } = buffers;
  const [now, next] = centres;
  assignPoints(buffers, now);
  const own = await readLabels(buffers);
  const sizes = new Float64Array(buffers.clusters);
  for (const label of own) sizes[label] = (sizes[label] ?? 0) + 1;
  const filled = fillClusters(Uint8Array.from(own), sizes, await distances.read());
  context.write(labels.buffer, Uint32Array.from(filled));
  moveCentres(buffers, now, next);
  context.write(labels.buffer, own);
  assignPoints(buffers, next);
  return new Uint32Array(await context.read(status.buffer, status.byteLength));
}

async function readLabels({ context, labels }: KmeansBuffers): Promise<Uint32Array<ArrayBuffer>> {
  return new Uint32Array(await context.read(labels.buffer, labels.byteLength));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
