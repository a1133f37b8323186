import { createHash } from 'node:crypto';
import type { GraphDocument } from '../../src/core/graph/types.js';
import type { Picture } from '../../src/core/node/definition.js';
import type { PictureStore } from '../../src/diffusion/ports.js';
import type { PresetName } from '../../src/diffusion/presets.js';
import { nodesOfType, setWidgets } from '../cli/headless/document-nodes.js';
import { createDiskModels } from '../cli/headless/model-library.js';
import { places, registry } from '../cli/headless/project.js';
import { runGraph, type RunReport } from '../cli/headless/run-graph.js';
import { transferGraph } from '../cli/headless/transfer-graph.js';
import { drawCreature, silhouetteOf, type Creature } from './creature.js';
import { recipeOf } from './recipe.js';
import { intersectionOverUnion, scoreTransfer, type TransferScore } from './score.js';

/** What is scored: the whole method, AdaIN without foreign keys and values, or the untouched structure picture. */
export const ROWS = ['full', 'adainOnly', 'nothing'] as const;

/** The name of a row. */
export type Row = (typeof ROWS)[number];

/** A pair's score in one row; `maskIoU` is that of the structure's self-segmentation mask, where one was made. */
export interface PairScore extends TransferScore {
  readonly maskIoU?: number;
}

/** A pair that was transferred: pictures of 128 × 128 RGB bytes and the score. */
export interface PairResult {
  readonly structure: Creature;
  readonly appearance: Creature;
  readonly output: Uint8Array;
  readonly score: PairScore;
}

/** What one transfer is made with. */
export interface PairSettings {
  readonly model: string;
  readonly preset: PresetName;
  readonly steps?: number;
}

function toPicture({ size, rgb }: Creature): Picture {
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let i = 0; i < size * size; i++) data.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return { width: size, height: size, data };
}

/** Every fourth byte left out. */
function withoutAlpha({ data }: Picture): Uint8Array {
  return Uint8Array.from(data.filter((_, i) => i % 4 !== 3));
}

/** A store of exactly these pictures; results stay with the run's report. */
function pictureStore(pictures: ReadonlyMap<string, Picture>): PictureStore {
  const find = (name: string): Picture => {
    const picture = pictures.get(name);
    if (!picture) throw new Error(`There is no picture “${name}”.`);
    return picture;
  };
  return {
    fingerprint: (name) =>
      Promise.resolve(createHash('sha256').update(find(name).data).digest('hex')),
    read: (name) => Promise.resolve(find(name)),
    write: (name) => Promise.resolve(name),
  };
}

/** The graph without mixing and guidance, so that only AdaIN moves looks. */
function adainOnly(document: GraphDocument): GraphDocument {
  const off = { half_end: 0, full_end: 0, guidance_end_at: 0 };
  return nodesOfType(document, 'InjectionSchedule').reduce(
    (changed, id) => setWidgets(changed, id, off),
    document,
  );
}

function shownBy(report: RunReport, document: GraphDocument, type: string): Picture | undefined {
  const [id = ''] = nodesOfType(document, type);
  return [...(report.pictures.get(id)?.values() ?? [])].at(-1);
}

/** The overlap of the structure's own mask with its silhouette. */
function maskOverlap(mask: Picture, structure: Creature): number {
  const { size, parts } = structure;
  const scale = mask.width / size;
  const found = parts.map((_, i) => {
    const x = Math.floor((i % size) * scale);
    const y = Math.floor(Math.floor(i / size) * scale);
    return (mask.data[(y * mask.width + x) * 4] ?? 0) > 127 ? 1 : 0;
  });
  return intersectionOverUnion(found, silhouetteOf(parts));
}

/** Transfers the looks of one seed's creature to another's and scores it. @throws Error when the run fails. */
export async function evaluatePair(
  seeds: readonly [structure: number, appearance: number],
  row: Row,
  settings: PairSettings,
): Promise<PairResult> {
  const [structure, appearance] = [
    drawCreature(recipeOf(seeds[0]), 128),
    drawCreature(recipeOf(seeds[1]), 128),
  ];
  if (row === 'nothing') {
    const score = scoreTransfer(structure.rgb, structure, appearance);
    return { structure, appearance, output: structure.rgb, score };
  }
  const whole = await transferGraph({
    ...settings,
    structure: 'structure',
    appearance: 'appearance',
  });
  const document = row === 'adainOnly' ? adainOnly(whole) : whole;
  const report = await runGraph(document, {
    registry,
    models: createDiskModels({ cwd: process.cwd(), models: places.models, provider: 'cpu' }),
    pictures: pictureStore(
      new Map([
        ['structure', toPicture(structure)],
        ['appearance', toPicture(appearance)],
      ]),
    ),
  });
  const result = shownBy(report, document, 'SaveImage');
  if (!result)
    throw new Error(`Pair ${seeds.join(', ')} gave no picture: ${JSON.stringify(report.outcome)}`);
  const output = withoutAlpha(result);
  const mask = shownBy(report, document, 'SelfSegmentationMask');
  const score = {
    ...scoreTransfer(output, structure, appearance),
    ...(mask && { maskIoU: maskOverlap(mask, structure) }),
  };
  return { structure, appearance, output, score };
}
