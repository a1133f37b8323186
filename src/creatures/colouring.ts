import { groundColour, skyColour, type Scene } from './ground.js';
import type { Palette } from './palette.js';
import { FIRST_ANIMAL_LABEL, PARTS, type Part, type PaintedPart } from './parts.js';
import { patternAt } from './pattern.js';
import type { Samples } from './raster.js';
import type { PatternName } from './words.js';

/** Where the animal's own coordinates lie in the grid: x ↦ x₀ ± scale·x, y ↦ y₀ + scale·y, in samples. */
export interface Placement {
  readonly x0: number;
  readonly y0: number;
  readonly scale: number;
  readonly mirrored: boolean;
}

/** The palette by label, flat, so that a sample costs no look-up by name. */
interface PaintTable {
  readonly patterns: readonly PatternName[];
  readonly bases: Float64Array;
  readonly marks: Float64Array;
}

const isPainted = (part: Part): part is PaintedPart => part !== 'sky' && part !== 'ground';

function paintTable({ paints }: Palette): PaintTable {
  const rows = PARTS.map((part) => (isPainted(part) ? paints[part] : undefined));
  return {
    patterns: rows.map((paint) => paint?.pattern ?? 'plain'),
    bases: Float64Array.from(rows.flatMap((paint) => paint?.base ?? [0, 0, 0])),
    marks: Float64Array.from(rows.flatMap((paint) => paint?.mark ?? [0, 0, 0])),
  };
}

/** Writes a lit colour, three channels, for the sample (x, y) or the pixel it stands for. */
type Painter = (x: number, y: number, label: number, out: Float64Array) => void;

/** Paints samples of the animal, in sample coordinates. */
function coatPainter(palette: Palette, { x0, y0, scale, mirrored }: Placement): Painter {
  const { patterns, bases, marks } = paintTable(palette);
  const side = mirrored ? -1 / scale : 1 / scale;
  return (x, y, label, out) => {
    const pattern = patterns[label] ?? 'plain';
    const share =
      pattern === 'plain'
        ? 0
        : patternAt(pattern, (x + 0.5 - x0) * side, (y + 0.5 - y0) / scale, palette.grain);
    for (let c = 0; c < 3; c++) {
      const base = bases[label * 3 + c] ?? 0;
      out[c] = base + ((marks[label * 3 + c] ?? 0) - base) * share;
    }
  };
}

/** Paints the background in the middle of a pixel, in pixel coordinates. */
function backgroundPainter(scene: Scene, size: number): Painter {
  return (x, y, label, out) => {
    if (label === 0) skyColour(scene, (x + 0.5) / size, (y + 0.5) / size, out);
    else groundColour(scene, (x + 0.5) / size, (y + 0.5) / size, out);
  };
}

function byteOf(sum: number, samples: number): number {
  return Math.round(255 * Math.max(0, Math.min(1, sum / samples)));
}

/** Colours every sample and averages `fineness`² of them to a pixel: RGB bytes, row by row. */
export function colourPixels(
  { palette, scene }: { readonly palette: Palette; readonly scene: Scene },
  { side, labels, light }: Samples,
  placement: Placement,
  fineness: number,
): Uint8Array {
  const size = side / fineness;
  const rgb = new Uint8Array(size * size * 3);
  const paintCoat = coatPainter(palette, placement);
  const paintBackground = backgroundPainter(scene, size);
  const colour = new Float64Array(3);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const pixelY = Math.floor(pixel / size);
    const pixelX = pixel - pixelY * size;
    let [red, green, blue, last] = [0, 0, 0, -1];
    for (let row = pixelY * fineness; row < (pixelY + 1) * fineness; row++) {
      for (let column = pixelX * fineness; column < (pixelX + 1) * fineness; column++) {
        const label = labels[row * side + column] ?? 0;
        if (label >= FIRST_ANIMAL_LABEL) paintCoat(column, row, label, colour);
        // The background has no edges inside a pixel: one look serves all of its samples.
        else if (label !== last) paintBackground(pixelX, pixelY, label, colour);
        last = label;
        const lit = light[row * side + column] ?? 1;
        red += (colour[0] ?? 0) * lit;
        green += (colour[1] ?? 0) * lit;
        blue += (colour[2] ?? 0) * lit;
      }
    }
    rgb[pixel * 3] = byteOf(red, fineness * fineness);
    rgb[pixel * 3 + 1] = byteOf(green, fineness * fineness);
    rgb[pixel * 3 + 2] = byteOf(blue, fineness * fineness);
  }
  return rgb;
}
