import type { Picture } from '../../src/core/node/definition.js';
import type { Row } from '../cli/evaluate/rows.js';
import { runPair, type PairRun, type PairSettings } from '../cli/evaluate/run-pair.js';
import { appearanceDistance } from '../../src/creatures/appearance-distance.js';
import { drawCreature, type Creature } from '../../src/creatures/creature.js';
import { recipeOf } from '../../src/creatures/recipe.js';
import { scoreTransfer, type TransferScore } from '../../src/creatures/score.js';

/** A pair's score in one row. */
export interface PairScore extends TransferScore {
  /** Undefined when the two animals have no part in common. */
  readonly appearanceDistance: number | undefined;
  /** Overlap of the self-segmentation masks of structure picture and result; undefined when both are empty. */
  readonly maskIoU: number | undefined;
}

/** A pair that was transferred: pictures of 128 × 128 RGB bytes and the scores, by row. */
export interface PairResult {
  readonly structure: Creature;
  readonly appearance: Creature;
  readonly outputs: ReadonlyMap<Row, Uint8Array>;
  readonly scores: ReadonlyMap<Row, PairScore>;
  readonly unet: PairRun['unet'];
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

/** Transfers the looks of one seed's creature to another's, once a row, and scores it. @throws Error when the run fails. */
export async function evaluatePair(
  seeds: readonly [structure: number, appearance: number],
  rows: readonly Row[],
  settings: PairSettings,
): Promise<PairResult> {
  const [structure, appearance] = [
    drawCreature(recipeOf(seeds[0]), 128),
    drawCreature(recipeOf(seeds[1]), 128),
  ];
  const pair = { structure: toPicture(structure), appearance: toPicture(appearance) };
  const { results, unet } = await runPair(pair, rows, settings);
  const outputs = new Map<Row, Uint8Array>();
  const scores = new Map<Row, PairScore>();
  for (const [row, { picture, maskIoU }] of results) {
    const output = withoutAlpha(picture);
    outputs.set(row, output);
    scores.set(row, {
      ...scoreTransfer(output, structure, appearance),
      appearanceDistance: appearanceDistance(output, structure, appearance),
      maskIoU,
    });
  }
  return { structure, appearance, outputs, scores, unet };
}
