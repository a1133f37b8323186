import { AppError } from '../core/errors.js';
import type { ByteSource } from './byte-source.js';
import type { PlacedTensor } from './weight-table.js';

/** A tensor's values in float32, with its change added. @throws AppError `model/invalid` for a file that was cut. */
export async function readWeight(tensor: PlacedTensor): Promise<Float32Array> {
  const { source, entry, key, change } = tensor;
  const bytes = await source.read(entry.offset, entry.byteLength);
  if (bytes.byteLength < entry.byteLength) {
    const reason = 'The file ends within this tensor; download it again.';
    throw new AppError({ code: 'model/invalid', file: source.name, tensor: key, reason });
  }
  const values = toFloats(bytes, entry.dtype);
  await change?.addTo(values);
  return values;
}

/** A tensor as a file of its own that holds its values in float32; they are computed when it is read. */
export function floatSource(name: string, tensor: PlacedTensor): ByteSource {
  const count = tensor.entry.shape.reduce((product, side) => product * side, 1);
  return {
    name,
    size: 4 * count,
    async read(offset, length) {
      const values = await readWeight(tensor);
      return new Uint8Array(values.buffer).subarray(offset, offset + length);
    },
  };
}

function toFloats(bytes: Uint8Array, dtype: PlacedTensor['entry']['dtype']): Float32Array {
  // A tensor may lie at any byte; typed arrays may not.
  const aligned = bytes.slice().buffer;
  if (dtype === 'F32') return new Float32Array(aligned);
  const halves = new Uint16Array(aligned);
  const floats = new Float32Array(halves.length);
  if (dtype === 'BF16') {
    const bits = new Uint32Array(floats.buffer);
    for (let i = 0; i < halves.length; i++) bits[i] = (halves[i] ?? 0) << 16;
    return floats;
  }
  if (dtype !== 'F16') throw new Error(`${dtype} holds no weights.`);
  const table = (halfValues ??= everyHalf());
  for (let i = 0; i < halves.length; i++) floats[i] = table[halves[i] ?? 0] ?? NaN;
  return floats;
}

let halfValues: Float32Array | undefined;

/** The value of every half-precision number, by its bits. */
function everyHalf(): Float32Array {
  return Float32Array.from({ length: 2 ** 16 }, (_unused, bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}
