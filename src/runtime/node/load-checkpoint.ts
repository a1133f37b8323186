import type { Checkpoint } from '../../diffusion/ports.js';
import { fingerprintPack, loadPack, type LoadingOptions } from '../model-pack.js';
import { packAt } from './directory-pack.js';
import { diskVocabulary } from './disk-vocabulary.js';
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
 * Loads a model pack in Node: a folder in the layout of diffusers, or one file. The caller owns one claim.
 * @throws AppError `model/missing`, `model/invalid`, `model/unsupported`.
 */
export async function loadCheckpoint(
  path: string,
  options: NodeRuntimeOptions & LoadingOptions = {},
): Promise<Checkpoint> {
  const { ep = 'cpu', threads, ...loading } = options;
  const threading = threads === undefined ? {} : { threads };
  const runner = ep === 'cpu' ? createOrtNodeRunner(threading) : createOrtWasmRunner(threading);
  return loadPack(await packAt(path), runner, { vocabulary: diskVocabulary, ...loading });
}

/** Content key of a pack on disk, without loading it. @throws AppError `model/missing`, `model/invalid`. */
export async function fingerprintCheckpoint(path: string): Promise<string> {
  return fingerprintPack(await packAt(path));
}
