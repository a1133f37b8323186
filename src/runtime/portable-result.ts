import type { CacheEntry } from '../core/engine/output-cache.js';
import { isResource } from '../core/engine/resource.js';
import type { LatentFormat } from '../diffusion/ports.js';
import { cpuTensor, isCpuTensor, type Tensor } from '../tensor/tensor.js';

/** The names of a tensor's parts, and of what is known of a latent's format, in a value that crosses threads. */
const MARKS = { shape: 'tensorShape', values: 'tensorValues', format: 'latentFormat' } as const;

/** A result made of plain data and buffers of its own, which can be given away. */
export interface PortableResult {
  readonly entry: unknown;
  readonly buffers: readonly ArrayBuffer[];
}

/**
 * A copy of a result whose tensors lie in the CPU's memory, in a form that crosses threads and can be stored; undefined when it
 * holds anything but tensors, formats of latents, arrays of numbers and plain data.
 */
export function portableResult(entry: CacheEntry): PortableResult | undefined {
  const copies = new Map<Tensor, object>();
  const buffers: ArrayBuffer[] = [];
  const found = { isPortable: true };
  const copy = (value: unknown): unknown => {
    if (typeof value === 'function' || typeof value === 'symbol') found.isPortable = false;
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (isResource(value)) return copyOfTensor(value as Tensor);
    if (Array.isArray(value)) return value.map(copy);
    if (isFormat(value)) {
      const facts = Object.entries(value).filter(([, part]) => typeof part !== 'function');
      return { [MARKS.format]: Object.fromEntries(facts) };
    }
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part)]));
  };
  const copyOfTensor = (tensor: Tensor): unknown => {
    if (!('place' in tensor) || !isCpuTensor(tensor)) {
      found.isPortable = false;
      return undefined;
    }
    const known = copies.get(tensor);
    if (known) return known;
    const values = new Float32Array(tensor.data);
    const made = { [MARKS.shape]: tensor.shape, [MARKS.values]: values };
    copies.set(tensor, made);
    buffers.push(values.buffer);
    return made;
  };
  const portable = copy(entry);
  return found.isPortable ? { entry: portable, buffers } : undefined;
}

/** The `preview` of a format is a function: {@link resultFrom} is given what makes another. */
function isFormat(value: object): value is LatentFormat {
  return 'previewer' in value && 'preview' in value && typeof value.preview === 'function';
}

/**
 * The result that {@link portableResult} made portable: the same values, tensors that are shared among outputs still shared;
 * `formatFrom` makes formats of latents whole.
 */
export function resultFrom(
  portable: unknown,
  formatFrom: (facts: Omit<LatentFormat, 'preview'>) => LatentFormat,
): CacheEntry {
  const tensors = new Map<object, Tensor>();
  const restore = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (MARKS.values in value && MARKS.shape in value) {
      const tensor =
        tensors.get(value) ??
        cpuTensor(value[MARKS.values] as Float32Array, value[MARKS.shape] as readonly number[]);
      tensors.set(value, tensor);
      return tensor;
    }
    if (MARKS.format in value) return formatFrom(value[MARKS.format] as LatentFormat);
    if (Array.isArray(value)) return value.map(restore);
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, restore(part)]));
  };
  // It comes from a thread of the same program.
  return restore(portable) as CacheEntry;
}
