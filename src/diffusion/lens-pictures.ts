import type { Picture } from '../core/node/definition.js';
import type { Grid, LensLayer } from './attention-lens.js';
import { prepareImage } from './image-processor.js';
import type { Image } from './sockets.js';

type Colour = readonly [red: number, green: number, blue: number];

/** A picture cropped and resized to what a grid of cells covers; none without a picture. */
export async function pictureUnder<Given extends Image | undefined>(
  image: Given,
  { rows, columns }: Grid,
  downscale: number,
): Promise<Picture | (Given & undefined)>;
export async function pictureUnder(
  image: Image | undefined,
  { rows, columns }: Grid,
  downscale: number,
): Promise<Picture | undefined> {
  if (!image) return undefined;
  return (await prepareImage(image.pixels, columns * downscale, rows * downscale)).picture;
}

/**
 * A picture of a grid, every cell `scale` pixels wide, in the colour that `colour` gives (0..255 each). Over a picture of that size
 * the colours take its brightness, so that it stays recognisable below them.
 */
export function gridPicture(
  { rows, columns }: Grid,
  scale: number,
  colour: (cell: number) => Colour,
  under?: Picture,
): Picture {
  return painted(columns * scale, rows * scale, (x, y) => {
    const own = colour(Math.floor(y / scale) * columns + Math.floor(x / scale));
    const [red, green, blue] = under ? pixelOf(under, x, y) : own;
    if (!under) return own;
    const light = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
    const at = (channel: number, below: number): number =>
      0.75 * channel * (0.3 + 0.7 * light) + 0.25 * below;
    return [at(own[0], red), at(own[1], green), at(own[2], blue)];
  });
}

/** A colour for each place of a grid: red grows to the right, green downwards, blue against both. */
export function placeColour(cell: number, { rows, columns }: Grid): Colour {
  const x = (cell % columns) / Math.max(1, columns - 1);
  const y = Math.floor(cell / columns) / Math.max(1, rows - 1);
  return [255 * x, 255 * y, 255 * (1 - (x + y) / 2)];
}

/** The picture whose every cell is the cell of `source` that `found` names; of the size of the asking grid in pixels. */
export function warped(
  source: Picture,
  { grid, keyGrid, downscale }: Pick<LensLayer, 'grid' | 'keyGrid' | 'downscale'>,
  found: Uint32Array,
): Picture {
  return painted(grid.columns * downscale, grid.rows * downscale, (x, y) => {
    const cell = found[Math.floor(y / downscale) * grid.columns + Math.floor(x / downscale)] ?? 0;
    const fromX = (cell % keyGrid.columns) * downscale + (x % downscale);
    const fromY = Math.floor(cell / keyGrid.columns) * downscale + (y % downscale);
    return pixelOf(source, fromX, fromY);
  });
}

/**
 * Weights of a grid as a glow, the largest as bright as can be, smooth between the middles of cells; over a darkened picture of that
 * size where there is one, else over black.
 */
export function heatPicture(
  { rows, columns }: Grid,
  scale: number,
  weights: Float32Array,
  under?: Picture,
): Picture {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 1e-12);
  const at = (row: number, column: number): number =>
    weights[clamp(row, rows) * columns + clamp(column, columns)] ?? 0;
  return painted(columns * scale, rows * scale, (x, y) => {
    const [column, row] = [(x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5];
    const [left, top] = [Math.floor(column), Math.floor(row)];
    const across = (line: number): number =>
      at(line, left) * (1 - column + left) + at(line, left + 1) * (column - left);
    const share = (across(top) * (1 - row + top) + across(top + 1) * (row - top)) / largest;
    const [red, green, blue] = under ? pixelOf(under, x, y) : [0, 0, 0];
    const rest = 0.4 * (1 - share);
    return [
      255 * Math.min(1, 2 * share) + rest * red,
      255 * share + rest * green,
      255 * Math.max(0, 2 * share - 1) + rest * blue,
    ];
  });
}

/** A copy with a ring around each point, told as shares of width and height. */
export function ringed(
  picture: Picture,
  points: readonly (readonly [x: number, y: number])[],
): Picture {
  const { width, height } = picture;
  const radius = Math.max(3, Math.max(width, height) / 32);
  return painted(width, height, (x, y) => {
    const distance = points.reduce(
      (least, [atX, atY]) =>
        Math.min(least, Math.hypot(x + 0.5 - atX * width, y + 0.5 - atY * height)),
      Infinity,
    );
    const off = Math.abs(distance - radius) / radius;
    if (off > 0.5) return pixelOf(picture, x, y);
    return off > 0.25 ? [0, 0, 0] : [255, 255, 255];
  });
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}

function pixelOf({ width, data }: Picture, x: number, y: number): Colour {
  const at = 4 * (y * width + x);
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

function painted(width: number, height: number, colour: (x: number, y: number) => Colour): Picture {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i += 1) {
    data.set(colour(i % width, Math.floor(i / width)), 4 * i);
  }
  return { width, height, data };
}
