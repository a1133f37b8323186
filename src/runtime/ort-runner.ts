import type { InferenceSession as OrtSession, Tensor as OrtTensor } from 'onnxruntime-web';
import { AppError } from '../core/errors.js';
import { cpuTensor, isCpuTensor, type Tensor } from '../tensor/tensor.js';
import type { ByteSource } from './byte-source.js';
import {
  isControlTensor,
  type ControlTensor,
  type InferenceRunner,
  type InferenceSession,
} from './inference.js';

/** What onnxruntime-node and onnxruntime-web have in common. */
export interface OrtModule {
  readonly InferenceSession: {
    create(model: Uint8Array, options: OrtSession.SessionOptions): Promise<OrtSession>;
  };
  readonly Tensor: new (
    type: 'float32' | 'int32' | 'bool',
    data: Float32Array | Int32Array | Uint8Array,
    dims: readonly number[],
  ) => OrtTensor;
}

/** Weights of this many bytes and more are a large network's. */
const LARGE_WEIGHTS = 2 ** 26;

/**
 * Runs graphs on the CPU with an onnxruntime of either kind; tensors go in and out as arrays. Networks whose weights are known to be
 * small (below 64 MiB) get the options of `small` as well.
 */
export function createOrtRunner(
  ort: OrtModule,
  options: OrtSession.SessionOptions,
  { disk, small = {} }: { readonly disk?: Disk; readonly small?: OrtSession.SessionOptions } = {},
): InferenceRunner {
  return {
    profile: 'portable',
    ...(disk && { diskFolder: disk.folder }),
    async create(model, files, weightBytes = Infinity) {
      const { externalData, remove } = disk
        ? { externalData: [], remove: await disk.write(files) }
        : { externalData: await readAll(files), remove: undefined };
      try {
        const session = await outOfMemoryAsAppError(() =>
          // Warnings tell of constants the optimiser folded and of shape arithmetic kept on the CPU: no user can act on them.
          ort.InferenceSession.create(model, {
            logSeverityLevel: 3,
            ...options,
            ...(weightBytes < LARGE_WEIGHTS && small),
            ...(disk ? {} : { externalData }),
          }),
        );
        return queued(ort, session);
      } finally {
        await remove?.();
      }
    },
  };
}

/** A disk whose files the runtime maps into memory by itself. */
export interface Disk {
  /** Folder for computed files, relative to the root. */
  readonly folder: string;
  /** Writes files that are not there yet under their names; gives what removes them again. */
  write(files: readonly ByteSource[]): Promise<() => Promise<void>>;
}

async function readAll(files: readonly ByteSource[]) {
  const externalData: { path: string; data: Uint8Array }[] = [];
  for (const file of files) {
    externalData.push({ path: file.name, data: await file.read(0, file.size) });
  }
  return externalData;
}

/** One run after the other: onnxruntime-web refuses a run while another is under way. */
function queued(ort: OrtModule, session: OrtSession): InferenceSession {
  let last: Promise<unknown> = Promise.resolve();
  const enqueue = <T>(task: () => Promise<T>): Promise<T> => {
    const next = last.then(task, task);
    last = next;
    return next;
  };
  const place = createPlacing(ort);
  return {
    run: (feeds, outputs) =>
      enqueue(async () => {
        const inputs: Record<string, OrtTensor> = {};
        for (const [name, feed] of Object.entries(feeds)) {
          const placed = place(feed);
          inputs[name] = placed instanceof Promise ? await placed : placed;
        }
        return fromOrt(await session.run(inputs, outputs), outputs);
      }),
    release: () => enqueue(() => session.release()),
  };
}

/**
 * Feeds as the runtime takes them; what steers a graph is the same object in every run, and so are most of its nearly hundred feeds,
 * so each is made once.
 */
function createPlacing(
  ort: OrtModule,
): (feed: Tensor | ControlTensor) => OrtTensor | Promise<OrtTensor> {
  const made = new WeakMap<Tensor | ControlTensor, OrtTensor>();
  const remember = (feed: Tensor | ControlTensor, tensor: OrtTensor): OrtTensor => {
    made.set(feed, tensor);
    return tensor;
  };
  return (feed) => {
    const known = made.get(feed);
    if (known !== undefined) return known;
    if (isControlTensor(feed)) {
      return remember(feed, new ort.Tensor(feed.type, feed.data, feed.shape));
    }
    if (isCpuTensor(feed)) {
      return remember(feed, new ort.Tensor('float32', feed.data, feed.shape));
    }
    return feed.read().then((values) => new ort.Tensor('float32', values, feed.shape));
  };
}

function fromOrt<Name extends string>(
  results: OrtSession.ReturnType,
  names: readonly Name[],
): Readonly<Record<Name, Tensor>> {
  const tensors: Partial<Record<Name, Tensor>> = {};
  for (const name of names) {
    const result = results[name];
    if (result === undefined || !(result.data instanceof Float32Array)) {
      throw new Error(`The graph has no float output ${name}.`);
    }
    tensors[name] = cpuTensor(result.data, result.dims);
  }
  return tensors as Record<Name, Tensor>;
}

async function outOfMemoryAsAppError<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (!/bad_alloc|out of memory|memory access out of bounds/i.test(reason)) throw cause;
    throw new AppError({ code: 'model/out-of-memory', reason }, { cause });
  }
}
