import { writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
import type { PairResult } from '../../creatures/evaluate-pair.js';
import type { Row } from './rows.js';

/** Writes a picture with one line for each pair: structure, appearance, and the result of every row. */
export function writeSheet(
  file: string,
  results: readonly PairResult[],
  rows: readonly Row[],
): void {
  const size = 128;
  const columns = 2 + rows.length;
  const data = new Uint8Array(size * columns * size * results.length * 3);
  results.forEach(({ structure, appearance, outputs }, line) => {
    const pictures = [structure.rgb, appearance.rgb, ...rows.map((row) => outputs.get(row))];
    pictures.forEach((rgb, column) => {
      for (let y = 0; rgb && y < size; y++) {
        const at = ((line * size + y) * columns + column) * size * 3;
        data.set(rgb.subarray(y * size * 3, (y + 1) * size * 3), at);
      }
    });
  });
  const picture = { width: size * columns, height: size * results.length, data, channels: 3 };
  writeFileSync(file, encode(picture));
}
