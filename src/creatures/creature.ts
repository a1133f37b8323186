import { animalShapes } from './anatomy.js';
import { colourPixels, type Placement } from './colouring.js';
import { FIRST_ANIMAL_LABEL } from './parts.js';
import { castShadow, emptySamples, fillShape, partMapOf } from './raster.js';
import { captionOf, type Recipe } from './recipe.js';
import { boundsOf, placed, type Bounds, type Shape } from './shape.js';

/** A drawn creature: RGB bytes row by row, the part label of every pixel, and its caption. */
export interface Creature {
  readonly size: number;
  readonly rgb: Uint8Array;
  readonly parts: Uint8Array;
  readonly caption: string;
}

/** Samples per pixel and side. */
const FINENESS = 2;
const MARGIN = 0.04;

/** Sizes that can be drawn, in pixels a side. */
export const SIZE_LIMITS = { least: 16, most: 2048 } as const;

function boundsOfAll(shapes: readonly Shape[]): Bounds {
  return shapes
    .map(boundsOf)
    .reduce(([l, t, r, b], [left, top, right, bottom]) => [
      Math.min(l, left),
      Math.min(t, top),
      Math.max(r, right),
      Math.max(b, bottom),
    ]);
}

/** Where the animal stands so that all of it is in the picture, in samples. */
function placementOf(recipe: Recipe, shapes: readonly Shape[], side: number): Placement {
  const [left, top, right, bottom] = boundsOfAll(shapes);
  const feet = recipe.footing;
  const room = 1 - 2 * MARGIN;
  const scale =
    recipe.fill * Math.min(room / (right - left), (feet - MARGIN) / (bottom - top), 1.5);
  const spare = room - scale * (right - left);
  const start = MARGIN + spare * (0.5 + recipe.shift * 0.8);
  const x0 = recipe.facesLeft ? start + scale * right : start - scale * left;
  return { x0: x0 * side, y0: feet * side, scale: scale * side, mirrored: recipe.facesLeft };
}

/**
 * Draws a recipe, `size` × `size` pixels. Same recipe and size, same bytes, on every machine.
 * @throws RangeError when `size` is not a whole number within {@link SIZE_LIMITS}.
 */
export function drawCreature(recipe: Recipe, size: number): Creature {
  if (!Number.isInteger(size) || size < SIZE_LIMITS.least || size > SIZE_LIMITS.most) {
    throw new RangeError(
      `A creature is ${String(SIZE_LIMITS.least)} to ${String(SIZE_LIMITS.most)} pixels wide, not ${String(size)}.`,
    );
  }
  const side = size * FINENESS;
  const shapes = animalShapes(recipe.plan, recipe.pose);
  const placement = placementOf(recipe, shapes, side);
  const { x0, y0, scale, mirrored } = placement;
  const samples = emptySamples(side, recipe.scene.horizon * side);
  castShadow(samples, [x0, y0], recipe.plan.body.length * 0.55 * scale, 0.022 * side);
  for (const shape of shapes) fillShape(samples, placed(shape, x0, y0, scale, mirrored));
  return {
    size,
    rgb: colourPixels(recipe, samples, placement, FINENESS),
    parts: partMapOf(samples, FINENESS),
    caption: captionOf(recipe),
  };
}

/** The silhouette of a part map: 255 where the animal is, 0 elsewhere. */
export function silhouetteOf(parts: Uint8Array): Uint8Array {
  return parts.map((label) => (label >= FIRST_ANIMAL_LABEL ? 255 : 0));
}
