import { AppError } from '../../core/errors.js';
import { BufferPool } from './buffer-pool.js';
import type { BufferView, Kernel, KernelParams } from './kernel.js';
import { PARAMS_BYTES } from './kernel.js';
import { ParamsArena } from './params-arena.js';

/** What a context has done, for leak and read-back tests and for the run's report. */
export interface GpuCounters {
  /** Bytes of the tensors that are alive. */
  liveBytes: number;
  /** How many tensors are alive. */
  liveTensors: number;
  /** Bytes copied back to the CPU so far. */
  bytesRead: number;
  /** Bytes of tensors copied to the device so far, by ourselves and by the inference runtime. */
  bytesSent: number;
  /** Command buffers submitted so far. */
  submits: number;
  /** Kernels launched so far. */
  dispatches: number;
}

/**
 * All work of ours on one device. Kernels and copies are recorded and submitted together: when something is
 * read, before the inference runtime uses the queue (call {@link GpuContext.flush} there), or when enough has gathered.
 */
export class GpuContext {
  readonly device: GPUDevice;
  readonly pool: BufferPool;
  readonly counters: GpuCounters = {
    liveBytes: 0,
    liveTensors: 0,
    bytesRead: 0,
    bytesSent: 0,
    submits: 0,
    dispatches: 0,
  };
  readonly #arena: ParamsArena;
  readonly #pipelines = new Map<string, GPUComputePipeline>();
  readonly #afterSubmit: (() => void)[] = [];
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;
  #failure: Error | undefined;
  #loss: AppError | undefined;

  constructor(device: GPUDevice) {
    this.device = device;
    this.pool = new BufferPool(device);
    this.#arena = new ParamsArena(device);
    device.addEventListener('uncapturederror', ({ error }) => {
      this.#failure ??= errorOf(error);
    });
    void device.lost.then(({ message }) => {
      this.#loss = lost(message);
    });
  }

  /**
   * Throws the error of an earlier command, which WebGPU tells only afterwards; once, so that the next run may try
   * again. @throws AppError `webgpu/device-lost` for ever after the loss, `model/out-of-memory`.
   */
  check(): void {
    if (this.#loss !== undefined) throw this.#loss;
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  /** Records one kernel; `workgroups` are at most 65535 a dimension. */
  dispatch(
    kernel: Kernel,
    views: readonly BufferView[],
    params: KernelParams,
    workgroups: readonly [x: number, y?: number, z?: number],
  ): void {
    this.check();
    if (this.#arena.isFull) this.flush();
    const pipeline = this.#pipelineOf(kernel);
    const offset = this.#arena.push(params);
    const entries = views.map(({ buffer, byteLength }, i) => ({
      binding: i + 1,
      resource: { buffer, size: Math.ceil(byteLength / 4) * 4 },
    }));
    const params0 = { binding: 0, resource: { buffer: this.#arena.buffer, size: PARAMS_BYTES } };
    const bindGroup = this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [params0, ...entries],
    });
    this.#pass ??= this.#commands().beginComputePass();
    this.#pass.setPipeline(pipeline);
    this.#pass.setBindGroup(0, bindGroup, [offset]);
    this.#pass.dispatchWorkgroups(workgroups[0], workgroups[1] ?? 1, workgroups[2] ?? 1);
    this.counters.dispatches++;
  }

  /** Records a copy between buffers; offsets and length are multiples of 4 bytes. */
  copy(
    source: GPUBuffer,
    sourceOffset: number,
    target: GPUBuffer,
    targetOffset: number,
    bytes: number,
  ): void {
    this.check();
    this.#endPass();
    this.#commands().copyBufferToBuffer(source, sourceOffset, target, targetOffset, bytes);
  }

  /** Records that the first `bytes` of a buffer, a multiple of 4, become zero. */
  clear(target: GPUBuffer, bytes: number): void {
    this.check();
    this.#endPass();
    this.#commands().clearBuffer(target, 0, bytes);
  }

  /** Writes values to the start of a buffer, in order with the recorded commands. */
  write(target: GPUBuffer, values: Float32Array | Uint32Array): void {
    this.check();
    // A queue write overtakes what is recorded but not submitted, and pooled buffers may still be read there.
    this.flush();
    this.counters.bytesSent += values.byteLength;
    this.device.queue.writeBuffer(target, 0, values.buffer, values.byteOffset, values.byteLength);
  }

  /** Submits what is recorded. */
  flush(): void {
    if (this.#encoder !== undefined) {
      this.#endPass();
      this.#arena.upload();
      this.device.queue.submit([this.#encoder.finish()]);
      this.#encoder = undefined;
      this.counters.submits++;
    }
    for (const release of this.#afterSubmit.splice(0)) release();
  }

  /** Runs `release` as soon as no recorded command can refer to what it frees. */
  afterSubmit(release: () => void): void {
    if (this.#encoder === undefined) release();
    else this.#afterSubmit.push(release);
  }

  /** Copies the first `bytes` of a buffer to the CPU. @throws AppError `webgpu/device-lost`, `model/out-of-memory`. */
  async read(source: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    this.check();
    const size = Math.ceil(bytes / 4) * 4;
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const staging = this.device.createBuffer({ size, usage });
    this.copy(source, 0, staging, 0, size);
    this.flush();
    try {
      await staging.mapAsync(GPUMapMode.READ);
      this.check();
      const copy = staging.getMappedRange().slice(0, bytes);
      this.counters.bytesRead += bytes;
      return copy;
    } catch (cause) {
      this.check();
      throw cause instanceof DOMException ? lost(cause.message, cause) : cause;
    } finally {
      staging.destroy();
    }
  }

  /** Frees pooled buffers and the device itself. */
  destroy(): void {
    this.pool.clear();
    this.device.destroy();
  }

  #commands(): GPUCommandEncoder {
    return (this.#encoder ??= this.device.createCommandEncoder());
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = undefined;
  }

  #pipelineOf(kernel: Kernel): GPUComputePipeline {
    const known = this.#pipelines.get(kernel.name);
    if (known !== undefined) return known;
    const { device } = this;
    const storage = (type: GPUBufferBindingType, count: number): GPUBufferBindingType[] =>
      Array.from({ length: count }, () => type);
    const types = [
      ...storage('read-only-storage', kernel.inputs),
      ...storage('storage', kernel.outputs),
    ];
    const visibility = GPUShaderStage.COMPUTE;
    const layout = device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility, buffer: { type: 'uniform', hasDynamicOffset: true } },
        ...types.map((type, i) => ({ binding: i + 1, visibility, buffer: { type } })),
      ],
    });
    const pipeline = device.createComputePipeline({
      label: kernel.name,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ label: kernel.name, code: kernel.code }) },
    });
    this.#pipelines.set(kernel.name, pipeline);
    return pipeline;
  }
}

function errorOf(error: GPUError): Error {
  return error instanceof GPUOutOfMemoryError
    ? new AppError({
        code: 'model/out-of-memory',
        reason: `the graphics device has no memory left (${error.message}); use a smaller picture`,
      })
    : new Error(`WebGPU refused a command: ${error.message}`);
}

function lost(message: string, cause?: unknown): AppError {
  const told = message === '' ? '' : `: ${message}`;
  return new AppError(
    { code: 'webgpu/device-lost', reason: `the graphics device was lost${told}` },
    { cause },
  );
}
