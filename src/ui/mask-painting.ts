/** A mask under the brush: values 0 (background) to 255 (foreground), rows from the top. */
export interface MaskSheet {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8ClampedArray;
}

/** The parts that a picture was cut into, and how much the noun stands out in each. */
export interface MaskRegions {
  /** Number of the part of every cell, row by row. */
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly scores: readonly number[];
  readonly meanScore: number;
}

/** What a stroke lays down: a disc, whole within `hardness` of its radius, fading to its edge. */
export interface MaskBrush {
  /** In cells. */
  readonly radius: number;
  /** 0..1 */
  readonly hardness: number;
  /** 255 paints, 0 erases. */
  readonly value: number;
}

/** A place in cells; the middle of the first cell is 0.5. */
export type MaskPoint = readonly [x: number, y: number];

/** A stroke under way: passing twice over a place lays no more than once. */
export interface MaskStroke {
  readonly before: Uint8ClampedArray;
  /** Share of the brush's value that every cell has got, 0..1. */
  readonly coverage: Float32Array;
}

/** Begins a stroke on a sheet. */
export function beginStroke({ values }: MaskSheet): MaskStroke {
  return { before: values.slice(), coverage: new Float32Array(values.length) };
}

/** Draws the brush from one place to another, onto the sheet itself. */
export function strokeTo(
  sheet: MaskSheet,
  stroke: MaskStroke,
  from: MaskPoint,
  to: MaskPoint,
  { radius, hardness, value }: MaskBrush,
): void {
  const { width, height, values } = sheet;
  // Half a cell of softness at least, or a hard edge would be ragged.
  const fade = Math.max(1, radius * (1 - hardness));
  const reach = Math.max(radius, 0.5) + 0.5;
  const left = Math.max(0, Math.floor(Math.min(from[0], to[0]) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(from[0], to[0]) + reach));
  const top = Math.max(0, Math.floor(Math.min(from[1], to[1]) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(from[1], to[1]) + reach));
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const share = (radius + 0.5 - distance([x + 0.5, y + 0.5], from, to)) / fade;
      const i = y * width + x;
      const covered = Math.max(stroke.coverage[i] ?? 0, Math.min(1, share));
      if (covered <= 0) continue;
      stroke.coverage[i] = covered;
      const old = stroke.before[i] ?? 0;
      values[i] = old + (value - old) * covered;
    }
  }
}

/** How far a place lies from a line between two. */
function distance([x, y]: MaskPoint, [x1, y1]: MaskPoint, [x2, y2]: MaskPoint): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}

/** The values with the connected area around a place filled: cells on the same side of one half as the cell there. */
export function fillArea(sheet: MaskSheet, [px, py]: MaskPoint, value: number): Uint8ClampedArray {
  const { width, height, values } = sheet;
  const filled = values.slice();
  const [x, y] = [Math.floor(px), Math.floor(py)];
  if (x < 0 || y < 0 || x >= width || y >= height) return filled;
  const isInside = (values[y * width + x] ?? 0) > 127;
  const seen = new Uint8Array(values.length);
  const waiting = [y * width + x];
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    if (seen[i] === 1 || (values[i] ?? 0) > 127 !== isInside) continue;
    seen[i] = 1;
    filled[i] = value;
    if (i % width > 0) waiting.push(i - 1);
    if (i % width < width - 1) waiting.push(i + 1);
    if (i >= width) waiting.push(i - width);
    if (i < width * (height - 1)) waiting.push(i + width);
  }
  return filled;
}

/** The values turned round: foreground becomes background. */
export function inverted({ values }: MaskSheet): Uint8ClampedArray {
  return values.map((value) => 255 - value);
}

/** The values with the foreground grown by so many cells in every direction, or shrunk when negative; edges keep their softness. */
export function grown(sheet: MaskSheet, by: number): Uint8ClampedArray {
  const { width, height, values } = sheet;
  const radius = Math.abs(by);
  const isBetter = by > 0 ? (a: number, b: number) => a > b : (a: number, b: number) => a < b;
  const made = values.slice();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let best = values[y * width + x] ?? 0;
      for (let dy = -radius; dy <= radius; dy += 1) {
        for (let dx = -radius; dx <= radius; dx += 1) {
          if (dx * dx + dy * dy > radius * radius + radius * 0.5) continue;
          const [sx, sy] = [x + dx, y + dy];
          if (sx < 0 || sy < 0 || sx >= width || sy >= height) continue;
          const value = values[sy * width + sx] ?? 0;
          if (isBetter(value, best)) best = value;
        }
      }
      made[y * width + x] = best;
    }
  }
  return made;
}

/** The values blurred over about so many cells: two box means along each direction. */
export function feathered({ width, height, values }: MaskSheet, by: number): Uint8ClampedArray {
  let soft = Float32Array.from(values);
  for (let turn = 0; turn < 2; turn += 1) {
    soft = boxMeans(soft, width, height, by, 1, width);
    soft = boxMeans(soft, height, width, by, width, 1);
  }
  return Uint8ClampedArray.from(soft);
}

/** What can happen to a whole mask. */
export type WholeChange = 'all' | 'none' | 'invert' | 'grow' | 'shrink' | 'feather';

/** The values after a change of the whole mask, where it matters by so many cells. */
export function changedWhole(sheet: MaskSheet, change: WholeChange, by: number): Uint8ClampedArray {
  switch (change) {
    case 'all':
      return new Uint8ClampedArray(sheet.values.length).fill(255);
    case 'none':
      return new Uint8ClampedArray(sheet.values.length);
    case 'invert':
      return inverted(sheet);
    case 'feather':
      return feathered(sheet, by);
    default:
      return grown(sheet, change === 'grow' ? by : -by);
  }
}

/** A place moved by so many cells, no further than the sheet goes. */
export function movedPlace(
  { width, height }: Pick<MaskSheet, 'width' | 'height'>,
  [x, y]: MaskPoint,
  [dx, dy]: MaskPoint,
): MaskPoint {
  const inside = (at: number, size: number): number => Math.min(size - 0.5, Math.max(0.5, at));
  return [inside(x + dx, width), inside(y + dy, height)];
}

/** The part at a place, -1 where there is none. */
export function partAt(
  { width, height }: Pick<MaskSheet, 'width' | 'height'>,
  under: Int16Array,
  [x, y]: MaskPoint,
): number {
  if (x < 0 || y < 0 || x >= width || y >= height) return -1;
  return under[Math.floor(y) * width + Math.floor(x)] ?? -1;
}

/** Means over `2 by + 1` cells along a direction; what lies outside counts as the cell at the edge. */
function boxMeans(
  values: Float32Array,
  length: number,
  lines: number,
  by: number,
  step: number,
  lineStep: number,
): Float32Array<ArrayBuffer> {
  const made = new Float32Array(values.length);
  for (let line = 0; line < lines; line += 1) {
    const at = (i: number): number =>
      values[line * lineStep + Math.min(length - 1, Math.max(0, i)) * step] ?? 0;
    let sum = 0;
    for (let i = -by; i <= by; i += 1) sum += at(i);
    for (let i = 0; i < length; i += 1) {
      made[line * lineStep + i * step] = sum / (2 * by + 1);
      sum += at(i + by + 1) - at(i - by);
    }
  }
  return made;
}

/**
 * The part that lies under every cell of a sheet, -1 outside of them: the picture is cropped about its centre to the
 * aspect of the parts, as it was when they were found.
 */
export function regionsUnder(
  { width, height }: Pick<MaskSheet, 'width' | 'height'>,
  regions: MaskRegions,
): Int16Array {
  const cropWidth = Math.min(width, (height * regions.width) / regions.height);
  const cropHeight = Math.min(height, (width * regions.height) / regions.width);
  const [left, top] = [(width - cropWidth) / 2, (height - cropHeight) / 2];
  const under = new Int16Array(width * height).fill(-1);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(((y + 0.5 - top) * regions.height) / cropHeight);
    if (row < 0 || row >= regions.height) continue;
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(((x + 0.5 - left) * regions.width) / cropWidth);
      if (column < 0 || column >= regions.width) continue;
      under[y * width + x] = regions.labels[row * regions.width + column] ?? -1;
    }
  }
  return under;
}

/** The values with one part put in, or taken out when most of it is in already. */
export function toggledRegion(
  { values }: MaskSheet,
  under: Int16Array,
  region: number,
): Uint8ClampedArray {
  const isIn = regionIsIn(values, under, region);
  return values.map((value, i) => (under[i] === region ? (isIn ? 0 : 255) : value));
}

/** Whether most of a part is in the mask. */
export function regionIsIn(values: Uint8ClampedArray, under: Int16Array, region: number): boolean {
  let [inside, all] = [0, 0];
  under.forEach((part, i) => {
    if (part !== region) return;
    all += 1;
    if ((values[i] ?? 0) > 127) inside += 1;
  });
  return inside * 2 > all;
}

/** The values that the parts make whose score exceeds a multiple of the others' mean. method.md 10.4. */
export function regionsAbove(
  under: Int16Array,
  { scores, meanScore }: MaskRegions,
  factor: number,
): Uint8ClampedArray {
  return Uint8ClampedArray.from(under, (part) =>
    part >= 0 && (scores[part] ?? 0) > factor * meanScore ? 255 : 0,
  );
}

/** Share of the sheet that is foreground, 0..1. */
export function coverageOf({ values }: MaskSheet): number {
  return values.reduce((sum, value) => sum + value, 0) / (255 * Math.max(1, values.length));
}
