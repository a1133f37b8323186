import { gaussian, philox, philoxKey } from '../../../src/tensor/philox.js';
import { openGolden } from './golden-file.js';
import { absoluteRow, type Row } from './row.js';

interface Vector {
  readonly seed: number;
  readonly call: number;
  readonly n: number;
  readonly words_first4: readonly (readonly number[])[];
  readonly first16: readonly number[];
  readonly last4: readonly number[];
  readonly sum: number;
  readonly sumsq: number;
}

/** `philox`: random words and normal values of torch's CUDA generator. */
export async function philoxRows(directory: string): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<{ readonly vectors: readonly Vector[] }>(directory, 'philox');
  return golden?.meta.vectors.flatMap((vector) => {
    const name = `seed ${String(vector.seed)}, call ${String(vector.call)}`;
    const seed = BigInt(vector.seed);
    const words = [0, 1, 2, 3].flatMap((j) => [...philox([vector.call, 0, j, 0], philoxKey(seed))]);
    const values = gaussian(seed, vector.call, vector.n);
    const sum = values.reduce((total, value) => total + value, 0);
    const squares = values.reduce((total, value) => total + value * value, 0);
    return [
      absoluteRow(`${name}: words`, words, vector.words_first4.flat(), 0),
      absoluteRow(`${name}: first values`, values.subarray(0, 16), vector.first16, 5e-6),
      absoluteRow(`${name}: last values`, values.slice(-4), vector.last4, 5e-6),
      absoluteRow(`${name}: sums`, [sum, squares], [vector.sum, vector.sumsq], 1e-3),
    ];
  });
}
