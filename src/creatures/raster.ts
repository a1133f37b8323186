import { FIRST_ANIMAL_LABEL, labelOf } from './parts.js';
import { boundsOf, type Cone, type Ellipse, type Shape } from './shape.js';

/** What every sample of a square grid shows: the label of its part, and how brightly it is lit. */
export interface Samples {
  readonly side: number;
  readonly labels: Uint8Array;
  readonly light: Float32Array;
}

/** A grid of `side` × `side` samples with sky above row `horizon` and ground from there on. */
export function emptySamples(side: number, horizon: number): Samples {
  const labels = new Uint8Array(side * side);
  labels.fill(labelOf('ground'), Math.round(horizon) * side);
  return { side, labels, light: new Float32Array(side * side).fill(1) };
}

/** Lit from above: 1.06 at the top of a round form, 0.88 at its bottom. */
function lightAt(height: number): number {
  return 0.97 - 0.09 * height;
}

interface Rows {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The samples whose centres can lie in the shape, clipped to the grid. */
function rowsOf(shape: Shape, side: number): Rows {
  const [left, top, right, bottom] = boundsOf(shape);
  return {
    left: Math.max(0, Math.floor(left)),
    top: Math.max(0, Math.floor(top)),
    right: Math.min(side, Math.ceil(right)),
    bottom: Math.min(side, Math.ceil(bottom)),
  };
}

function fillCone({ side, labels, light }: Samples, shape: Cone): void {
  const { ax, ay, ar, br } = shape;
  const [dx, dy, dr] = [shape.bx - ax, shape.by - ay, br - ar];
  const squaredLength = dx * dx + dy * dy;
  const inverse = squaredLength > 0 ? 1 / squaredLength : 0;
  const label = labelOf(shape.part);
  const { left, top, right, bottom } = rowsOf(shape, side);
  for (let row = top; row < bottom; row++) {
    const py = row + 0.5 - ay;
    for (let column = left; column < right; column++) {
      const px = column + 0.5 - ax;
      const along = Math.max(0, Math.min(1, (px * dx + py * dy) * inverse));
      const [ox, oy] = [px - along * dx, py - along * dy];
      const radius = ar + along * dr;
      if (ox * ox + oy * oy > radius * radius) continue;
      labels[row * side + column] = label;
      light[row * side + column] = shape.light * lightAt(oy / radius);
    }
  }
}

function fillEllipse({ side, labels, light }: Samples, shape: Ellipse): void {
  const { cx, cy, rx, ry, cos, sin } = shape;
  const label = labelOf(shape.part);
  const { left, top, right, bottom } = rowsOf(shape, side);
  const halfHeight = boundsOf(shape)[3] - cy || 1;
  for (let row = top; row < bottom; row++) {
    const py = row + 0.5 - cy;
    const lit = shape.light * lightAt(py / halfHeight);
    for (let column = left; column < right; column++) {
      const px = column + 0.5 - cx;
      const u = (px * cos + py * sin) / rx;
      const v = (py * cos - px * sin) / ry;
      if (u * u + v * v > 1) continue;
      labels[row * side + column] = label;
      light[row * side + column] = lit;
    }
  }
}

/** Paints a shape over what is there; its coordinates are in samples. */
export function fillShape(samples: Samples, shape: Shape): void {
  if (shape.kind === 'cone') fillCone(samples, shape);
  else fillEllipse(samples, shape);
}

/** Darkens the ground in an ellipse, as a soft shadow under an animal. */
export function castShadow(
  { side, labels, light }: Samples,
  [cx, cy]: readonly [number, number],
  rx: number,
  ry: number,
): void {
  for (let row = Math.max(0, Math.floor(cy - ry)); row < Math.min(side, cy + ry); row++) {
    for (
      let column = Math.max(0, Math.floor(cx - rx));
      column < Math.min(side, cx + rx);
      column++
    ) {
      const u = (column + 0.5 - cx) / rx;
      const v = (row + 0.5 - cy) / ry;
      const depth = 1 - u * u - v * v;
      const index = row * side + column;
      if (depth > 0 && labels[index] === labelOf('ground'))
        light[index] = 1 - 0.35 * Math.min(1, depth * 1.5);
    }
  }
}

/** The label that most of a pixel's samples have; the animal's before the background's when they draw. */
function majority(labels: Uint8Array, first: number, factor: number, side: number): number {
  const votes = new Map<number, number>();
  let best = -1;
  for (let i = 0; i < factor * factor; i++) {
    const label = labels[first + Math.floor(i / factor) * side + (i % factor)] ?? 0;
    votes.set(label, (votes.get(label) ?? (label >= FIRST_ANIMAL_LABEL ? 0.5 : 0)) + 1);
    if (best < 0 || (votes.get(label) ?? 0) > (votes.get(best) ?? 0)) best = label;
  }
  return best;
}

/** The part map at picture size, `side / factor` a side: of each pixel the label that covers most of it. */
export function partMapOf({ side, labels }: Samples, factor: number): Uint8Array {
  const size = side / factor;
  const map = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const first = y * factor * side + x * factor;
      const label = labels[first] ?? 0;
      let uniform = true;
      for (let row = first; row < first + factor * side; row += side) {
        for (let i = row; i < row + factor; i++) uniform &&= labels[i] === label;
      }
      map[y * size + x] = uniform ? label : majority(labels, first, factor, side);
    }
  }
  return map;
}
