import { AppError } from '../../core/errors.js';
import type { ByteSource } from '../byte-source.js';
import type { PlacedTensor, WeightTable } from '../weight-table.js';

const CHUNK = 2 ** 26;
/** The longest element that is checked; a chunk is read with so much more that none is cut. */
const ELEMENT_BYTES = 4;

/**
 * Reads every byte of the files of these networks once: gives SHA-256 of each 64 MiB of each file, and looks at every weight.
 * A file of several gigabytes need never be in memory. A source with a `contentKey` is not read.
 * @throws AppError `model/invalid` naming file and tensor for NaN and infinite weights.
 */
export async function checkWeights(
  tables: readonly WeightTable[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<ByteSource, readonly string[]>> {
  const bySource = new Map<ByteSource, PlacedTensor[]>();
  for (const { tensors } of tables) {
    for (const tensor of tensors.values()) {
      const known = bySource.get(tensor.source);
      if (known === undefined) bySource.set(tensor.source, [tensor]);
      else known.push(tensor);
    }
  }
  const digests = new Map<ByteSource, readonly string[]>();
  for (const [source, tensors] of bySource) {
    const { contentKey } = source;
    digests.set(
      source,
      contentKey === undefined ? await checkOnce(source, tensors, signal) : [contentKey],
    );
  }
  return digests;
}

/** What is known of sources that were read before. */
const CHECKED = new WeakMap<
  ByteSource,
  { readonly digests: readonly string[]; readonly offsets: ReadonlySet<number> }
>();

async function checkOnce(
  source: ByteSource,
  tensors: readonly PlacedTensor[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const known = CHECKED.get(source);
  if (known && tensors.every(({ entry }) => known.offsets.has(entry.offset))) return known.digests;
  const digests = await checkSource(source, tensors, signal);
  CHECKED.set(source, { digests, offsets: new Set(tensors.map(({ entry }) => entry.offset)) });
  return digests;
}

async function checkSource(
  source: ByteSource,
  tensors: readonly PlacedTensor[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const digests: string[] = [];
  for (let start = 0; start < source.size; start += CHUNK) {
    signal?.throwIfAborted();
    const read = await source.read(start, Math.min(CHUNK + ELEMENT_BYTES, source.size - start));
    const bytes = read.byteOffset === 0 ? read : read.slice();
    const chunk = bytes.subarray(0, CHUNK);
    const hash = crypto.subtle.digest('SHA-256', chunk as Uint8Array<ArrayBuffer>);
    for (const tensor of tensors) checkPart(tensor, bytes, start);
    const hex = Array.from(new Uint8Array(await hash), (byte) =>
      byte.toString(16).padStart(2, '0'),
    );
    digests.push(hex.join(''));
  }
  return digests;
}

/** Looks at the elements of a tensor that begin in this chunk. */
function checkPart({ source, entry, key }: PlacedTensor, bytes: Uint8Array, start: number): void {
  const size = entry.dtype === 'F32' ? 4 : 2;
  if (entry.dtype !== 'F32' && entry.dtype !== 'F16' && entry.dtype !== 'BF16') return;
  const end = entry.offset + entry.byteLength;
  const skipped = Math.max(0, Math.ceil((start - entry.offset) / size));
  const from = entry.offset + skipped * size - start;
  const to = Math.min(end - start, CHUNK + size - 1, bytes.byteLength);
  const count = Math.floor((to - from) / size);
  if (count <= 0 || from >= CHUNK) return;
  if (areFinite(bytes, from, count, entry.dtype)) return;
  const reason =
    'It holds NaN or infinite numbers: the file is damaged, or its training failed; download it again, or choose another.';
  throw new AppError({ code: 'model/invalid', file: source.name, tensor: key, reason });
}

/** Bits of the exponent; all of them are set in NaN and the infinities alone. */
const EXPONENT = { F32: 0x7f800000, F16: 0x7c00, BF16: 0x7f80 } as const;

function areFinite(
  bytes: Uint8Array,
  from: number,
  count: number,
  dtype: keyof typeof EXPONENT,
): boolean {
  const mask = EXPONENT[dtype];
  const View = dtype === 'F32' ? Uint32Array : Uint16Array;
  const place = bytes.byteOffset + from;
  const isAligned = place % View.BYTES_PER_ELEMENT === 0;
  const part = bytes.subarray(from, from + count * View.BYTES_PER_ELEMENT);
  const words = isAligned
    ? new View(bytes.buffer as ArrayBuffer, place, count)
    : new View(Uint8Array.from(part).buffer);
  for (let i = 0; i < count; i++) if (((words[i] ?? 0) & mask) === mask) return false;
  return true;
}
