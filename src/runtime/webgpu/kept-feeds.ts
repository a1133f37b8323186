import type { CpuTensor } from '../../tensor/tensor.js';
import type { GpuContext } from './gpu-context.js';
import { uploadTensor, type GpuTensor } from './gpu-tensor.js';

/** Less is sent as quickly as it is found, and the runtime wants scalars that bound a Clip in the CPU's memory. */
const LEAST_BYTES = 256;
/** What is kept at once: FreeU of a few sizes, and the shares of a few masks. */
const MOST_KEPT = 64;

/** Inputs in the CPU's memory that come again run after run, kept on the device. */
export interface KeptFeeds {
  /** The copy on the device, borrowed; nothing for small inputs and for one that has not come before. */
  find(feed: CpuTensor): GpuTensor | undefined;
  /** Frees the copies. */
  clear(): void;
}

/** Keeps inputs from their second run on: many come but once. They are told by the tensor, so the same one must keep its values. */
export function createKeptFeeds(context: GpuContext): KeptFeeds {
  const seen = new WeakSet<CpuTensor>();
  const kept = new Map<CpuTensor, GpuTensor>();
  return {
    find(feed) {
      if (feed.byteLength < LEAST_BYTES) return undefined;
      const known = kept.get(feed);
      if (known !== undefined) {
        kept.delete(feed);
        kept.set(feed, known);
        return known;
      }
      if (!seen.has(feed)) {
        seen.add(feed);
        return undefined;
      }
      const copy = uploadTensor(context, feed.data, feed.shape);
      kept.set(feed, copy);
      for (const [oldest, tensor] of kept) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
        tensor.dispose();
      }
      return copy;
    },
    clear() {
      for (const tensor of kept.values()) tensor.dispose();
      kept.clear();
    },
  };
}
