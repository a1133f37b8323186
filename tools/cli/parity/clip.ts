import type { Checkpoint } from '../../../src/diffusion/ports.js';
import { openGolden } from './golden-file.js';
import { sampleAt } from './recorded-run.js';
import { relativeRow, type Row } from './row.js';

/** `clip`: the text encoder's final hidden states of every recorded row of token ids. */
export async function clipRows(
  directory: string,
  checkpoint: Checkpoint,
): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<{ readonly rows: readonly string[] }>(directory, 'clip');
  if (!golden) return undefined;
  const [count = 0, length = 0] = golden.shape('tokens');
  const tokens = golden.i32('tokens');
  const expected = golden.f32('last_hidden_state');
  const signal = new AbortController().signal;
  const rows: Row[] = [];
  for (let row = 0; row < count; row++) {
    const ids = [...tokens.subarray(row * length, (row + 1) * length)];
    const states = await checkpoint.textEncoder.encodeTokens(ids, signal);
    const name = golden.meta.rows[row] ?? String(row);
    rows.push(relativeRow(name, await states.read(), sampleAt(expected, count, row), 1e-5));
    states.dispose();
  }
  return rows;
}
