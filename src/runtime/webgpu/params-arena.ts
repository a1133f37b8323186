import type { KernelParams } from './kernel.js';
import { PARAMS_BYTES } from './kernel.js';

const SLOTS = 256;

/**
 * The uniform blocks of one command buffer in one GPU buffer. {@link ParamsArena.upload} belongs right before
 * the submit: the queue then sees it after the previous command buffer and before this one.
 */
export class ParamsArena {
  readonly buffer: GPUBuffer;
  readonly #device: GPUDevice;
  readonly #stride: number;
  readonly #integers: Uint32Array<ArrayBuffer>;
  readonly #floats: Float32Array<ArrayBuffer>;
  #used = 0;

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#stride = Math.max(PARAMS_BYTES, device.limits.minUniformBufferOffsetAlignment);
    const size = SLOTS * this.#stride;
    this.buffer = device.createBuffer({
      label: 'params',
      size,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    const bytes = new ArrayBuffer(size);
    this.#integers = new Uint32Array(bytes);
    this.#floats = new Float32Array(bytes);
  }

  /** Whether the next push needs an upload first. */
  get isFull(): boolean {
    return this.#used === SLOTS;
  }

  /** Keeps one block; gives its byte offset. */
  push({ integers = [], floats = [] }: KernelParams): number {
    const offset = this.#used * this.#stride;
    this.#integers.set(integers, offset / 4);
    this.#floats.set(floats, offset / 4 + integers.length);
    this.#used++;
    return offset;
  }

  /** Writes the kept blocks to the device and begins anew. */
  upload(): void {
    if (this.#used === 0) return;
    this.#device.queue.writeBuffer(
      this.buffer,
      0,
      this.#integers,
      0,
      (this.#used * this.#stride) / 4,
    );
    this.#used = 0;
  }
}
