/** A file of bytes that can be read at any place: on disk, in a Blob, or in memory. */
export interface ByteSource {
  /** The file's name as messages shall tell it, such as `unet/diffusion_pytorch_model.safetensors`. */
  readonly name: string;
  /** Length in bytes. */
  readonly size: number;
  /** The bytes from `offset` on; shorter than `length` only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** The same bytes as a Blob, where they are one: a runner may then read ranges by itself. */
  readonly blob?: Blob;
  /** Where the file lies on disk, absolute: a runner in Node may then map it into memory. */
  readonly path?: string;
  /**
   * Changes whenever the bytes do, such as a hash of the parts of a download. Where it is given, nothing is read to tell
   * this file from others; whoever gives it has called `checkWeights` when the bytes were new.
   */
  readonly contentKey?: string;
}

/** Bytes in memory as a {@link ByteSource}; nothing is copied. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.byteLength,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/** A Blob or File as a {@link ByteSource}. */
export function blobSource(name: string, blob: Blob): ByteSource {
  return {
    name,
    size: blob.size,
    blob,
    read: async (offset, length) =>
      new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

/** Part of a source as a source of its own; reads beyond its end are cut. */
export function sliceSource(
  source: ByteSource,
  name: string,
  start: number,
  length: number,
): ByteSource {
  return {
    name,
    size: length,
    read: (offset, count) =>
      source.read(start + offset, Math.max(0, Math.min(count, length - offset))),
    ...(source.blob === undefined ? {} : { blob: source.blob.slice(start, start + length) }),
  };
}
