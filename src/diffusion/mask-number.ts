import type { Tensor } from '../tensor/tensor.js';

const numbers = new WeakMap<Tensor, number>();
let seen = 0;

/** A number for a mask, which carries no key of its own: different tensors never count as equal. */
export function maskNumber(mask: Tensor): number {
  const known = numbers.get(mask);
  if (known !== undefined) return known;
  seen += 1;
  numbers.set(mask, seen);
  return seen;
}
