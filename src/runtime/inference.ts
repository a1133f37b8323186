import type { Tensor } from '../tensor/tensor.js';
import type { ByteSource } from './byte-source.js';

/** Small values that steer a graph: they live on the CPU whatever the device. */
export type ControlTensor =
  | { readonly type: 'int32'; readonly data: Int32Array; readonly shape: readonly number[] }
  | {
      readonly type: 'bool';
      /** 0 or 1 each. */
      readonly data: Uint8Array;
      readonly shape: readonly number[];
    };

/** Values for the inputs of a graph, by name. */
export type Feeds = Readonly<Record<string, Tensor | ControlTensor>>;

/** A loaded graph. Runs of one session come one after the other; a runner queues them where it must. */
export interface InferenceSession {
  /** Computes the named outputs; the caller owns the tensors. Inputs may lie on either place. */
  run<Name extends string>(
    feeds: Feeds,
    outputs: readonly Name[],
  ): Promise<Readonly<Record<Name, Tensor>>>;
  /** Frees the session; its outputs stay valid. */
  release(): Promise<void>;
}

/** What computes graphs: onnxruntime on one execution provider. */
export interface InferenceRunner {
  /** Which operations the provider does best; see `models/op-profile.ts`. */
  readonly profile: 'portable' | 'webgpu';
  /** Whether U-Nets may compute in half precision there. */
  readonly half?: boolean;
  /**
   * Where external data may name files on disk, relative to the root: such files are mapped into memory, not handed over.
   * The folder is for those that are computed; the runner writes and removes them.
   */
  readonly diskFolder?: string;
  /**
   * Loads an ONNX model whose weights lie in `files`: external data refer to a file by its `name`. A runner that is told the bytes of
   * all weights may keep a small network's memory from run to run.
   * @throws AppError `model/out-of-memory`.
   */
  create(
    model: Uint8Array,
    files: readonly ByteSource[],
    weightBytes?: number,
  ): Promise<InferenceSession>;
}

/** Whether a feed steers the graph rather than carrying data. */
export function isControlTensor(feed: Tensor | ControlTensor): feed is ControlTensor {
  return 'type' in feed;
}
