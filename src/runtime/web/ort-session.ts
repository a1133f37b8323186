import type { InferenceSession as OrtSession } from 'onnxruntime-web/webgpu';
import { AppError } from '../../core/errors.js';
import type { ByteSource } from '../byte-source.js';
import { canSuspend, type OrtModule } from './ort-bundle.js';

/**
 * Loads an ONNX model whose external data lie in `files`.
 * @throws AppError `model/out-of-memory`.
 */
export async function createOrtSession(
  ort: OrtModule,
  model: Uint8Array,
  files: readonly ByteSource[],
  options: OrtSession.SessionOptions,
): Promise<OrtSession> {
  try {
    const externalData: { path: string; data: Blob | Uint8Array }[] = [];
    for (const file of files) externalData.push({ path: file.name, data: await dataOf(file) });
    return await ort.InferenceSession.create(model, {
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      externalData,
      ...options,
    });
  } catch (cause) {
    throw memoryError(cause) ?? cause;
  }
}

/** The failure as `model/out-of-memory` when that is what it was. */
export function memoryError(cause: unknown): AppError | undefined {
  const words = cause instanceof Error ? cause.message : String(cause);
  const isMemory =
    /out of memory|bad_alloc|allocation failed|failed to allocate|memory access out of bounds|SafeInt/i;
  if (!isMemory.test(words)) return undefined;
  return new AppError(
    { code: 'model/out-of-memory', reason: `there is no memory left for the model (${words})` },
    { cause },
  );
}

/** A Blob where the runtime reads it range by range, which the browser may keep outside the heap; else the bytes. */
async function dataOf(file: ByteSource): Promise<Blob | Uint8Array> {
  if (!canSuspend()) return file.read(0, file.size);
  return file.blob ?? new Blob([(await file.read(0, file.size)) as Uint8Array<ArrayBuffer>]);
}
