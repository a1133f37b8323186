import { createHash } from 'node:crypto';
import type { NodeId } from '../../../src/core/graph/types.js';
import type { Picture } from '../../../src/core/node/definition.js';
import { AppError } from '../../../src/core/errors.js';
import { pictureChannel } from '../../../src/diffusion/image-processor.js';
import { maskOverlap } from '../../../src/diffusion/mask-overlap.js';
import type { PictureStore } from '../../../src/diffusion/ports.js';
import type { PresetName } from '../../../src/diffusion/presets.js';
import { fromLab, toLab } from '../../../src/tensor/lab.js';
import { momentsOf, withMoments } from '../../../src/tensor/moments.js';
import { errorText } from '../headless/error-text.js';
import { createDiskModels } from '../headless/model-library.js';
import { places, registry } from '../headless/project.js';
import { runGraph, type RunReport } from '../headless/run-graph.js';
import { rowGraph } from './row-graph.js';
import { FEW_STEPS_ROW, LOOP_ROWS, type Row } from './rows.js';

/** What the transfers of a pair are made with. */
export interface PairSettings {
  readonly model: string;
  readonly preset: PresetName;
  readonly steps?: number;
  readonly prompt?: string;
  readonly noun?: string;
  /** Threads of one forward; as many as onnxruntime chooses when absent. */
  readonly threads?: number;
  readonly signal: AbortSignal;
}

/** The two pictures of a pair. */
export interface PicturePair {
  readonly structure: Picture;
  readonly appearance: Picture;
}

/** What a row made. */
export interface RowResult {
  readonly picture: Picture;
  /** Overlap of the self-segmentation masks of structure picture and result; undefined when both are empty. */
  readonly maskIoU: number | undefined;
}

/** The rows of a pair and the network's work for all of them together. */
export interface PairRun {
  readonly results: ReadonlyMap<Row, RowResult>;
  readonly unet: RunReport['unet'];
}

/** A store of exactly these pictures; results stay with the run's report. */
function pictureStore(pictures: Readonly<Record<string, Picture>>): PictureStore {
  const find = (name: string): Picture => {
    const picture = pictures[name];
    if (!picture) throw new AppError({ code: 'picture/missing', name });
    return picture;
  };
  return {
    fingerprint: (name) =>
      Promise.resolve(createHash('sha256').update(find(name).data).digest('hex')),
    read: (name) => Promise.resolve(find(name)),
    write: (name) => Promise.resolve(name),
  };
}

/**
 * The structure picture with the mean and standard deviation of L*, a* and b* of the appearance picture, each over the
 * whole picture (Reinhard et al., 2001).
 */
export function transferColors({ structure, appearance }: PicturePair): Picture {
  const [from, to] = [toLab(structure.data, 4), toLab(appearance.data, 4)];
  const [own, wanted] = [momentsOf(from, 3), momentsOf(to, 3)];
  if (!own || !wanted) return structure;
  const rgb = fromLab(withMoments(from, own, wanted));
  const data = structure.data.map((value, i) =>
    i % 4 === 3 ? value : (rgb[3 * (i >> 2) + (i % 4)] ?? 0),
  );
  return { ...structure, data };
}

/** Makes every row of a pair in one run, so that what rows share is computed once. @throws Error when a row gave no picture. */
export async function runPair(
  pair: PicturePair,
  rows: readonly Row[],
  settings: PairSettings,
): Promise<PairRun> {
  const recoloured = transferColors(pair);
  const loops = LOOP_ROWS.filter((row) => rows.includes(row));
  const { shown, unet, structureMask, ...graph } = await runRows(
    { ...pair, recoloured },
    loops,
    settings,
  );
  const overlap = async (row: (typeof loops)[number] | 'colorTransfer') =>
    maskIoU(shown(structureMask), shown(graph.masks.get(row)));
  const results = new Map<Row, RowResult>();
  for (const row of loops) {
    results.set(row, { picture: shown(graph.results.get(row)), maskIoU: await overlap(row) });
  }
  if (rows.includes('nothing')) {
    const own = shown(structureMask);
    results.set('nothing', { picture: pair.structure, maskIoU: await maskIoU(own, own) });
  }
  if (rows.includes('colorTransfer')) {
    results.set('colorTransfer', { picture: recoloured, maskIoU: await overlap('colorTransfer') });
  }
  if (!rows.includes(FEW_STEPS_ROW)) return { results, unet };
  const few = await runRows({ ...pair, recoloured }, ['full'], {
    ...settings,
    steps: Math.max(2, Math.round((settings.steps ?? USUAL_STEPS) * FEW)),
  });
  const ownMask = few.shown(few.structureMask);
  results.set(FEW_STEPS_ROW, {
    picture: few.shown(few.results.get('full')),
    maskIoU: await maskIoU(ownMask, few.shown(few.masks.get('full'))),
  });
  return { results, unet: added(unet, few.unet) };
}

const USUAL_STEPS = 100;
const FEW = 0.2;

/** Runs the graph of some rows. */
async function runRows(
  pictures: PicturePair & { readonly recoloured: Picture },
  rows: readonly (typeof LOOP_ROWS)[number][],
  { signal, threads, ...settings }: PairSettings,
) {
  const names = {
    structure: 'structure',
    appearance: 'appearance',
    recoloured: 'recoloured',
    mirrored: 'mirrored',
  };
  const graph = await rowGraph({ ...settings, ...names }, rows);
  const report = await runGraph(graph.document, {
    registry,
    models: createDiskModels({
      cwd: process.cwd(),
      models: places.models,
      provider: 'cpu',
      ...(threads !== undefined && { threads }),
    }),
    pictures: pictureStore({ ...pictures, mirrored: mirrorImage(pictures.appearance) }),
    signal,
  });
  signal.throwIfAborted();
  const shown = (id: NodeId | undefined): Picture => shownBy(report, id ?? '');
  return { ...graph, shown, unet: report.unet };
}

/** The picture with left and right exchanged. */
function mirrorImage({ width, height, data }: Picture): Picture {
  const mirrored = data.map((_, i) => {
    const pixel = i >> 2;
    const x = pixel % width;
    return data[4 * (pixel - x + (width - 1 - x)) + (i % 4)] ?? 0;
  });
  return { width, height, data: mirrored };
}

function added(a: PairRun['unet'], b: PairRun['unet']): PairRun['unet'] {
  return {
    sampleForwards: a.sampleForwards + b.sampleForwards,
    pairs: a.pairs + b.pairs,
    forkShare: a.forkShare,
    forwardEquivalents: a.forwardEquivalents + b.forwardEquivalents,
  };
}

async function maskIoU(a: Picture, b: Picture): Promise<number | undefined> {
  return (await maskOverlap(pictureChannel(a, 'red'), pictureChannel(b, 'red'), 1)).iou;
}

function shownBy({ pictures, outcome }: RunReport, id: NodeId): Picture {
  const picture = [...(pictures.get(id)?.values() ?? [])].at(-1);
  if (picture) return picture;
  const mistakes = [
    ...outcome.problems.map(({ message }) => message),
    ...outcome.failures.map(errorText),
  ];
  throw new Error(mistakes[0] ?? 'A run gave no picture.');
}
