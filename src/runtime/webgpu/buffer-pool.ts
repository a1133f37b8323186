/** Free bytes the pool keeps for reuse before it destroys buffers. */
const DEFAULT_FREE_BYTES = 256 * 2 ** 20;

/**
 * Hands out storage buffers by size class and takes them back. A buffer that was given back may be handed
 * out at once: the queue runs commands in order, so earlier readers still see their data.
 */
export class BufferPool {
  readonly #device: GPUDevice;
  readonly #freeLimit: number;
  readonly #free = new Map<number, GPUBuffer[]>();
  #freeBytes = 0;
  #created = 0;

  constructor(device: GPUDevice, freeLimit = DEFAULT_FREE_BYTES) {
    this.#device = device;
    this.#freeLimit = freeLimit;
  }

  /** Buffers created so far; stands still once a run has its working set. */
  get created(): number {
    return this.#created;
  }

  /** Bytes kept for reuse. */
  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** A storage buffer of at least `bytes`, with undefined contents. */
  take(bytes: number): GPUBuffer {
    const size = sizeClass(bytes);
    const buffer = this.#free.get(size)?.pop();
    if (buffer !== undefined) {
      this.#freeBytes -= size;
      return buffer;
    }
    this.#created++;
    // What kernels, copies and the inference runtime need.
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    return this.#device.createBuffer({ size, usage });
  }

  /** Takes a buffer back; `destroy` receives those that are over the limit, largest first. */
  give(buffer: GPUBuffer, destroy: (buffer: GPUBuffer) => void): void {
    const list = this.#free.get(buffer.size);
    if (list === undefined) this.#free.set(buffer.size, [buffer]);
    else list.push(buffer);
    this.#freeBytes += buffer.size;
    while (this.#freeBytes > this.#freeLimit) this.#dropLargest(destroy);
  }

  /** Destroys every free buffer. */
  clear(): void {
    for (const list of this.#free.values()) for (const buffer of list) buffer.destroy();
    this.#free.clear();
    this.#freeBytes = 0;
  }

  #dropLargest(destroy: (buffer: GPUBuffer) => void): void {
    let largest = 0;
    for (const [size, list] of this.#free) if (list.length > 0 && size > largest) largest = size;
    const buffer = this.#free.get(largest)?.shift();
    if (buffer === undefined) return;
    this.#freeBytes -= largest;
    destroy(buffer);
  }
}

/** The size of the buffer that holds `bytes`: a multiple of 16, four classes to each power of two. */
export function sizeClass(bytes: number): number {
  if (bytes <= 64) return 64;
  const step = Math.max(16, 2 ** (Math.floor(Math.log2(bytes)) - 2));
  return Math.ceil(bytes / step) * step;
}
