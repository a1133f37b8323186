import { isResource } from '../core/engine/resource.js';
import { isKeepsake, keepsakeSignature, type ResultSafe } from '../core/engine/result-safe.js';
import type { CacheEntry } from '../core/engine/output-cache.js';
import { AppError } from '../core/errors.js';
import type { Keepsakes } from '../diffusion/keepsakes.js';
import { cpuTensor, type Tensor } from '../tensor/tensor.js';

/** Bytes of the tensors of a result that is worth copying; latents and embeddings are far below, captures above. */
const LARGEST_RESULT = 2 ** 22;

/** A safe of results that takes those of a thread before this one, and keeps single tensors beside them. */
interface TensorSafe extends ResultSafe {
  /** Takes what another safe has told its `onKept`; nobody hears of it again. */
  adopt(results: Iterable<readonly [signature: string, entry: CacheEntry, bytes: number]>): void;
  readonly keepsakes: Keepsakes;
  /** Everything that is kept, single tensors among it, the oldest first; with the bytes of its tensors. */
  all(): Iterable<readonly [signature: string, entry: CacheEntry, bytes: number]>;
}

interface Kept {
  readonly entry: CacheEntry;
  readonly bytes: number;
}

/**
 * Keeps copies of results in the CPU's memory, for the case that the device that holds them is lost: those that are made of
 * tensors and plain data, the newest `limitBytes` of them. What holds a network or computes more when it is asked cannot be
 * copied, and is computed again. `onKept` hears of every copy.
 */
export function createTensorSafe(
  limitBytes: number,
  onKept: (signature: string, entry: CacheEntry, bytes: number) => void = () => undefined,
): TensorSafe {
  const kept = new Map<string, Kept>();
  let held = 0;
  const put = (signature: string, entry: CacheEntry, bytes: number): void => {
    held += bytes - (kept.get(signature)?.bytes ?? 0);
    kept.delete(signature);
    kept.set(signature, { entry, bytes });
    for (const [oldest, { bytes: freed }] of kept) {
      if (held <= limitBytes) return;
      kept.delete(oldest);
      held -= freed;
    }
  };
  const keep: ResultSafe['keep'] = (signature, entry) => {
    const tensors = new Set<Tensor>();
    if (kept.has(signature) || !gather(entry.outputs, tensors, 4)) return;
    const bytes = [...tensors].reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (tensors.size === 0 || bytes > LARGEST_RESULT) return;
    // The copies are recorded before this returns, so that the tensors need not be held meanwhile.
    Promise.all([...tensors].map(async (tensor) => [tensor, await copyOf(tensor)] as const))
      .then((copies) => {
        const known = new Map(copies);
        const outputs = replaced(entry.outputs, known) as CacheEntry['outputs'];
        const copy = { ...entry, outputs };
        put(signature, copy, bytes);
        onKept(signature, copy, bytes);
      })
      .catch(ignoreLoss);
  };
  return {
    keep,
    entries: () =>
      [...kept].flatMap(([signature, { entry }]) =>
        isKeepsake(signature) ? [] : [[signature, entry] as const],
      ),
    all: () => [...kept].map(([signature, { entry, bytes }]) => [signature, entry, bytes] as const),
    adopt(results) {
      for (const [signature, entry, bytes] of results) put(signature, entry, bytes);
    },
    keepsakes: {
      find: (key) =>
        kept.get(keepsakeSignature(key))?.entry.outputs['tensor'] as Tensor | undefined,
      keep: (key, tensor) => {
        keep(keepsakeSignature(key), { outputs: { tensor }, pictures: [], warnings: [] });
      },
    },
  };
}

async function copyOf(tensor: Tensor): Promise<Tensor> {
  return cpuTensor(await tensor.read(), tensor.shape);
}

/** Collects the tensors of a value; false when it holds what cannot be copied. */
function gather(value: unknown, tensors: Set<Tensor>, depth: number): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
  if (isTensor(value)) {
    tensors.add(value);
    return true;
  }
  if (isResource(value) || depth === 0) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && !Array.isArray(value)) return false;
  return Object.values(value).every((part: unknown) => gather(part, tensors, depth - 1));
}

/** The same value with copies in place of its tensors. */
function replaced(value: unknown, copies: ReadonlyMap<Tensor, Tensor>): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (isTensor(value)) return copies.get(value);
  if (Array.isArray(value)) return value.map((part: unknown) => replaced(part, copies));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => [name, replaced(part, copies)]),
  );
}

function isTensor(value: object): value is Tensor {
  return isResource(value) && 'place' in value && 'shape' in value && 'read' in value;
}

/** A copy that the loss of the device has cut off is not there; any other failure is a mistake. */
function ignoreLoss(cause: unknown): void {
  if (!(cause instanceof AppError)) throw cause;
}
