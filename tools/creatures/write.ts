import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encode } from 'fast-png';
import type { CreatureCommand } from './command-line.js';
import { drawCreature, type Creature } from '../../src/creatures/creature.js';
import { PARTS } from '../../src/creatures/parts.js';
import { recipeOf, type Recipe } from '../../src/creatures/recipe.js';
import { SAMPLES } from './samples.js';

/** What was written: how many pictures, and where. */
export interface Written {
  readonly pictures: number;
  readonly place: string;
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}

/** Writes `folder/name.png` and `folder/parts/name.png`; the folders must be there. */
function writePictures(folder: string, name: string, { size, rgb, parts }: Creature): void {
  const [width, height] = [size, size];
  writeFileSync(join(folder, `${name}.png`), encode({ width, height, data: rgb, channels: 3 }));
  writeFileSync(
    join(folder, 'parts', `${name}.png`),
    encode({ width, height, data: parts, channels: 1 }),
  );
}

/** Draws named recipes one after another, so that only one picture is in memory. */
function writeNamed(
  folder: string,
  size: number,
  recipes: Iterable<readonly [string, Recipe]>,
): Written {
  mkdirSync(join(folder, 'parts'), { recursive: true });
  const captions: Record<string, string> = {};
  for (const [name, recipe] of recipes) {
    const creature = drawCreature(recipe, size);
    writePictures(folder, name, creature);
    captions[name] = creature.caption;
  }
  writeJson(join(folder, 'captions.json'), { parts: PARTS, captions });
  return { pictures: Object.keys(captions).length, place: folder };
}

function* seededRecipes(seed: number, count: number): Generator<readonly [string, Recipe]> {
  for (let i = 0; i < count; i++) {
    yield [`creature-${String(seed + i).padStart(6, '0')}`, recipeOf(seed + i)];
  }
}

function writeRaw(file: string, { count, seed, size }: CreatureCommand): Written {
  mkdirSync(dirname(file), { recursive: true });
  const captions: string[] = [];
  const handle = openSync(file, 'w');
  try {
    for (let i = 0; i < count; i++) {
      const { rgb, parts, caption } = drawCreature(recipeOf(seed + i), size);
      writeSync(handle, rgb);
      writeSync(handle, parts);
      captions.push(caption);
    }
  } finally {
    closeSync(handle);
  }
  writeJson(`${file}.json`, { count, seed, size, parts: PARTS, captions });
  return { pictures: count, place: file };
}

/**
 * Draws what the command asks for and writes it. A raw file holds, for each creature, size × size × 3
 * bytes of RGB and size × size labels; `FILE.json` beside it the captions.
 */
export function writeCreatures(command: CreatureCommand): Written {
  const { count, seed, size, output } = command;
  switch (output.kind) {
    case 'raw':
      return writeRaw(output.file, command);
    case 'samples':
      return writeNamed(output.folder, size, Object.entries(SAMPLES));
    case 'pictures':
      return writeNamed(output.folder, size, seededRecipes(seed, count));
  }
}
