import { sep } from 'node:path';
import * as ort from 'onnxruntime-node';
import { createDisk } from './disk.js';
import type { InferenceRunner } from '../inference.js';
import { createOrtRunner } from '../ort-runner.js';

/** Paths relative to the root reach every file, except where drives have roots of their own. */
const MAPS_FILES = sep === '/';

/** Runs graphs with onnxruntime-node on the CPU, with as many threads as given. */
export function createOrtNodeRunner(options: { readonly threads?: number } = {}): InferenceRunner {
  const session = {
    // Threads that spin between kernels as small as ours take the time of whatever else the machine does.
    intra_op: { allow_spinning: '0' },
    ...(MAPS_FILES ? { model_external_initializers_file_folder_path: '/' } : {}),
  };
  return createOrtRunner(
    ort,
    {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      // What the runtime keeps for its next run is as much as a large network's weights, and saves it no time that was measured.
      enableCpuMemArena: false,
      enableMemPattern: false,
      extra: { session },
      ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
    },
    {
      // A small network would spend a tenth of its time on memory that the system takes back and gives anew.
      small: { enableCpuMemArena: true },
      ...(MAPS_FILES && { disk: createDisk() }),
    },
  );
}
