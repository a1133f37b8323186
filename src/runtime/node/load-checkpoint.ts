import type { Checkpoint } from '../../diffusion/ports.js';
import { fingerprintPack, loadPack } from '../model-pack.js';
import { directoryPack } from './directory-pack.js';
import { createOrtNodeRunner } from './ort-node-runner.js';
import { createOrtWasmRunner } from './ort-wasm-runner.js';

/** Where a checkpoint is to be computed in Node. */
export interface NodeRuntimeOptions {
  /** `cpu`: onnxruntime-node; `wasm`: what a browser without WebGPU runs. Default `cpu`. */
  readonly ep?: 'cpu' | 'wasm';
  /** Threads of one forward; default as many as onnxruntime chooses. */
  readonly threads?: number;
}

/**
 * Loads a model pack (a folder in the layout of diffusers) in Node. The caller owns one claim.
 * @throws AppError `model/missing`, `model/invalid`, `model/unsupported`.
 */
export function loadCheckpoint(
  directory: string,
  options: NodeRuntimeOptions & {
    readonly signal?: AbortSignal;
    readonly progress?: (done: number, total: number) => void;
  } = {},
): Promise<Checkpoint> {
  const { ep = 'cpu', threads, ...loading } = options;
  const threading = threads === undefined ? {} : { threads };
  const runner = ep === 'cpu' ? createOrtNodeRunner(threading) : createOrtWasmRunner(threading);
  return loadPack(directoryPack(directory), runner, loading);
}

/** Content key of a pack on disk, without loading it. @throws AppError `model/missing`, `model/invalid`. */
export function fingerprintCheckpoint(directory: string): Promise<string> {
  return fingerprintPack(directoryPack(directory));
}
