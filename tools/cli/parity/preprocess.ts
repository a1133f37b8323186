import { centreCrop, resizeBicubic } from '../../../src/tensor/resize.js';
import { openGolden } from './golden-file.js';
import { absoluteRow, type Row } from './row.js';

interface Case {
  readonly case: number;
  readonly h: number;
  readonly w: number;
  readonly size: number;
}

/** `preprocess`: centre crop and bicubic resize of 8-bit pictures. */
export async function preprocessRows(directory: string): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<{ readonly cases: readonly Case[] }>(directory, 'preprocess');
  return golden?.meta.cases.map(({ case: index, h, w, size }) => {
    const data = golden.u8(`${String(index)}/in`);
    const cropped = centreCrop({ width: w, height: h, channels: 3, data }, size, size);
    const found = resizeBicubic(cropped, size, size).data;
    const name = `${String(w)} by ${String(h)} to ${String(size)}`;
    return absoluteRow(name, found, golden.u8(`${String(index)}/out`), 1);
  });
}
