import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../../src/core/node/definition.js';
import { toLab } from '../../../src/tensor/lab.js';
import { momentsDistance, momentsOf } from '../../../src/tensor/moments.js';
import { gramDistance, textureGrams } from '../../../src/tensor/texture-gram.js';
import { UsageError } from '../headless/command.js';
import { decodePicture } from '../headless/picture-file.js';
import type { Row } from './rows.js';
import { runPair, type PairSettings, type PicturePair } from './run-pair.js';
import type { Scores } from './summary.js';

/**
 * Pictures of two folders in pairs: by the order of their names, the shorter folder starting over, as many as the longer
 * one has and at most `most`. @throws UsageError when a folder cannot be read or holds no picture.
 */
export async function pairsOfFolders(
  structures: string,
  appearances: string,
  most: number,
): Promise<readonly (readonly [structure: string, appearance: string])[]> {
  const [first, second] = await Promise.all([
    picturesIn('structures', structures),
    picturesIn('appearances', appearances),
  ]);
  const count = Math.min(most, Math.max(first.length, second.length));
  return Array.from({ length: count }, (_unused, i) => [
    first[i % first.length] ?? '',
    second[i % second.length] ?? '',
  ]);
}

async function picturesIn(option: string, folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => {
    throw new UsageError(`--${option} takes a folder of pictures; “${folder}” cannot be read.`);
  });
  const pictures = names.filter((name) => /\.(png|jpe?g)$/i.test(name)).sort();
  if (pictures.length > 0) return pictures.map((name) => join(folder, name));
  throw new UsageError(`The folder of --${option}, “${folder}”, holds no PNG or JPEG picture.`);
}

/** Transfers between two of the user's pictures and scores what can be scored without knowing their parts. */
export async function evaluateFiles(
  paths: readonly [structure: string, appearance: string],
  rows: readonly Row[],
  settings: PairSettings,
) {
  const [structure, appearance] = await Promise.all(
    paths.map(async (path) => decodePicture(path, await readFile(path))),
  );
  if (!structure || !appearance) throw new Error('A pair has two pictures.');
  const pair: PicturePair = { structure, appearance };
  const { results, unet } = await runPair(pair, rows, settings);
  const scores = new Map<Row, Scores>();
  for (const [row, { picture, maskIoU }] of results) {
    scores.set(row, { maskIoU, ...looksDistance(picture, appearance) });
  }
  return { scores, unet };
}

/** Distances of whole pictures: of their colour statistics in L*a*b*, and of their textures. */
function looksDistance(a: Picture, b: Picture): Scores {
  const [x, y] = [toLab(a.data, 4), toLab(b.data, 4)];
  const [first, second] = [momentsOf(x, 3), momentsOf(y, 3)];
  return {
    colorDistance: first && second && momentsDistance(first, second),
    gramDistance: gramDistance(textureGrams({ ...a, data: x }), textureGrams({ ...b, data: y })),
  };
}
