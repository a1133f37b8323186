// The package's own entry: in Node it resolves to the build that needs no `require`.
import * as ort from 'onnxruntime-web';
import { createOrtRunner } from '../ort-runner.js';
import type { InferenceRunner } from '../inference.js';

/** Runs graphs with onnxruntime-web's WebAssembly provider inside Node: what a browser without WebGPU runs. */
export function createOrtWasmRunner(options: { readonly threads?: number } = {}): InferenceRunner {
  if (options.threads !== undefined) ort.env.wasm.numThreads = options.threads;
  return createOrtRunner(ort, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
}
