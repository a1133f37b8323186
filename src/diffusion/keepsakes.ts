import type { Tensor } from '../tensor/tensor.js';

/**
 * Small tensors that cost a forward of the network, by content key: noise maps and predictions. They outlive the device and the
 * thread that computed them, so that values which compute when asked need not compute the same again.
 */
export interface Keepsakes {
  /** A kept tensor; the caller owns a claim on it. */
  find(key: string): Tensor | undefined;
  /** Keeps a copy, without making anybody wait; the tensor is borrowed. */
  keep(key: string, tensor: Tensor): void;
}
