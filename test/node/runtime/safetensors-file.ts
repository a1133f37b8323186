/** A tensor in memory. */
export interface MemoryTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Tensors by key. */
export type Tensors = ReadonlyMap<string, MemoryTensor>;

type Weights = 'F32' | 'F16' | 'BF16';

interface Header {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/** All floating-point tensors of a safetensors file. */
export function readAll(file: Uint8Array): Tensors {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const json = new TextDecoder().decode(file.subarray(8, start));
  const header = JSON.parse(json) as Record<string, Header>;
  const tensors = new Map<string, MemoryTensor>();
  for (const [key, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (key === '__metadata__' || !isWeights(dtype)) continue;
    const size = dtype === 'F32' ? 4 : 2;
    const [begin, end] = data_offsets;
    const values = Float32Array.from({ length: (end - begin) / size }, (_unused, i) =>
      readers[dtype](view, start + begin + i * size),
    );
    tensors.set(key, { dtype, shape, values });
  }
  return tensors;
}

function isWeights(dtype: string): dtype is Weights {
  return dtype === 'F32' || dtype === 'F16' || dtype === 'BF16';
}

const readers: Readonly<Record<Weights, (view: DataView, at: number) => number>> = {
  F32: (view, at) => view.getFloat32(at, true),
  F16: (view, at) => fromHalf(view.getUint16(at, true)),
  BF16: (view, at) => {
    const bits = new DataView(new ArrayBuffer(4));
    bits.setUint32(0, view.getUint16(at, true) * 2 ** 16);
    return bits.getFloat32(0);
  },
};

/** A safetensors file of these tensors; its header has an odd length, so that no tensor is aligned. */
export function writeAll(
  tensors: Tensors,
  metadata: Readonly<Record<string, string>> = {},
  dtype: Weights = 'F32',
): Uint8Array {
  const size = dtype === 'F32' ? 4 : 2;
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const [key, { shape, values }] of tensors) {
    const end = offset + values.length * size;
    header[key] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const pad = text.byteLength % 2 === 0 ? 1 : 0;
  const start = 8 + text.byteLength + pad;
  const file = new Uint8Array(start + offset).fill(32, 8, start);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  file.set(text, 8);
  let at = start;
  for (const { values } of tensors.values()) {
    for (const value of values) {
      writers[dtype](view, at, value);
      at += size;
    }
  }
  return file;
}

const writers: Readonly<Record<Weights, (view: DataView, at: number, value: number) => void>> = {
  F32: (view, at, value) => {
    view.setFloat32(at, value, true);
  },
  F16: (view, at, value) => {
    view.setUint16(at, toHalf(value), true);
  },
  BF16: (view, at, value) => {
    const bits = new DataView(new ArrayBuffer(4));
    bits.setFloat32(0, value);
    view.setUint16(at, bits.getUint16(0), true);
  },
};

function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}

/** The nearest half-precision number, for values below 65504. */
function toHalf(value: number): number {
  const size = Math.abs(value);
  const sign = value < 0 ? 0x8000 : 0;
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -30)));
  const steps = Math.round(size * 2 ** (10 - exponent));
  return sign | (steps + (exponent + 14) * 1024);
}
