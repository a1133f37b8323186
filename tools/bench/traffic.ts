import type { LatentOps } from '../../src/diffusion/ports.js';
import { isControlTensor, type InferenceRunner } from '../../src/runtime/inference.js';
import { sizeOf, type Tensor } from '../../src/tensor/tensor.js';

/** Bytes that cross between the processor's memory and the place where tensors live. */
export interface Moved {
  /** Inputs of graphs and operations that were made on the processor. */
  readonly sent: number;
  /** Results asked back as values. */
  readonly readBack: number;
}

/** Counts what a device would be sent and asked for, at the ports through which networks and operations are reached. */
export interface Traffic {
  moved(): Moved;
  runner(inner: InferenceRunner): InferenceRunner;
  ops(inner: LatentOps): LatentOps;
}

/**
 * A count that starts at zero. What graphs and operations gave out lives where they run, so giving it to another costs nothing;
 * anything else that is given to them is sent, in every call anew, and every `read` of their results is read back.
 */
export function createTraffic(): Traffic {
  const residents = new WeakSet<Tensor>();
  let sent = 0;
  let readBack = 0;
  const settle = <T extends Tensor>(tensor: T): T => {
    if (residents.has(tensor)) return tensor;
    residents.add(tensor);
    const read = tensor.read.bind(tensor);
    return Object.assign(tensor, {
      read: () => {
        readBack += tensor.byteLength;
        return read();
      },
    });
  };
  const send = (tensor: Tensor): void => {
    if (!residents.has(tensor)) sent += tensor.byteLength;
  };
  return {
    moved: () => ({ sent, readBack }),
    runner: (inner) => ({
      ...inner,
      async create(model, files, weightBytes) {
        const session = await inner.create(model, files, weightBytes);
        return {
          async run(feeds, names) {
            for (const feed of Object.values(feeds)) {
              if (isControlTensor(feed)) sent += sizeOf(feed.shape) * feed.data.BYTES_PER_ELEMENT;
              else send(feed);
            }
            const outputs = await session.run(feeds, names);
            for (const tensor of Object.values<Tensor>(outputs)) settle(tensor);
            return outputs;
          },
          release: () => session.release(),
        };
      },
    }),
    ops: (inner) => countedOps(inner, send, settle),
  };
}

/** The operations that work on tensors in every pass, counted; those that only make masks and starts are left as they are. */
function countedOps(
  inner: LatentOps,
  send: (tensor: Tensor) => void,
  settle: (tensor: Tensor) => Tensor,
): LatentOps {
  const take = (made: Tensor, ...given: readonly (Tensor | undefined)[]): Tensor => {
    for (const tensor of given) if (tensor) send(tensor);
    return settle(made);
  };
  return {
    ...inner,
    gaussian: (...given) => take(inner.gaussian(...given)),
    affine: (x, ...rest) => take(inner.affine(x, ...rest), x),
    addNoise: (x, noise, alpha) => take(inner.addNoise(x, noise, alpha), x, noise),
    guide: (self, cross, strength) => take(inner.guide(self, cross, strength), self, cross),
    reverseStep: (x, noise, map, step) =>
      take(inner.reverseStep(x, noise, map, step), x, noise, map),
    noiseMap: (next, x, noise, step) => take(inner.noiseMap(next, x, noise, step), next, x, noise),
    sliceBatch: (x, index) => take(inner.sliceBatch(x, index), x),
    headMeanAttention: async (query, key, heads) =>
      take(await inner.headMeanAttention(query, key, heads), query, key),
    concatBatch: (parts) => take(inner.concatBatch(parts), ...parts),
    adain: (content, style, masks) =>
      take(inner.adain(content, style, masks), content, style, masks?.content, masks?.style),
    upload(values, shape) {
      const tensor = inner.upload(values, shape);
      send(tensor);
      return settle(tensor);
    },
  };
}
