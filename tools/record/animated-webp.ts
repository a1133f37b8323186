/** A picture of an animation: a still WebP file, and how long it is shown. */
export interface WebpFrame {
  readonly still: Uint8Array;
  readonly durationMs: number;
}

interface Chunk {
  readonly name: string;
  readonly payload: Uint8Array;
}

const wrappers = new Set(['VP8X', 'ICCP', 'EXIF', 'XMP ']);

/**
 * Joins still WebP files of one size to an animation that repeats for ever (the extended format of RIFF WebP: VP8X,
 * ANIM, and one ANMF a frame). @throws Error when a file is no WebP.
 */
export function animatedWebp(
  frames: readonly WebpFrame[],
  width: number,
  height: number,
): Uint8Array {
  const header = new Uint8Array(10);
  // The animation flag, then the size of the canvas less one, 24 bits each.
  header[0] = 0b10;
  put(header, 4, width - 1, 3);
  put(header, 7, height - 1, 3);
  const loop = new Uint8Array(6);
  const chunks = frames.map(({ still, durationMs }): Chunk => {
    const image = chunksOf(still).filter(({ name }) => !wrappers.has(name));
    const place = new Uint8Array(16);
    put(place, 6, width - 1, 3);
    put(place, 9, height - 1, 3);
    put(place, 12, durationMs, 3);
    // Every frame covers the one before.
    place[15] = 0b10;
    return { name: 'ANMF', payload: join([place, ...image.map(chunkBytes)]) };
  });
  const all = [{ name: 'VP8X', payload: header }, { name: 'ANIM', payload: loop }, ...chunks];
  const body = join([letters('WEBP'), ...all.map(chunkBytes)]);
  return chunkBytes({ name: 'RIFF', payload: body });
}

function chunksOf(file: Uint8Array): readonly Chunk[] {
  const name = (at: number): string => String.fromCharCode(...file.subarray(at, at + 4));
  if (name(0) !== 'RIFF' || name(8) !== 'WEBP') throw new Error('The file is no WebP.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= file.length;) {
    const size = view.getUint32(at + 4, true);
    chunks.push({ name: name(at), payload: file.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return chunks;
}

function chunkBytes({ name, payload }: Chunk): Uint8Array {
  const head = new Uint8Array(8);
  head.set(letters(name));
  put(head, 4, payload.length, 4);
  return join([head, payload, new Uint8Array(payload.length % 2)]);
}

function letters(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function put(target: Uint8Array, at: number, value: number, bytes: number): void {
  for (let i = 0; i < bytes; i += 1) target[at + i] = Math.floor(value / 256 ** i) % 256;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
