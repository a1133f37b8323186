import { AppError } from '../core/errors.js';
import { LARGE_WEIGHT_BYTES } from '../diffusion/forecast-facts.js';
import type { ByteSource } from './byte-source.js';
import type { SafetensorsEntry, SafetensorsFile } from './safetensors.js';

/** A tensor of a network: its bytes in whichever file, and its name there. */
export interface PlacedTensor {
  readonly source: ByteSource;
  readonly entry: SafetensorsEntry;
  readonly key: string;
  /** What is added to the values when they are read; see `lora/`. */
  readonly change?: WeightChange;
}

/** A sum that is added to a tensor when its bytes are bound to a graph. */
export interface WeightChange {
  /** Names the change: files and strengths. */
  readonly key: string;
  /** Adds to `values`, which hold the tensor in row-major order. */
  addTo(values: Float32Array): Promise<void>;
}

/** The weights of one network by their diffusers key, from one file or several. */
export interface WeightTable {
  /** How messages name it: the file, or the folder of its parts. */
  readonly name: string;
  readonly tensors: ReadonlyMap<string, PlacedTensor>;
}

/** All tensors of a file under their own names. */
export function fileTable(file: SafetensorsFile): WeightTable {
  const tensors = new Map<string, PlacedTensor>();
  for (const [key, entry] of file.tensors) tensors.set(key, { source: file.source, entry, key });
  return { name: file.source.name, tensors };
}

/** The parts of a sharded model as one table. @throws AppError `model/invalid` when two parts hold the same tensor. */
export function joinTables(name: string, parts: readonly WeightTable[]): WeightTable {
  const tensors = new Map<string, PlacedTensor>();
  for (const part of parts) {
    for (const [key, tensor] of part.tensors) {
      if (tensors.has(key)) {
        const reason = 'Two parts of the model hold this tensor; download both again.';
        throw new AppError({ code: 'model/invalid', file: part.name, tensor: key, reason });
      }
      tensors.set(key, tensor);
    }
  }
  return { name, tensors };
}

/** Bytes of all tensors of a table as they lie in their files. */
export function tableBytes({ tensors }: WeightTable): number {
  let bytes = 0;
  for (const { entry } of tensors.values()) bytes += entry.byteLength;
  return bytes;
}

/**
 * Whether a network's half-precision weights stay as they are in memory and are widened by every run: large ones on the CPU, where
 * a wider copy of all of them would be the largest thing in memory.
 */
export function keepsHalves(table: WeightTable, profile: 'portable' | 'webgpu'): boolean {
  return profile === 'portable' && tableBytes(table) >= LARGE_WEIGHT_BYTES;
}
