import { hashBytes } from '../pictures.js';
import { type FileProgress, PART_BYTES } from './model-record.js';
import type { PartStore, PartWriter } from './part-store.js';

/** Bytes after which what was written is put on disk and noted. */
const NOTED_BYTES = 8 * 2 ** 20;

/** What a writer needs besides the store. */
export interface PartsWriterOptions {
  /** Keeps what is there now; a later writer goes on from it. */
  readonly note: (progress: FileProgress) => Promise<void>;
  readonly partBytes?: number;
}

/**
 * Appends bytes to a file kept in parts, takes SHA-256 of each part from what was read back of it, and notes how far it
 * is, so that another writer can go on. A part is hashed whole by the browser, which is many times faster than hashing in
 * JavaScript as the bytes come in.
 */
export class PartsWriter {
  readonly #store: PartStore;
  readonly #note: PartsWriterOptions['note'];
  readonly #partBytes: number;
  #parts: readonly string[];
  #tailBytes: number;
  #unnoted = 0;
  #open: PartWriter | undefined;

  constructor(store: PartStore, progress: FileProgress, { note, partBytes }: PartsWriterOptions) {
    this.#store = store;
    this.#note = note;
    this.#partBytes = partBytes ?? PART_BYTES;
    this.#parts = progress.parts;
    this.#tailBytes = progress.tailBytes;
  }

  /** How many bytes are there. */
  get length(): number {
    return this.#parts.length * this.#partBytes + this.#tailBytes;
  }

  /** Adds bytes to the end. Rejects with the browser's error when the disk is full; what was noted stays. */
  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.byteLength;) {
      const piece = bytes.subarray(done, done + this.#partBytes - this.#tailBytes);
      this.#open ??= await this.#store.open(this.#parts.length, this.#tailBytes);
      this.#open.write(piece, this.#tailBytes);
      this.#tailBytes += piece.byteLength;
      this.#unnoted += piece.byteLength;
      done += piece.byteLength;
      if (this.#tailBytes === this.#partBytes) await this.#closePart();
      else if (this.#unnoted >= NOTED_BYTES) await this.#noteNow();
    }
  }

  /** Ends the file: the last part is hashed as well. */
  async finish(): Promise<void> {
    if (this.#tailBytes > 0) await this.#closePart();
  }

  /** Notes what is there and lets go of the part under way. */
  async stop(): Promise<void> {
    if (this.#open === undefined) return;
    try {
      await this.#noteNow();
    } finally {
      this.#open.close();
      this.#open = undefined;
    }
  }

  /** Removes everything. */
  async restart(): Promise<void> {
    this.#open?.close();
    this.#open = undefined;
    const count = this.#parts.length + (this.#tailBytes > 0 ? 1 : 0);
    this.#parts = [];
    this.#tailBytes = 0;
    await this.#note({ parts: [], tailBytes: 0 });
    for (let part = 0; part < count; part++) await this.#store.remove(part);
  }

  async #noteNow(): Promise<void> {
    this.#open?.flush();
    this.#unnoted = 0;
    await this.#note({ parts: this.#parts, tailBytes: this.#tailBytes });
  }

  async #closePart(): Promise<void> {
    this.#open?.flush();
    this.#open?.close();
    this.#open = undefined;
    const file = await this.#store.read(this.#parts.length);
    this.#parts = [...this.#parts, await hashBytes(new Uint8Array(await file.arrayBuffer()))];
    this.#tailBytes = 0;
    await this.#noteNow();
  }
}
