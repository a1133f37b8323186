import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawCreature } from '../../../src/creatures/creature.js';
import { appearanceDistance } from '../../../src/creatures/appearance-distance.js';
import { recipeOf } from '../../../src/creatures/recipe.js';
import { intersectionOverUnion, scoreTransfer } from '../../../src/creatures/score.js';

const PAIRS = Array.from({ length: 12 }, (_, i) => [1_000_000 + 2 * i, 1_000_001 + 2 * i] as const);

function meanScore(outputOf: (structureSeed: number, appearanceSeed: number) => Uint8Array) {
  const scores = PAIRS.map(([structureSeed, appearanceSeed]) => {
    const structure = drawCreature(recipeOf(structureSeed), 128);
    const appearance = drawCreature(recipeOf(appearanceSeed), 128);
    return scoreTransfer(outputOf(structureSeed, appearanceSeed), structure, appearance);
  });
  const mean = (pick: (score: (typeof scores)[number]) => number): number =>
    scores.reduce((sum, score) => sum + pick(score), 0) / scores.length;
  return {
    structureIoU: mean((score) => score.structureIoU),
    partCorrespondence: mean((score) => score.partCorrespondence),
  };
}

test('the true transfer, drawn by the generator, scores high on both', () => {
  const { structureIoU, partCorrespondence } = meanScore((structureSeed, appearanceSeed) => {
    const { palette, scene } = recipeOf(appearanceSeed);
    const structure = recipeOf(structureSeed);
    const { horizon } = structure.scene;
    return drawCreature({ ...structure, palette, scene: { ...scene, horizon } }, 128).rgb;
  });
  assert.ok(structureIoU > 0.8, String(structureIoU));
  assert.ok(partCorrespondence > 0.9, String(partCorrespondence));
});

test('doing nothing keeps the structure and earns no correspondence', () => {
  const { structureIoU, partCorrespondence } = meanScore(
    (structureSeed) => drawCreature(recipeOf(structureSeed), 128).rgb,
  );
  assert.ok(structureIoU > 0.8, String(structureIoU));
  assert.ok(partCorrespondence < 0.4, String(partCorrespondence));
});

test('handing out the appearance picture loses the structure', () => {
  const { structureIoU, partCorrespondence } = meanScore(
    (_, appearanceSeed) => drawCreature(recipeOf(appearanceSeed), 128).rgb,
  );
  assert.ok(structureIoU < 0.5, String(structureIoU));
  assert.ok(partCorrespondence < 0.6, String(partCorrespondence));
});

test('the overlap of masks is what both share of what either has', () => {
  assert.equal(intersectionOverUnion(Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 0, 1, 0)), 1 / 3);
  assert.equal(intersectionOverUnion(Uint8Array.of(0, 0), Uint8Array.of(0, 0)), 1);
});

test('looks are at distance 0 from themselves, near in the true transfer and far when nothing is done', () => {
  const distances = PAIRS.map(([structureSeed, appearanceSeed]) => {
    const structure = drawCreature(recipeOf(structureSeed), 128);
    const appearance = drawCreature(recipeOf(appearanceSeed), 128);
    const { palette } = recipeOf(appearanceSeed);
    const transferred = drawCreature({ ...recipeOf(structureSeed), palette }, 128).rgb;
    assert.equal(appearanceDistance(appearance.rgb, appearance, appearance), 0);
    return {
      done: appearanceDistance(transferred, structure, appearance) ?? NaN,
      nothing: appearanceDistance(structure.rgb, structure, appearance) ?? NaN,
    };
  });
  const mean = (pick: (one: (typeof distances)[number]) => number): number =>
    distances.reduce((sum, one) => sum + pick(one), 0) / distances.length;
  const [done, nothing] = [mean((one) => one.done), mean((one) => one.nothing)];
  assert.ok(done < 0.4 * nothing, `${String(done)} of ${String(nothing)}`);
});

test('a mirrored picture has its mirror’s looks', () => {
  const appearance = drawCreature(recipeOf(1_000_001), 128);
  const { size, rgb, parts } = appearance;
  const from = (i: number): number => i - (i % size) + size - 1 - (i % size);
  const mirror = {
    size,
    rgb: rgb.map((_, i) => rgb[3 * from(Math.floor(i / 3)) + (i % 3)] ?? 0),
    parts: parts.map((_, i) => parts[from(i)] ?? 0),
  };
  const distance = appearanceDistance(mirror.rgb, mirror, appearance) ?? NaN;
  assert.ok(distance < 1e-3, String(distance));
});
