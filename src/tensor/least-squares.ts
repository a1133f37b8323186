/**
 * The matrix W, `inputs` × `outputs` row by row, that brings the rows of X (`rows` × `inputs`) closest to the rows of Y
 * (`rows` × `outputs`): ridge regression by the normal equations (XᵀX + λI) W = XᵀY, solved by Cholesky's decomposition.
 * A `ridge` λ above 0 keeps it solvable whatever the rows are.
 */
export function leastSquares(
  x: Float32Array,
  y: Float32Array,
  { inputs, outputs, ridge }: { inputs: number; outputs: number; ridge: number },
): Float32Array {
  const rows = x.length / inputs;
  const normal = new Float64Array(inputs * inputs);
  const right = new Float64Array(inputs * outputs);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inputs; i++) {
      const value = x[row * inputs + i] ?? 0;
      for (let j = 0; j <= i; j++) add(normal, i * inputs + j, value * (x[row * inputs + j] ?? 0));
      for (let k = 0; k < outputs; k++) {
        add(right, i * outputs + k, value * (y[row * outputs + k] ?? 0));
      }
    }
  }
  for (let i = 0; i < inputs; i++) add(normal, i * inputs + i, ridge);
  decompose(normal, inputs);
  substitute(normal, right, { inputs, outputs });
  return Float32Array.from(right);
}

function add(values: Float64Array, at: number, more: number): void {
  values[at] = (values[at] ?? 0) + more;
}

/** Puts L of A = L Lᵀ in the place of the lower half of A. */
function decompose(a: Float64Array, size: number): void {
  const at = (row: number, column: number): number => a[row * size + column] ?? 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      a[i * size + j] = i === j ? Math.sqrt(sum) : sum / at(j, j);
    }
  }
}

/** Puts the solution of L Lᵀ W = B in the place of B. */
function substitute(
  l: Float64Array,
  b: Float64Array,
  { inputs, outputs }: { inputs: number; outputs: number },
): void {
  const solveRow = (row: number, known: Iterable<number>, factor: (other: number) => number) => {
    const own = l[row * inputs + row] ?? 1;
    for (const other of known) {
      for (let k = 0; k < outputs; k++) {
        add(b, row * outputs + k, -factor(other) * (b[other * outputs + k] ?? 0));
      }
    }
    for (let k = 0; k < outputs; k++) b[row * outputs + k] = (b[row * outputs + k] ?? 0) / own;
  };
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  for (let i = 0; i < inputs; i++) solveRow(i, range(0, i), (j) => l[i * inputs + j] ?? 0);
  for (let i = inputs - 1; i >= 0; i--) {
    solveRow(i, range(i + 1, inputs), (j) => l[j * inputs + i] ?? 0);
  }
}
