import { AppError } from '../../core/errors.js';
import type { OnnxGraph, Value } from '../onnx/onnx-graph.js';
import type { SafetensorsEntry, SafetensorsFile } from '../safetensors.js';

/** Where a builder gets its weights from, by diffusers key. */
export interface WeightSource {
  /** Whether the file has the tensor. */
  has(name: string): boolean;
  /**
   * The tensor as a float32 value of shape `dims`. `stored` lists the shapes it may have in the file, of the
   * same number of elements (default: `dims` alone).
   * @throws AppError `model/invalid` naming file and tensor when it is missing or has another shape.
   */
  value(
    graph: OnnxGraph,
    name: string,
    dims: readonly number[],
    stored?: readonly (readonly number[])[],
  ): Value;
}

const ELEMENT = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' } as const;
const FLOAT32 = 1;

/**
 * The weights of one safetensors file, as initialisers that point into it; nothing is read or copied here. Half-precision
 * tensors get a Cast, which the runtime folds once, when the session is made.
 */
export function fileWeights(file: SafetensorsFile): WeightSource {
  const values = new Map<string, Value>();
  return {
    has: (name) => file.tensors.has(name),
    value(graph, name, dims, stored = [dims]) {
      const known = values.get(name);
      if (known !== undefined) return known;
      const entry = checkedEntry(file, name, stored);
      if (entry.dtype === 'I64') throw invalid(file, name, 'It holds integers, not weights.');
      const type = ELEMENT[entry.dtype];
      const place = { path: file.source.name, offset: entry.offset, byteLength: entry.byteLength };
      const raw = graph.external(name, type, dims, place);
      const value = type === 'float32' ? raw : graph.node('Cast', [raw], { to: FLOAT32 });
      values.set(name, value);
      return value;
    },
  };
}

function checkedEntry(
  file: SafetensorsFile,
  name: string,
  stored: readonly (readonly number[])[],
): SafetensorsEntry {
  const entry = file.tensors.get(name);
  if (entry === undefined) throw invalid(file, name, 'The file does not have this tensor.');
  const shape = entry.shape.join();
  if (!stored.some((dims) => dims.join() === shape)) {
    const wanted = stored.map((dims) => `[${dims.join(', ')}]`).join(' or ');
    throw invalid(
      file,
      name,
      `Its shape is [${entry.shape.join(', ')}], but the config asks for ${wanted}.`,
    );
  }
  return entry;
}

function invalid(file: SafetensorsFile, tensor: string, reason: string): AppError {
  return new AppError({ code: 'model/invalid', file: file.source.name, tensor, reason });
}
