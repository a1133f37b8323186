import { applyFreeU } from '../../../src/diffusion/free-u.js';
import { openGolden } from './golden-file.js';
import { relativeRow, type Row } from './row.js';

interface Case {
  readonly case: number;
  readonly C: number;
  readonly H: number;
  readonly W: number;
  readonly b: number;
  readonly s: number;
}

/** `freeu`: backbone factor and low-pass filter. */
export async function freeURows(directory: string): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<{ readonly cases: readonly Case[] }>(directory, 'freeu');
  return golden?.meta.cases.map(({ case: index, C, H, W, b, s }) => {
    const x = golden.f32(`${String(index)}/x`);
    const size = C * H * W;
    const out = new Float32Array(x.length);
    for (let start = 0; start < x.length; start += size) {
      out.set(applyFreeU(x.subarray(start, start + size), [C, H, W], b, s), start);
    }
    const name = `${String(index)}: ${String(H)} by ${String(W)}`;
    return relativeRow(name, out, golden.f32(`${String(index)}/y`), 1e-5);
  });
}
