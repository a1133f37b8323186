import type { Picture } from '../core/node/definition.js';
import { cpuTensor, type Tensor } from '../tensor/tensor.js';
import type { Parts } from './sockets.js';

const GOLDEN_TURN = 137.508;

/** The pixels whose label passes as a mask, `[1, 1, height, width]`, 0 or 1. */
export function partMask(parts: Parts, passes: (label: number) => boolean): Tensor {
  const values = Float32Array.from(parts.labels, (label) => (passes(label) ? 1 : 0));
  return cpuTensor(values, [1, 1, parts.height, parts.width]);
}

/** Every part in a colour of its own; what is behind the subject in greys. */
export function partPicture({ labels, width, height, names, firstOfSubject }: Parts): Picture {
  const colours = names.map((_name, label) =>
    label < firstOfSubject ? grey(label) : hue(label * GOLDEN_TURN, label % 2 === 0 ? 0.95 : 0.7),
  );
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  labels.forEach((label, i) => {
    data.set(colours[label] ?? [0, 0, 0], 4 * i);
  });
  return { width, height, data };
}

function grey(label: number): readonly number[] {
  return [1, 1, 1].map(() => 40 + 30 * label);
}

/** A saturated colour of the given hue in degrees. */
function hue(degrees: number, light: number): readonly number[] {
  return [5, 3, 1].map((offset) => {
    const k = (offset + degrees / 60) % 6;
    return 255 * light * (1 - 0.75 * Math.max(0, Math.min(k, 4 - k, 1)));
  });
}
