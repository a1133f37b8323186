import { defineNode } from '../../src/diffusion/define-node.js';
import { AppError } from '../../src/core/errors.js';
import type { Picture } from '../../src/core/node/definition.js';
import { plainForecast, tensorForecast } from '../../src/diffusion/forecast-values.js';
import {
  pictureToPixels,
  pixelsToPicture,
  prepareImage,
} from '../../src/diffusion/image-processor.js';

/** Empty pixels around and between pictures. */
const GAP = 8;
const PAPER = [244, 243, 240] as const;

function tile(number: number) {
  return {
    type: 'IMAGE',
    optional: true,
    tooltip: `Picture ${String(number)}, counted row by row; without one its place stays empty.`,
  } as const;
}

export default defineNode({
  type: 'ContactSheet',
  version: 1,
  displayName: 'Contact Sheet',
  category: 'image',
  description: [
    'Lays up to sixteen pictures in rows: structures against appearances (paper, figure 6), several seeds (figure 11), or the steps of an ablation (figure 10). Every place has the size of the first picture; others are cropped about their centre and resized, which is told.',
    '',
    'Pictures of one sheet may share branches and inversions: what several of them need is computed once.',
  ].join('\n'),
  source: 'Paper, figures 6, 10 and 11',
  searchAliases: ['grid', 'montage', 'figure 6', 'figure 11', 'seed sweep', 'image batch'],
  outputNode: true,
  example: 'grid',
  inputs: {
    columns: {
      type: 'INT',
      default: 3,
      min: 1,
      max: 16,
      tooltip: 'Pictures in a row.',
    },
    image_1: tile(1),
    image_2: tile(2),
    image_3: tile(3),
    image_4: tile(4),
    image_5: tile(5),
    image_6: tile(6),
    image_7: tile(7),
    image_8: tile(8),
    image_9: tile(9),
    image_10: tile(10),
    image_11: tile(11),
    image_12: tile(12),
    image_13: tile(13),
    image_14: tile(14),
    image_15: tile(15),
    image_16: tile(16),
  },
  outputs: {
    IMAGE: { type: 'IMAGE', shape: '1×3×H×W', tooltip: 'All pictures as one.' },
  },
  forecast(inputs) {
    const tiles = tilesOf(inputs);
    const key = JSON.stringify(['sheet', inputs.columns, tiles.map((one) => one?.about.key)]);
    const [, , height, width] = tiles.find((one) => one !== undefined)?.shape ?? [];
    if (height === undefined || width === undefined) return { IMAGE: plainForecast({ key }) };
    const sheet = sizeOf(tiles.length, inputs.columns, { width, height });
    return { IMAGE: tensorForecast([1, 3, sheet.height, sheet.width], { key }) };
  },
  async execute(inputs, { show, warn, progress }) {
    const tiles = tilesOf(inputs);
    const first = tiles.find((one) => one !== undefined);
    if (!first) {
      throw new AppError({
        code: 'input/invalid',
        input: 'image_1',
        reason: 'no picture is linked',
        remedy: 'Link at least one picture.',
      });
    }
    const [, , height = 1, width = 1] = first.pixels.shape;
    const sheet = emptySheet(sizeOf(tiles.length, inputs.columns, { width, height }));
    let resized = 0;
    for (const [i, one] of tiles.entries()) {
      if (one === undefined) continue;
      const [, , rows, columns] = one.pixels.shape;
      const fits = rows === height && columns === width;
      if (!fits) resized += 1;
      const picture = fits
        ? await pixelsToPicture(one.pixels)
        : (await prepareImage(one.pixels, width, height)).picture;
      const [column, row] = [i % inputs.columns, Math.floor(i / inputs.columns)];
      put(sheet, picture, GAP + column * (width + GAP), GAP + row * (height + GAP));
      progress(i + 1, tiles.length);
    }
    if (resized > 0) {
      warn(
        `${String(resized)} of the pictures had another size than the first, ${String(width)} by ${String(height)}, and were cropped and resized.`,
      );
    }
    show('sheet', sheet);
    return { IMAGE: { pixels: pictureToPixels(sheet) } };
  },
});

type TileName = `image_${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16}`;

/** What is linked, in order, up to the last. */
function tilesOf<Tile>(
  inputs: Readonly<Record<TileName, Tile | undefined>>,
): readonly (Tile | undefined)[] {
  const all = [
    ...[inputs.image_1, inputs.image_2, inputs.image_3, inputs.image_4],
    ...[inputs.image_5, inputs.image_6, inputs.image_7, inputs.image_8],
    ...[inputs.image_9, inputs.image_10, inputs.image_11, inputs.image_12],
    ...[inputs.image_13, inputs.image_14, inputs.image_15, inputs.image_16],
  ];
  return all.slice(0, all.findLastIndex((tile) => tile !== undefined) + 1);
}

function sizeOf(
  count: number,
  columns: number,
  { width, height }: Omit<Picture, 'data'>,
): Omit<Picture, 'data'> {
  const rows = Math.ceil(count / columns);
  const used = Math.min(columns, count);
  return { width: GAP + used * (width + GAP), height: GAP + rows * (height + GAP) };
}

function emptySheet({ width, height }: Omit<Picture, 'data'>): Picture {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i += 1) data.set([...PAPER, 255], 4 * i);
  return { width, height, data };
}

function put(sheet: Picture, { width, height, data }: Picture, left: number, top: number): void {
  for (let y = 0; y < height; y += 1) {
    const row = data.subarray(4 * y * width, 4 * (y + 1) * width);
    sheet.data.set(row, 4 * ((top + y) * sheet.width + left));
  }
}
