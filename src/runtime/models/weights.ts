import { AppError } from '../../core/errors.js';
import type { ByteSource } from '../byte-source.js';
import { ELEMENT_TYPE, type OnnxGraph, type Value } from '../onnx/onnx-graph.js';
import type { PlacedTensor, WeightTable } from '../weight-table.js';
import { floatSource } from '../weight-values.js';
import { weightWindows } from '../weight-windows.js';

/** What numbers a graph computes with. */
export type Precision = 'float32' | 'float16';

/** Where a builder gets its weights from, by diffusers key. */
export interface WeightSource {
  /** Whether the model has the tensor. */
  has(name: string): boolean;
  /**
   * The tensor as a value of shape `dims` and the wanted precision. `stored` lists the shapes it may have in the file, of the
   * same number of elements (default: `dims` alone). With `rows` only the rows from the first to before the second of them.
   * @throws AppError `model/invalid` naming file and tensor when it is missing or has another shape.
   */
  value(
    graph: OnnxGraph,
    name: string,
    dims: readonly number[],
    options: {
      readonly stored?: readonly (readonly number[])[] | undefined;
      readonly rows?: RowRange | undefined;
      readonly precision: Precision;
    },
  ): Value;
  /** The files that the values asked for so far lie in, for `InferenceRunner.create`. */
  files(): readonly ByteSource[];
}

/** Rows of a matrix: the first, and the one after the last. */
export type RowRange = readonly [start: number, end: number];

const ELEMENT = { F32: 'float32', F16: 'float16' } as const;
/** Files handed to a disk so far: no two have the same name. */
let handedOver = 0;

/** How the weights of a table become initialisers. */
export interface TableWeightsOptions {
  /** See `InferenceRunner.diskFolder`. */
  readonly diskFolder?: string | undefined;
  /** Widens half-precision tensors anew in every run, so that memory holds them as the file does. */
  readonly keepsHalves?: boolean;
}

/**
 * The weights of a table, as initialisers that point into its files; nothing is read or copied here. Tensors of another precision
 * than the wanted get a Cast, which the runtime folds once, when the session is made, unless halves are to be kept. Tensors in
 * bfloat16 and changed ones are computed when the session is made, one at a time.
 */
export function tableWeights(
  table: WeightTable,
  { diskFolder, keepsHalves = false }: TableWeightsOptions = {},
): WeightSource {
  const values = new Map<string, Value>();
  const files = new Map<ByteSource, ByteSource>();
  const windows = weightWindows(table);
  /** A source under the name by which the graph knows it; a disk wants a place of its own for it. */
  const handOver = (source: ByteSource): string => {
    const known = files.get(source);
    if (known !== undefined) return known.name;
    const name =
      diskFolder === undefined ? source.name : `${diskFolder}/${String(handedOver++)}/weights`;
    files.set(source, { ...source, name });
    return name;
  };
  const place = (name: string, tensor: PlacedTensor) => {
    if (isComputed(tensor)) {
      const source = floatSource(`computed/${name}`, tensor);
      return { path: handOver(source), offset: 0, byteLength: source.size };
    }
    const { offset, byteLength } = tensor.entry;
    const { path } = tensor.source;
    if (diskFolder !== undefined && path !== undefined) {
      return { path: path.replace(/^\//, ''), offset, byteLength };
    }
    const { source, start } = windows(tensor);
    return { path: handOver(source), offset: offset - start, byteLength };
  };
  return {
    has: (name) => table.tensors.has(name),
    value(graph, name, dims, { stored = [dims], rows = [0, dims[0] ?? 1], precision }) {
      const part = rows.join() === `0,${String(dims[0])}` ? name : `${name}[${rows.join(':')}]`;
      const known = values.get(part);
      if (known !== undefined) return known;
      const tensor = checkedTensor(table, name, stored);
      const { dtype } = tensor.entry;
      const type = isComputed(tensor) ? 'float32' : ELEMENT[dtype === 'F16' ? 'F16' : 'F32'];
      const whole = place(name, tensor);
      const [start, end] = rows.map((row) => (row * whole.byteLength) / (dims[0] ?? 1)) as [
        number,
        number,
      ];
      const bytes = { ...whole, offset: whole.offset + start, byteLength: end - start };
      const raw = graph.external(part, type, [rows[1] - rows[0], ...dims.slice(1)], bytes, {
        replaceable: keepsHalves && type === 'float16' && precision === 'float32',
      });
      const value =
        type === precision ? raw : graph.node('Cast', [raw], { to: ELEMENT_TYPE[precision] });
      values.set(part, value);
      return value;
    },
    files: () => [...files.values()],
  };
}

function isComputed({ entry, change }: PlacedTensor): boolean {
  return entry.dtype === 'BF16' || change !== undefined;
}

function checkedTensor(
  table: WeightTable,
  name: string,
  stored: readonly (readonly number[])[],
): PlacedTensor {
  const tensor = table.tensors.get(name);
  if (tensor === undefined) {
    const reason =
      'The model does not have this tensor; it is another kind of model, or not all of it.';
    throw new AppError({ code: 'model/invalid', file: table.name, tensor: name, reason });
  }
  const { source, key, entry } = tensor;
  const invalid = (reason: string): AppError =>
    new AppError({ code: 'model/invalid', file: source.name, tensor: key, reason });
  const shape = entry.shape.join();
  if (!stored.some((dims) => dims.join() === shape)) {
    const wanted = stored.map((dims) => `[${dims.join(', ')}]`).join(' or ');
    throw invalid(`Its shape is [${entry.shape.join(', ')}], but the config asks for ${wanted}.`);
  }
  if (entry.dtype !== 'F32' && entry.dtype !== 'F16' && entry.dtype !== 'BF16') {
    throw invalid(`It holds ${entry.dtype}, not weights.`);
  }
  return tensor;
}
