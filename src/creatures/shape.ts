import type { PaintedPart } from './parts.js';
import { cosine, sine } from './trigonometry.js';

/** A stroke with round ends whose radius runs from `ar` at A to `br` at B. */
export interface Cone {
  readonly kind: 'cone';
  readonly part: PaintedPart;
  readonly ax: number;
  readonly ay: number;
  readonly ar: number;
  readonly bx: number;
  readonly by: number;
  readonly br: number;
  /** Brightness: 1 is lit, less is the far side. */
  readonly light: number;
}

/** An ellipse with half axes `rx`, `ry`, turned by the angle whose cosine and sine are given. */
export interface Ellipse {
  readonly kind: 'ellipse';
  readonly part: PaintedPart;
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
  readonly cos: number;
  readonly sin: number;
  readonly light: number;
}

/** What an animal is made of; later shapes cover earlier ones. */
export type Shape = Cone | Ellipse;

/** A place in the plane; y points down. */
export type Point = readonly [number, number];

/** Left, top, right and bottom of something. */
export type Bounds = readonly [number, number, number, number];

/** A tapered stroke from A to B. */
export function cone(
  part: PaintedPart,
  [ax, ay]: Point,
  ar: number,
  [bx, by]: Point,
  br: number,
  light = 1,
): Cone {
  return { kind: 'cone', part, ax, ay, ar, bx, by, br, light };
}

/** An ellipse turned by `angle` radians, clockwise on the screen. */
export function ellipse(
  part: PaintedPart,
  [cx, cy]: Point,
  rx: number,
  ry: number,
  angle = 0,
  light = 1,
): Ellipse {
  return { kind: 'ellipse', part, cx, cy, rx, ry, cos: cosine(angle), sin: sine(angle), light };
}

/** A bent, tapered stroke: a quadratic Bézier curve from `start` to `end`, pulled towards `control`. */
export function curve(
  part: PaintedPart,
  start: Point,
  startRadius: number,
  control: Point,
  end: Point,
  endRadius: number,
  light = 1,
): Cone[] {
  const segments = 6;
  const at = (t: number): Point => [
    (1 - t) * (1 - t) * start[0] + 2 * t * (1 - t) * control[0] + t * t * end[0],
    (1 - t) * (1 - t) * start[1] + 2 * t * (1 - t) * control[1] + t * t * end[1],
  ];
  const radius = (t: number): number => startRadius + (endRadius - startRadius) * t;
  return Array.from({ length: segments }, (_, i) => {
    const [from, to] = [i / segments, (i + 1) / segments];
    return cone(part, at(from), radius(from), at(to), radius(to), light);
  });
}

/** The rectangle that holds the shape. */
export function boundsOf(shape: Shape): Bounds {
  if (shape.kind === 'cone') {
    const { ax, ay, ar, bx, by, br } = shape;
    return [
      Math.min(ax - ar, bx - br),
      Math.min(ay - ar, by - br),
      Math.max(ax + ar, bx + br),
      Math.max(ay + ar, by + br),
    ];
  }
  const { cx, cy, rx, ry, cos, sin } = shape;
  const halfWidth = Math.sqrt(rx * rx * cos * cos + ry * ry * sin * sin);
  const halfHeight = Math.sqrt(rx * rx * sin * sin + ry * ry * cos * cos);
  return [cx - halfWidth, cy - halfHeight, cx + halfWidth, cy + halfHeight];
}

/** The shape moved to a picture: x ↦ x₀ ± scale·x (− when `mirrored`), y ↦ y₀ + scale·y. */
export function placed(
  shape: Shape,
  x0: number,
  y0: number,
  scale: number,
  mirrored: boolean,
): Shape {
  const side = mirrored ? -scale : scale;
  if (shape.kind === 'cone') {
    return {
      ...shape,
      ax: x0 + side * shape.ax,
      ay: y0 + scale * shape.ay,
      ar: scale * shape.ar,
      bx: x0 + side * shape.bx,
      by: y0 + scale * shape.by,
      br: scale * shape.br,
    };
  }
  return {
    ...shape,
    cx: x0 + side * shape.cx,
    cy: y0 + scale * shape.cy,
    rx: scale * shape.rx,
    ry: scale * shape.ry,
    sin: mirrored ? -shape.sin : shape.sin,
  };
}
