import { attention, attentionWeights, contrastWeights } from '../../../src/tensor/attention.js';
import { openGolden } from './golden-file.js';
import { relativeRow, type Row } from './row.js';

interface Case {
  readonly case: number;
  readonly heads: number;
  readonly N: number;
  readonly d: number;
  readonly beta: number;
  readonly batch: number;
}

/** `contrast`: attention with contrast and clip on the first sample, plain on the others. */
export async function contrastRows(directory: string): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<{ readonly cases: readonly Case[] }>(directory, 'contrast');
  return golden?.meta.cases.flatMap(({ case: index, heads, N, d, beta, batch }) => {
    const key = String(index);
    const name = `${key}: N ${String(N)}, beta ${String(beta)}`;
    const [Q, K, V] = ['Q', 'K', 'V'].map((part) => golden.f32(`${key}/${part}`)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const size = N * d;
    const out = new Float32Array(batch * heads * size);
    const weights = new Float32Array(heads * N * N);
    for (let head = 0; head < batch * heads; head++) {
      const [start, end] = [head * size, (head + 1) * size];
      const parts = {
        query: Q.subarray(start, end),
        key: K.subarray(start, end),
        value: V.subarray(start, end),
      };
      const contrast = head < heads ? beta : 1;
      out.set(attention({ ...parts, width: d, contrast, clip: true }), start);
      if (head >= heads) continue;
      const plain = attentionWeights(parts.query, parts.key, N, N, d);
      weights.set(contrastWeights(plain, N, beta, true), head * N * N);
    }
    const rows = [relativeRow(name, out, golden.f32(`${key}/out`), 1e-5)];
    if (!golden.has(`${key}/attn_out`)) return rows;
    return [...rows, relativeRow(`${name}: weights`, weights, golden.f32(`${key}/attn_out`), 1e-5)];
  });
}
