import type { InferenceRunner } from '../inference.js';
import { createOrtRunner } from '../ort-runner.js';
import type { OrtModule } from './ort-bundle.js';

/** Runs graphs on the CPU with the threads that onnxruntime-web was loaded with; tensors stay in CPU memory. */
export function createOrtWasmRunner(ort: OrtModule): InferenceRunner {
  return createOrtRunner(ort, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
}
