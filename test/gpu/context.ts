import { openDevice } from '../../src/runtime/webgpu/device.js';
import { GpuContext } from '../../src/runtime/webgpu/gpu-context.js';

/** A context on a new device, software adapters included; the test destroys it. */
export async function openContext(): Promise<GpuContext> {
  const { device } = await openDevice({ allowSoftware: true });
  return new GpuContext(device);
}

/** Repeatable values in about -1..1 that follow no pattern a kernel could profit from. */
export function noise(count: number, seed = 1): Float32Array {
  const values = new Float32Array(count);
  let state = seed * 2654435761;
  for (let i = 0; i < count; i++) {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
    values[i] = (((state ^ (state >>> 13)) >>> 0) / 2 ** 32) * 2 - 1;
  }
  return values;
}

/** Largest difference as a share of the largest expected magnitude. */
export function relativeError(found: Float32Array, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity;
  let worst = 0;
  let scale = 0;
  for (let i = 0; i < found.length; i++) {
    const difference = Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN));
    if (!(difference <= worst)) worst = difference;
    scale = Math.max(scale, Math.abs(expected[i] ?? NaN));
  }
  return worst / (scale === 0 ? 1 : scale);
}

/** Where the test server has onnxruntime-web's files; its own bundle holds the glue. */
export const ORT_PLACE = {
  base: new URL('/node_modules/onnxruntime-web/dist/', location.href).href,
  bundledGlue: true,
};
