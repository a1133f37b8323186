import { LOW_FREQUENCIES, lowFrequencyBasis } from '../../diffusion/free-u.js';
import type { FreeU } from '../../diffusion/ports.js';
import { cpuTensor, type CpuTensor } from '../../tensor/tensor.js';
import { freeUInputs } from './unet-names.js';

const OFF: FreeU = { b1: 1, b2: 1, s1: 1, s2: 1 };

/**
 * The inputs that set FreeU in every up block for latents of one size: b1 and s1 in all blocks but the last,
 * b2 and s2 in the last, which in Stable Diffusion 1.x are the blocks that the reference tells by their widths. method.md 8.
 */
export function freeUFeeds(
  upBlocks: readonly { readonly channels: number; readonly downscale: number }[],
  latent: { readonly height: number; readonly width: number },
  freeU: FreeU = OFF,
): Readonly<Record<string, CpuTensor>> {
  const feeds: Record<string, CpuTensor> = {};
  upBlocks.forEach(({ channels, downscale }, block) => {
    const isLast = block === upBlocks.length - 1;
    const [backbone, lowPass] = isLast ? [freeU.b2, freeU.s2] : [freeU.b1, freeU.s1];
    const [height, width] = [latent.height / downscale, latent.width / downscale];
    const cells = height * width;
    const basis = lowFrequencyBasis(height, width);
    const damping = (1 - lowPass) / cells;
    const names = freeUInputs(block);
    const gain = Float32Array.from({ length: channels }, (_unused, channel) =>
      channel < channels / 2 ? backbone : 1,
    );
    feeds[names.gain] = cpuTensor(gain, [channels]);
    feeds[names.basis] = cpuTensor(basis, [cells, LOW_FREQUENCIES]);
    feeds[names.filter] = cpuTensor(
      basis.map((value) => value * damping),
      [cells, LOW_FREQUENCIES],
    );
  });
  return feeds;
}
