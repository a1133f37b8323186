import type { GraphDocument } from '../core/graph/types.js';

/** A graph as a handful of boxes: what a small picture of its layout is drawn from. */
export interface Sketch {
  readonly width: number;
  readonly height: number;
  /** Left, top, width and height of each node, in whole units of the sketch. */
  readonly boxes: readonly (readonly [number, number, number, number])[];
}

/** A sketch holds no more boxes than an eye tells apart. */
const mostBoxes = 300;
const longestSide = 240;

/** Draws where the nodes of a document lie, at most 240 units wide and high. */
export function sketchOf({ nodes, layout }: GraphDocument): Sketch {
  const places = Object.entries(layout.nodes)
    .filter(([id]) => Object.hasOwn(nodes, id))
    .slice(0, mostBoxes)
    .map(([, { pos, size, collapsed }]) => {
      const [width, height] = size ?? [210, 80];
      return { x: pos[0], y: pos[1] - 30, width, height: collapsed === true ? 30 : height + 30 };
    });
  if (places.length === 0) return { width: 0, height: 0, boxes: [] };
  const left = Math.min(...places.map(({ x }) => x));
  const top = Math.min(...places.map(({ y }) => y));
  const right = Math.max(...places.map(({ x, width }) => x + width));
  const bottom = Math.max(...places.map(({ y, height }) => y + height));
  const scale = longestSide / Math.max(1, right - left, bottom - top);
  const units = (length: number): number => Math.round(length * scale);
  return {
    width: units(right - left),
    height: units(bottom - top),
    boxes: places.map(({ x, y, width, height }) => [
      units(x - left),
      units(y - top),
      Math.max(1, units(width)),
      Math.max(1, units(height)),
    ]),
  };
}
