import type { Picture } from '../../../src/core/node/definition.js';
import { sheetOf } from '../../templates/sheet.js';

/** Pixels between two pictures of a sheet. */
const GAP = 4;

/** Pictures in rows on white, each `height` pixels high and in a cell that is as wide; a gap where there is none. */
export function contactSheet(
  rows: readonly (readonly (Picture | undefined)[])[],
  height: number,
): Picture {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const place = (count: number): number => count * height + Math.max(0, count - 1) * GAP;
  const [sheetWidth, sheetHeight] = [place(columns), place(rows.length)];
  const data = new Uint8ClampedArray(4 * sheetWidth * sheetHeight).fill(255);
  rows.forEach((row, line) => {
    row.forEach((picture, column) => {
      if (picture === undefined) return;
      const cell = sheetOf([picture], height);
      const width = Math.min(height, cell.width);
      const [left, top] = [column * (height + GAP), line * (height + GAP)];
      for (let y = 0; y < height; y++) {
        const pixels = cell.data.subarray(4 * y * cell.width, 4 * (y * cell.width + width));
        data.set(pixels, 4 * ((top + y) * sheetWidth + left));
      }
    });
  });
  return { width: sheetWidth, height: sheetHeight, data };
}
