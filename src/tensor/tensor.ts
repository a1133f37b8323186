/**
 * An n-dimensional float32 array, row-major, with a place: the CPU's memory or a GPU buffer. Nodes hand
 * tensors on without knowing the place. Claims are counted: `retain` adds one, `dispose` gives one back.
 */
export interface Tensor {
  readonly shape: readonly number[];
  readonly place: 'cpu' | 'gpu';
  readonly byteLength: number;
  /** The values; copies from the device when the tensor lives there. */
  read(): Promise<Float32Array>;
  retain(): this;
  dispose(): void;
}

/** A tensor in the CPU's memory. */
export interface CpuTensor extends Tensor {
  readonly place: 'cpu';
  readonly data: Float32Array;
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Wraps `data` (not copied) as a tensor. @throws Error when the length does not fit the shape. */
export function cpuTensor(data: Float32Array, shape: readonly number[]): CpuTensor {
  if (data.length !== sizeOf(shape)) {
    throw new Error(
      `A tensor of shape [${shape.join(', ')}] cannot hold ${String(data.length)} values.`,
    );
  }
  const tensor: CpuTensor = {
    data,
    shape,
    place: 'cpu',
    byteLength: data.byteLength,
    read: () => Promise.resolve(data),
    retain: () => tensor,
    dispose: () => undefined,
  };
  return tensor;
}

/** Whether the values can be read without a copy. */
export function isCpuTensor(tensor: Tensor): tensor is CpuTensor {
  return tensor.place === 'cpu';
}
