import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decode } from 'fast-png';
import { drawCreature, silhouetteOf, SIZE_LIMITS } from '../../../src/creatures/creature.js';
import { FIRST_ANIMAL_LABEL, labelOf, PARTS } from '../../../src/creatures/parts.js';
import { PATTERNS, SPECIES } from '../../../src/creatures/words.js';
import { recipeOf } from '../../../src/creatures/recipe.js';
import { SAMPLES } from '../../../tools/creatures/samples.js';
import { cosine, sine } from '../../../src/creatures/trigonometry.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const seeds = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

test('the same seed gives the same bytes, on every machine', () => {
  const hash = createHash('sha256');
  for (const seed of seeds(24)) {
    const { rgb, parts, caption } = drawCreature(recipeOf(seed), 64);
    hash.update(rgb).update(parts).update(caption);
  }
  assert.equal(
    hash.digest('hex'),
    '4fb3ae3a6df72eee54fe2549d19d2f80b11194af3b9929e119a76971b674e551',
  );
});

test('different seeds give different pictures', () => {
  const hashes = new Set(seeds(40).map((seed) => sha256(drawCreature(recipeOf(seed), 32).rgb)));
  assert.equal(hashes.size, 40);
});

test('the shape of a seed does not depend on its species being asked for or drawn', () => {
  const recipe = recipeOf(7);
  assert.deepEqual(recipeOf(7, recipe.species), recipe);
});

test('chance draws all of sixteen kinds of animal, ten patterns, four grounds and both directions', () => {
  const recipes = seeds(400).map((seed) => recipeOf(seed));
  assert.deepEqual([SPECIES.length, PATTERNS.length], [16, 10]);
  assert.equal(new Set(recipes.map(({ species }) => species)).size, SPECIES.length);
  assert.equal(
    new Set(recipes.map(({ palette }) => palette.paints.body.pattern)).size,
    PATTERNS.length,
  );
  assert.equal(new Set(recipes.map(({ facesLeft }) => facesLeft)).size, 2);
  assert.equal(new Set(recipes.map(({ scene }) => scene.ground)).size, 4);
});

test('every animal is whole: it has body, neck, head, legs, tail and eye, and does not touch the border', () => {
  const wanted = ['body', 'neck', 'head', 'leg', 'tail', 'eye'] as const;
  for (const species of SPECIES) {
    for (const seed of seeds(6)) {
      const { parts, size } = drawCreature(recipeOf(seed, species), 128);
      for (const part of wanted) {
        assert.ok(parts.includes(labelOf(part)), `${species}, seed ${String(seed)}: no ${part}`);
      }
      const border = parts.filter((_, i) => {
        const [x, y] = [i % size, Math.floor(i / size)];
        return x === 0 || y === 0 || x === size - 1 || y === size - 1;
      });
      assert.ok(
        border.every((label) => label < FIRST_ANIMAL_LABEL),
        `${species}, seed ${String(seed)}`,
      );
    }
  }
});

test('an animal takes a fair share of its picture', () => {
  for (const seed of seeds(60)) {
    const silhouette = silhouetteOf(drawCreature(recipeOf(seed), 64).parts);
    const share = silhouette.filter((value) => value === 255).length / silhouette.length;
    assert.ok(share > 0.06 && share < 0.7, `seed ${String(seed)} covers ${share.toFixed(3)}`);
  }
});

test('any size within the limits can be drawn, others are refused in words', () => {
  for (const size of [SIZE_LIMITS.least, 33, 200]) {
    const { rgb, parts } = drawCreature(recipeOf(3), size);
    assert.equal(rgb.length, size * size * 3);
    assert.equal(parts.length, size * size);
  }
  for (const size of [0, 12.5, NaN, SIZE_LIMITS.most + 1]) {
    assert.throws(() => drawCreature(recipeOf(3), size), /pixels wide/);
  }
});

test('a seed that is not a whole number is refused', () => {
  for (const seed of [-1, 0.5, NaN, 2 ** 53]) assert.throws(() => recipeOf(seed), /whole number/);
  assert.notDeepEqual(recipeOf(2 ** 32 + 1), recipeOf(1));
});

test('sine and cosine are right to 1e-8 without the engine', () => {
  for (let angle = -20; angle <= 20; angle += 0.37) {
    assert.ok(Math.abs(sine(angle) - Math.sin(angle)) < 1e-8);
    assert.ok(Math.abs(cosine(angle) - Math.cos(angle)) < 1e-8);
  }
});

test('the shipped samples are what the generator draws, part maps included', () => {
  const folder = new URL('../../../public/samples/', import.meta.url);
  // The masks of two of them are for the graph that shows masks from files.
  const isDrawing = (name: string): boolean => name.endsWith('.png') && !name.endsWith('-mask.png');
  const shipped = readdirSync(folder).filter(isDrawing);
  assert.deepEqual(
    shipped.sort(),
    Object.keys(SAMPLES)
      .map((name) => `${name}.png`)
      .sort(),
  );
  for (const [name, recipe] of Object.entries(SAMPLES)) {
    const { rgb, parts } = drawCreature(recipe, 128);
    const picture = decode(readFileSync(new URL(`${name}.png`, folder)));
    const partMap = decode(readFileSync(new URL(`parts/${name}.png`, folder)));
    assert.deepEqual([picture.width, picture.channels, partMap.channels], [128, 3, 1]);
    assert.equal(sha256(Uint8Array.from(picture.data)), sha256(rgb), name);
    assert.equal(sha256(Uint8Array.from(partMap.data)), sha256(parts), name);
    assert.ok(parts.every((label) => label < PARTS.length));
  }
});
