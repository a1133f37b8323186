import { cpuTensor, type Tensor } from '../tensor/tensor.js';
import { maskAtSize } from './latent-mask.js';

/**
 * How much of a source and of the one under it each query of a layer's grid reads, `[1, height * width, 1]` each:
 * M and (1 - M) * M_under, where M_under is 1 without a mask, and 0 when there is nothing under it but the layer's own.
 */
export async function regionShares(
  {
    mask,
    underMask,
    hasUnder,
  }: {
    readonly mask: Tensor;
    readonly underMask: Tensor | undefined;
    readonly hasUnder: boolean;
  },
  height: number,
  width: number,
): Promise<{ readonly share: Tensor; readonly underShare: Tensor }> {
  const top = await (await maskAtSize(mask, height, width)).read();
  const lower = underMask && (await (await maskAtSize(underMask, height, width)).read());
  const shape = [1, height * width, 1];
  const share = top.map(within);
  const underShare = share.map((part, i) =>
    hasUnder ? (1 - part) * within(lower ? (lower[i] ?? 0) : 1) : 0,
  );
  return { share: cpuTensor(share, shape), underShare: cpuTensor(underShare, shape) };
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
