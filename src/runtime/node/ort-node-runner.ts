import * as ort from 'onnxruntime-node';
import type { InferenceRunner } from '../inference.js';
import { createOrtRunner } from '../ort-runner.js';

/** Runs graphs with onnxruntime-node on the CPU, with as many threads as given. */
export function createOrtNodeRunner(options: { readonly threads?: number } = {}): InferenceRunner {
  return createOrtRunner(ort, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    // Threads that spin between kernels as small as ours take the time of whatever else the machine does.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
  });
}
