import { FIRST_ANIMAL_LABEL, PARTS } from './parts.js';

/** A picture of a creature with its part map; RGB bytes row by row, `size` pixels a side. */
export interface Labelled {
  readonly size: number;
  readonly rgb: Uint8Array;
  readonly parts: Uint8Array;
}

/** How well a transfer kept the shape and moved the looks; shares in 0..1. */
export interface TransferScore {
  readonly structureIoU: number;
  readonly partCorrespondence: number;
}

/** How far a colour is from the background of its row before it counts as the animal (RGB 0..255). */
const BACKGROUND_TOLERANCE = 36;
/** Two parts whose colours are this close cannot be told apart; either is right. */
const SAME_COLOUR = 12;
/** Parts smaller than this many pixels have no colour to go by. */
const LEAST_PIXELS = 12;

type Triple = readonly [number, number, number];

function colourAt(rgb: Uint8Array, pixel: number): Triple {
  return [rgb[pixel * 3] ?? 0, rgb[pixel * 3 + 1] ?? 0, rgb[pixel * 3 + 2] ?? 0];
}

function distance(a: Triple, b: Triple): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}

/**
 * Where the output shows an animal: pixels whose colour differs from the background of their row, that is
 * from the row's median over the pixels which are background in the structure picture.
 */
export function foregroundOf(output: Uint8Array, structure: Labelled): Uint8Array {
  const { size, parts } = structure;
  const mask = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    const row = Array.from({ length: size }, (_, x) => y * size + x);
    const outside = row.filter((pixel) => (parts[pixel] ?? 0) < FIRST_ANIMAL_LABEL);
    const channel = (c: number): number =>
      median(outside.map((pixel) => output[pixel * 3 + c] ?? 0));
    const background: Triple = [channel(0), channel(1), channel(2)];
    for (const pixel of row) {
      mask[pixel] = distance(colourAt(output, pixel), background) > BACKGROUND_TOLERANCE ? 1 : 0;
    }
  }
  return mask;
}

/** The share of pixels in both of two masks among those in either; 1 when both are empty. */
export function intersectionOverUnion(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i] && b[i] ? 1 : 0;
    either += a[i] || b[i] ? 1 : 0;
  }
  return either === 0 ? 1 : both / either;
}

function meanOf(colours: readonly Triple[]): Triple {
  const sum = colours.reduce<Triple>((s, c) => [s[0] + c[0], s[1] + c[1], s[2] + c[2]], [0, 0, 0]);
  const count = Math.max(1, colours.length);
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}

/** The two main colours of a part (a coat and its pattern): 2-means from the extremes of lightness. */
function mainColours(colours: readonly Triple[]): readonly Triple[] {
  const light = (c: Triple): number => c[0] + c[1] + c[2];
  const sorted = [...colours].sort((a, b) => light(a) - light(b));
  let centres: readonly [Triple, Triple] = [sorted[0] ?? [0, 0, 0], sorted.at(-1) ?? [0, 0, 0]];
  for (let round = 0; round < 6; round++) {
    const [low, high] = centres;
    const near = colours.filter((c) => distance(c, low) <= distance(c, high));
    const far = colours.filter((c) => distance(c, low) > distance(c, high));
    centres = [near.length > 0 ? meanOf(near) : low, far.length > 0 ? meanOf(far) : high];
  }
  return centres;
}

/** The main colours of every animal part that is large enough to have some, by label. */
export function partColours({ rgb, parts }: Labelled): ReadonlyMap<number, readonly Triple[]> {
  const byPart = new Map<number, Triple[]>();
  parts.forEach((label, pixel) => {
    if (label < FIRST_ANIMAL_LABEL || PARTS[label] === 'eye') return;
    const colours = byPart.get(label) ?? [];
    colours.push(colourAt(rgb, pixel));
    byPart.set(label, colours);
  });
  return new Map(
    [...byPart]
      .filter(([, colours]) => colours.length >= LEAST_PIXELS)
      .map(([label, colours]) => [label, mainColours(colours)]),
  );
}

/**
 * Whether the colour of each of the output's pixels is that of the same part of the appearance animal: among all of its
 * parts, none has a main colour nearer by more than a just visible difference. 2 is yes, 1 no, 0 where the structure has
 * no part which the appearance animal has too.
 */
export function partVerdicts(
  output: Uint8Array,
  structure: Pick<Labelled, 'parts'>,
  appearance: Labelled,
): Uint8Array {
  const palette = partColours(appearance);
  return structure.parts.map((label, pixel) => {
    if (!palette.has(label)) return 0;
    const colour = colourAt(output, pixel);
    const gap = (part: number): number =>
      Math.min(...(palette.get(part) ?? []).map((c) => distance(c, colour)));
    const least = Math.min(...[...palette.keys()].map(gap));
    return gap(label) <= least + SAME_COLOUR ? 2 : 1;
  });
}

/** The share of right pixels among those that {@link partVerdicts} judges; 0 when there are none. */
export function partCorrespondence(
  output: Uint8Array,
  structure: Labelled,
  appearance: Labelled,
): number {
  const counts = [0, 0, 0];
  for (const verdict of partVerdicts(output, structure, appearance)) {
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  const [, wrong = 0, right = 0] = counts;
  return wrong + right === 0 ? 0 : right / (wrong + right);
}

/** Scores a transfer's picture against the two pictures it was made from; all of one size. */
export function scoreTransfer(
  output: Uint8Array,
  structure: Labelled,
  appearance: Labelled,
): TransferScore {
  const silhouette = structure.parts.map((label) => (label >= FIRST_ANIMAL_LABEL ? 1 : 0));
  return {
    structureIoU: intersectionOverUnion(foregroundOf(output, structure), silhouette),
    partCorrespondence: partCorrespondence(output, structure, appearance),
  };
}
