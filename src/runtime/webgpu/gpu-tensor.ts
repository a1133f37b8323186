import { assert } from '../../core/errors.js';
import type { Tensor } from '../../tensor/tensor.js';
import { isCpuTensor, sizeOf } from '../../tensor/tensor.js';
import type { GpuContext } from './gpu-context.js';
import type { BufferView } from './kernel.js';

/** A float32 tensor in a GPU buffer, freed with its last claim. */
export class GpuTensor implements Tensor, BufferView {
  readonly place = 'gpu';
  readonly shape: readonly number[];
  readonly byteLength: number;
  readonly context: GpuContext;
  readonly #buffer: GPUBuffer;
  readonly #release: () => void;
  #claims = 1;

  constructor(
    context: GpuContext,
    buffer: GPUBuffer,
    shape: readonly number[],
    release: () => void,
  ) {
    this.context = context;
    this.#buffer = buffer;
    this.shape = shape;
    this.byteLength = sizeOf(shape) * Float32Array.BYTES_PER_ELEMENT;
    this.#release = release;
    context.counters.liveBytes += this.byteLength;
    context.counters.liveTensors++;
  }

  /** The buffer; it may be larger than the tensor. */
  get buffer(): GPUBuffer {
    assert(this.#claims > 0, `a tensor [${this.shape.join(', ')}] is used after its last claim`);
    return this.#buffer;
  }

  async read(): Promise<Float32Array> {
    return new Float32Array(await this.context.read(this.buffer, this.byteLength));
  }

  retain(): this {
    assert(this.#claims > 0, `a tensor [${this.shape.join(', ')}] is kept after its last claim`);
    this.#claims++;
    return this;
  }

  dispose(): void {
    assert(this.#claims > 0, `a tensor [${this.shape.join(', ')}] is disposed twice`);
    this.#claims--;
    if (this.#claims > 0) return;
    this.context.counters.liveBytes -= this.byteLength;
    this.context.counters.liveTensors--;
    this.#release();
  }
}

/** A tensor with undefined values in a pooled buffer. */
export function emptyGpuTensor(context: GpuContext, shape: readonly number[]): GpuTensor {
  const { pool } = context;
  const buffer = pool.take(sizeOf(shape) * Float32Array.BYTES_PER_ELEMENT);
  return new GpuTensor(context, buffer, shape, () => {
    pool.give(buffer, (surplus) => {
      context.afterSubmit(() => {
        surplus.destroy();
      });
    });
  });
}

/** Copies values to the device. */
export function uploadTensor(
  context: GpuContext,
  values: Float32Array,
  shape: readonly number[],
): GpuTensor {
  assert(
    values.length === sizeOf(shape),
    `shape [${shape.join(', ')}] cannot hold ${String(values.length)} values`,
  );
  const tensor = emptyGpuTensor(context, shape);
  context.write(tensor.buffer, values);
  return tensor;
}

/** Takes over a buffer that somebody else made; `release` runs after the last claim, when no command refers to it. */
export function adoptBuffer(
  context: GpuContext,
  buffer: GPUBuffer,
  shape: readonly number[],
  release: () => void,
): GpuTensor {
  return new GpuTensor(context, buffer, shape, () => {
    context.afterSubmit(release);
  });
}

/** `tensor` on the device, with a claim of its own: itself when it lies there, else a copy. */
export function toDevice(context: GpuContext, tensor: Tensor): GpuTensor {
  if (tensor instanceof GpuTensor) {
    assert(tensor.context === context, 'a tensor of a lost device is used on a new one');
    return tensor.retain();
  }
  assert(isCpuTensor(tensor), 'a tensor is neither in CPU memory nor in a GPU buffer');
  return uploadTensor(context, tensor.data, tensor.shape);
}
