import type { MaskPoint } from './mask-painting.js';

/** Words at a place of a canvas. */
export interface PlacedLabel {
  readonly text: string;
  readonly at: MaskPoint;
}

/**
 * Where each part is widest, in cells: the middle of the cell that is farthest from other parts, so that what is written there lies
 * in the part. Undefined for a part without cells.
 */
export function widestPlaces(
  under: Int16Array,
  { width, height }: { readonly width: number; readonly height: number },
  parts: number,
): readonly (MaskPoint | undefined)[] {
  const depth = new Uint16Array(under.length).fill(width + height);
  const reach = (cell: number, dx: number, dy: number): void => {
    const [x, y] = [(cell % width) + dx, Math.floor(cell / width) + dy];
    const isInside = x >= 0 && x < width && y >= 0 && y < height;
    const other = isInside ? y * width + x : -1;
    const next = under[other] === under[cell] ? (depth[other] ?? 0) + 1 : 1;
    depth[cell] = Math.min(depth[cell] ?? 0, next);
  };
  for (const cell of under.keys()) {
    reach(cell, -1, 0);
    reach(cell, 0, -1);
  }
  const found: { readonly cell: number; readonly depth: number }[] = [];
  for (let cell = under.length - 1; cell >= 0; cell -= 1) {
    reach(cell, 1, 0);
    reach(cell, 0, 1);
    const part = under[cell] ?? -1;
    const deep = depth[cell] ?? 0;
    if (part >= 0 && deep >= (found[part]?.depth ?? 0)) found[part] = { cell, depth: deep };
  }
  return Array.from({ length: parts }, (_unused, part) => {
    const place = found[part];
    return place && [(place.cell % width) + 0.5, Math.floor(place.cell / width) + 0.5];
  });
}

/** The labels that can be read, each `lineHeight` high: those that lie over one before them are left out. */
export function readable(
  labels: readonly PlacedLabel[],
  widthOf: (text: string) => number,
  lineHeight: number,
): readonly PlacedLabel[] {
  const kept: PlacedLabel[] = [];
  for (const label of labels) {
    const isFree = kept.every(
      ({ text, at }) =>
        Math.abs(at[1] - label.at[1]) >= lineHeight ||
        Math.abs(at[0] - label.at[0]) >= (widthOf(text) + widthOf(label.text)) / 2,
    );
    if (isFree) kept.push(label);
  }
  return kept;
}
