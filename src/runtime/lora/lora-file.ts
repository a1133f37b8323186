import { AppError } from '../../core/errors.js';
import { describeFile } from '../checkpoint/describe-file.js';
import type { ByteSource } from '../byte-source.js';
import { readSafetensors } from '../safetensors.js';
import type { PlacedTensor } from '../weight-table.js';

/** One layer's pair of thin matrices: what is added to the layer's weights is `scale * up * down`. */
export interface LoraLayer {
  /** `[rank, in]`, or `[rank, in, k, k]` for a convolution. */
  readonly down: PlacedTensor;
  /** `[out, rank]`, or `[out, rank, 1, 1]`. */
  readonly up: PlacedTensor;
  /** A number that divides by the rank; undefined counts as the rank. */
  readonly alpha: PlacedTensor | undefined;
}

/** A LoRA file by the layers it changes. */
export interface LoraFile {
  readonly name: string;
  /** Layers by a name that both conventions share: the network, then its path with `_` for every dot. */
  readonly layers: ReadonlyMap<string, LoraLayer>;
  /** Layers with parts that are not understood, such as a third matrix or a magnitude. */
  readonly unknown: readonly string[];
  readonly source: ByteSource;
}

type Part = 'down' | 'up' | 'alpha';

/** How the conventions end a key, and which part of a layer that is. */
const ENDINGS: readonly (readonly [pattern: RegExp, part: Part])[] = [
  [/\.lora_down\.weight$/, 'down'],
  [/\.lora_up\.weight$/, 'up'],
  [/\.lora_A(?:\.default)?\.weight$/, 'down'],
  [/\.lora_B(?:\.default)?\.weight$/, 'up'],
  [/\.lora(?:_linear_layer)?\.down\.weight$/, 'down'],
  [/\.lora(?:_linear_layer)?\.up\.weight$/, 'up'],
  [/_lora\.down\.weight$/, 'down'],
  [/_lora\.up\.weight$/, 'up'],
  [/\.alpha$/, 'alpha'],
];

/** How the conventions begin a key. The text encoder's path begins with `text_model` in all of them. */
const BEGINNINGS: readonly (readonly [pattern: RegExp, network: 'unet' | 'text'])[] = [
  [/^lora_unet_/, 'unet'],
  [/^lora_te1?_/, 'text'],
  [/^text_encoder\./, 'text'],
  [/^unet\./, 'unet'],
  [/^base_model\.model\.(?=text_model)/, 'text'],
  [/^base_model\.model\./, 'unet'],
  [/^(?=text_model\.)/, 'text'],
  [/^/, 'unet'],
];

/**
 * Reads a LoRA's header and sorts its tensors by layer.
 * @throws AppError `model/unsupported` when the file is no LoRA, `model/invalid`.
 */
export async function readLora(source: ByteSource): Promise<LoraFile> {
  const file = await readSafetensors(source);
  const { kind } = describeFile(file);
  if (kind !== 'lora') {
    const reason = `This file is no LoRA (it looks like: ${kind}); choose a LoRA made for Stable Diffusion 1.x or 2.x.`;
    throw new AppError({ code: 'model/unsupported', file: source.name, reason });
  }
  const parts = new Map<string, Partial<Record<Part, PlacedTensor>>>();
  const unknown = new Set<string>();
  for (const [key, entry] of file.tensors) {
    const ending = ENDINGS.find(([pattern]) => pattern.test(key));
    if (ending === undefined) {
      unknown.add(layerName(key.replace(/\.[^.]*(\.weight)?$/, '')));
      continue;
    }
    const [pattern, part] = ending;
    const layer = layerName(key.replace(pattern, ''));
    parts.set(layer, { ...parts.get(layer), [part]: { source, entry, key } });
  }
  const layers = new Map<string, LoraLayer>();
  for (const [name, { down, up, alpha }] of parts) {
    if (down === undefined || up === undefined || unknown.has(name)) unknown.add(name);
    else layers.set(name, { down, up, alpha });
  }
  return { name: source.name, layers, unknown: [...unknown], source };
}

function layerName(path: string): string {
  const [beginning, network] = BEGINNINGS.find(([pattern]) => pattern.test(path)) ?? [/^/, 'unet'];
  // Old diffusers files name the processor that stood between a layer's attention and its projection.
  const inside = path
    .replace(beginning, '')
    .replace('.processor.', '.')
    .replace(/_proj_out$/, '_proj_out');
  return `${network}_${inside.replace(/\.to_out$/, '.to_out.0').replaceAll('.', '_')}`;
}
