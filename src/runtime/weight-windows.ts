import { sliceSource, type ByteSource } from './byte-source.js';
import type { PlacedTensor, WeightTable } from './weight-table.js';

/** A run of neighbouring tensors of one file, as a source of its own that begins at `start` of the file. */
export interface WeightWindow {
  readonly source: ByteSource;
  readonly start: number;
}

/** Runtimes count a file's bytes in 32 bits and may hold it in one array, so no window is longer than this. */
const MAX_WINDOW_BYTES = 2 ** 28;
/** Bytes of other networks that may lie between two tensors of one window. */
const MAX_GAP_BYTES = 2 ** 16;

/**
 * Cuts the files of a table into windows of at most 256 MiB (or one tensor) that hold its tensors and next to nothing else, so
 * that files of any length can be read and one file can serve several networks. Gives the window of a tensor.
 */
export function weightWindows(table: WeightTable): (tensor: PlacedTensor) => WeightWindow {
  let windows: Map<PlacedTensor, WeightWindow> | undefined;
  return (tensor) => {
    windows ??= cut(table);
    const window = windows.get(tensor);
    if (window === undefined) throw new Error(`${tensor.key} is not in ${table.name}.`);
    return window;
  };
}

function cut(table: WeightTable): Map<PlacedTensor, WeightWindow> {
  const windows = new Map<PlacedTensor, WeightWindow>();
  const sources = new Map<ByteSource, PlacedTensor[]>();
  for (const tensor of table.tensors.values()) {
    const known = sources.get(tensor.source);
    if (known === undefined) sources.set(tensor.source, [tensor]);
    else known.push(tensor);
  }
  for (const [source, tensors] of sources) {
    const inOrder = tensors.toSorted((a, b) => a.entry.offset - b.entry.offset);
    let run: PlacedTensor[] = [];
    let start = 0;
    let end = 0;
    const close = (): void => {
      const name = `${source.name}@${String(start)}`;
      const window = { source: sliceSource(source, name, start, end - start), start };
      for (const tensor of run) windows.set(tensor, window);
    };
    for (const tensor of inOrder) {
      const { offset, byteLength } = tensor.entry;
      const isFar = offset - end > MAX_GAP_BYTES || offset + byteLength - start > MAX_WINDOW_BYTES;
      if (run.length > 0 && isFar) {
        close();
        run = [];
      }
      if (run.length === 0) start = offset;
      run.push(tensor);
      end = Math.max(end, offset + byteLength);
    }
    if (run.length > 0) close();
  }
  return windows;
}
