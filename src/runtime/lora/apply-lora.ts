import { AppError } from '../../core/errors.js';
import type { PlacedTensor, WeightChange, WeightTable } from '../weight-table.js';
import { readWeight } from '../weight-values.js';
import type { LoraFile, LoraLayer } from './lora-file.js';

/** A network's weights with a LoRA's changes, which are computed when a weight is read. */
export interface LoraApplication {
  readonly table: WeightTable;
  /** How many layers were changed. */
  readonly fitting: number;
  /** Layers of the file meant for this network that it does not have, or not in this size. */
  readonly unfitting: readonly string[];
}

/**
 * Adds `strength * (alpha / rank) * up * down` to every layer of a network that the file names (Hu et al. 2021; kohya's
 * convention for alpha). `digest` names the file's content. Nothing is read here but alphas.
 */
export async function applyLora(
  table: WeightTable,
  network: 'unet' | 'text',
  file: LoraFile,
  digest: string,
  strength: number,
): Promise<LoraApplication> {
  const targets = new Map<string, string>();
  for (const key of table.tensors.keys()) {
    if (!key.endsWith('.weight')) continue;
    targets.set(`${network}_${key.slice(0, -'.weight'.length).replaceAll('.', '_')}`, key);
  }
  const tensors = new Map(table.tensors);
  const unfitting = file.unknown.filter((name) => name.startsWith(`${network}_`));
  let fitting = 0;
  for (const [name, layer] of file.layers) {
    if (!name.startsWith(`${network}_`)) continue;
    const key = targets.get(name);
    const tensor = key === undefined ? undefined : tensors.get(key);
    if (key === undefined || tensor === undefined || !fits(layer, tensor)) {
      unfitting.push(name);
      continue;
    }
    fitting++;
    const scale = strength * (await relativeAlpha(layer));
    const change = changeOf(layer, scale, `${digest} ${String(strength)}`, tensor.change);
    tensors.set(key, { ...tensor, change });
  }
  return { table: { ...table, tensors }, fitting, unfitting };
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

function fits({ down, up }: LoraLayer, target: PlacedTensor): boolean {
  const [rank = 0, ...inner] = down.entry.shape;
  const [out, upRank, ...kernel] = up.entry.shape;
  const isThin = rank > 0 && upRank === rank && count(kernel) === 1;
  const { shape } = target.entry;
  return isThin && out === shape[0] && count(shape) === (out ?? 0) * count(inner);
}

/** Alpha divided by the rank; 1 for files without alpha. */
async function relativeAlpha({ alpha, down }: LoraLayer): Promise<number> {
  if (alpha === undefined) return 1;
  const [value] = await readWeight(alpha);
  if (value === undefined || !Number.isFinite(value)) {
    const reason = 'The alpha of this layer is not a number; download the file again.';
    throw new AppError({
      code: 'model/invalid',
      file: alpha.source.name,
      tensor: alpha.key,
      reason,
    });
  }
  return value / (down.entry.shape[0] ?? 1);
}

function changeOf(
  { down, up }: LoraLayer,
  scale: number,
  key: string,
  before: WeightChange | undefined,
): WeightChange {
  return {
    key: before === undefined ? key : `${before.key} ${key}`,
    async addTo(values) {
      await before?.addTo(values);
      const [thin, wide] = [await readWeight(down), await readWeight(up)];
      addProduct(values, wide, thin, down.entry.shape[0] ?? 1, scale);
    },
  };
}

/** `values += scale * wide * thin` for `[rows, rank]` and `[rank, columns]`. */
export function addProduct(
  values: Float32Array,
  wide: Float32Array,
  thin: Float32Array,
  rank: number,
  scale: number,
): void {
  const rows = wide.length / rank;
  const columns = thin.length / rank;
  for (let row = 0; row < rows; row++) {
    const line = values.subarray(row * columns, (row + 1) * columns);
    for (let r = 0; r < rank; r++) {
      const factor = scale * (wide[row * rank + r] ?? 0);
      const source = thin.subarray(r * columns, (r + 1) * columns);
      for (let i = 0; i < columns; i++) line[i] = (line[i] ?? 0) + factor * (source[i] ?? 0);
    }
  }
}
