import type { FreeU } from './ports.js';

/** Columns of {@link lowFrequencyBasis}. */
export const LOW_FREQUENCIES = 7;

/**
 * The basis `[height * width, 7]` of the frequencies that FreeU's window damps:
 * `1, cos w, sin w, cos h, sin h, cos(h + w), sin(h + w)` with h = 2π row / height, w = 2π column / width.
 * method.md 8.
 */
export function lowFrequencyBasis(height: number, width: number): Float32Array {
  const basis = new Float32Array(height * width * LOW_FREQUENCIES);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const h = (2 * Math.PI * row) / height;
      const w = (2 * Math.PI * column) / width;
      const waves = [
        1,
        Math.cos(w),
        Math.sin(w),
        Math.cos(h),
        Math.sin(h),
        Math.cos(h + w),
        Math.sin(h + w),
      ];
      basis.set(waves, (row * width + column) * LOW_FREQUENCIES);
    }
  }
  return basis;
}

/**
 * FreeU on a decoder block's input `[channels, height, width]`, as the reference code has it: the first half of the
 * channels times `backbone`, then `x - (1 - lowPass) / HW (x M) Mᵀ` on all. method.md 8.
 */
export function applyFreeU(
  x: Float32Array,
  shape: readonly [channels: number, height: number, width: number],
  backbone: number,
  lowPass: number,
): Float32Array {
  const [channels, height, width] = shape;
  const area = height * width;
  const basis = lowFrequencyBasis(height, width);
  const out = new Float32Array(x.length);
  for (let channel = 0; channel < channels; channel++) {
    const factor = channel < channels / 2 ? backbone : 1;
    const plane = x.subarray(channel * area, (channel + 1) * area);
    const parts = new Float64Array(LOW_FREQUENCIES);
    for (let i = 0; i < area; i++) {
      for (let f = 0; f < LOW_FREQUENCIES; f++) {
        parts[f] = (parts[f] ?? 0) + (plane[i] ?? 0) * (basis[i * LOW_FREQUENCIES + f] ?? 0);
      }
    }
    for (let i = 0; i < area; i++) {
      let low = 0;
      for (let f = 0; f < LOW_FREQUENCIES; f++) {
        low += (parts[f] ?? 0) * (basis[i * LOW_FREQUENCIES + f] ?? 0);
      }
      out[channel * area + i] = factor * ((plane[i] ?? 0) - ((1 - lowPass) / area) * low);
    }
  }
  return out;
}

/** The factors of the cross-image-attention code. method.md 4. */
export const referenceFreeU: FreeU = { b1: 1.2, b2: 1.4, s1: 0.9, s2: 0.2 };
