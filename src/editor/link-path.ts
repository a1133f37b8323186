import type { Point } from './intents.js';

/** How links run between sockets and reroute points. */
export type LinkShape = 'curve' | 'straight' | 'angled';

/** Bezier control points of a piece of a link: start, two handles, end. */
type Piece = readonly [Point, Point, Point, Point];

/** A point of a link that is near another one. */
export interface NearPoint {
  readonly distance: number;
  /** Index of the piece: 0 is the way from the output to the first reroute point. */
  readonly piece: number;
  readonly at: Point;
}

/** The pieces of a way through `points`; every piece leaves and arrives horizontally. */
function piecesOf(points: readonly Point[], shape: LinkShape): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    if (!from || !to) continue;
    if (shape === 'straight') pieces.push([from, from, to, to]);
    else {
      const reach = bend(from, to, points.length > 2);
      pieces.push([from, [from[0] + reach, from[1]], [to[0] - reach, to[1]], to]);
    }
  }
  return pieces;
}

/** Begins a path along a link through its points: output, reroute points, input. */
export function tracePath(
  context: CanvasRenderingContext2D,
  points: readonly Point[],
  shape: LinkShape,
): void {
  context.beginPath();
  const [first] = points;
  if (!first) return;
  context.moveTo(first[0], first[1]);
  for (const [from, a, b, to] of piecesOf(points, shape)) {
    if (shape === 'curve') context.bezierCurveTo(a[0], a[1], b[0], b[1], to[0], to[1]);
    else if (shape === 'straight') context.lineTo(to[0], to[1]);
    else {
      const middle = (from[0] + to[0]) / 2;
      context.lineTo(middle, from[1]);
      context.lineTo(middle, to[1]);
      context.lineTo(to[0], to[1]);
    }
  }
}

/** The point half way along a link: in the middle of its middle piece. */
export function middleOfPath(points: readonly Point[], shape: LinkShape): Point {
  const pieces = piecesOf(points, shape);
  const piece = pieces[Math.floor((pieces.length - 1) / 2)];
  return piece ? pointOn(piece, 0.5, shape) : (points[0] ?? [0, 0]);
}

/** The point of a link nearest to `point`, found by steps of a twentieth of a piece. */
export function nearestOnPath(
  points: readonly Point[],
  point: Point,
  shape: LinkShape,
): NearPoint | undefined {
  let best: NearPoint | undefined;
  piecesOf(points, shape).forEach((piece, index) => {
    let before = piece[0];
    for (let step = 1; step <= 20; step++) {
      const next = pointOn(piece, step / 20, shape);
      const at = nearestOnSegment(before, next, point);
      const distance = Math.hypot(at[0] - point[0], at[1] - point[1]);
      if (!best || distance < best.distance) best = { distance, piece: index, at };
      before = next;
    }
  });
  return best;
}

/** A box around the whole link: left, top, right, bottom. */
export function boundsOfPath(
  points: readonly Point[],
): readonly [left: number, top: number, right: number, bottom: number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  // Curves that run backwards swing out to both sides.
  const swing = 164;
  return [left - swing, top - 8, right + swing, bottom + 8];
}

function pointOn([a, b, c, d]: Piece, t: number, shape: LinkShape): Point {
  if (shape === 'angled') {
    const middle = (a[0] + d[0]) / 2;
    if (t < 1 / 3) return [a[0] + (middle - a[0]) * t * 3, a[1]];
    if (t > 2 / 3) return [middle + (d[0] - middle) * (t * 3 - 2), d[1]];
    return [middle, a[1] + (d[1] - a[1]) * (t * 3 - 1)];
  }
  const s = 1 - t;
  const [i, j, k, l] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [i * a[0] + j * b[0] + k * c[0] + l * d[0], i * a[1] + j * b[1] + k * c[1] + l * d[1]];
}

function nearestOnSegment(a: Point, b: Point, p: Point): Point {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const t = length > 0 ? ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length : 0;
  const share = Math.min(1, Math.max(0, t));
  return [a[0] + dx * share, a[1] + dy * share];
}

function bend([x1, y1]: Point, [x2, y2]: Point, isPart: boolean): number {
  const along = Math.abs(x2 - x1);
  const distance = Math.hypot(along, y2 - y1);
  if (isPart) return Math.min(distance * 0.4, along * 0.5 + 20);
  // A link that runs backwards needs room to turn.
  return x2 >= x1
    ? Math.max(24, Math.min(distance * 0.4, along * 0.5 + 40))
    : Math.min(160, distance * 0.4 + 40);
}
