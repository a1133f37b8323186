import { AppError } from '../../core/errors.js';
import { findPackJson, type PackReader } from '../pack-reader.js';
import { readSafetensors, type SafetensorsFile } from '../safetensors.js';
import { fileTable, joinTables, type WeightTable } from '../weight-table.js';

/** The weights of one network of a folder in the layout of diffusers. */
export interface ComponentFiles {
  readonly table: WeightTable;
  /** The files that the table is made of. */
  readonly files: readonly SafetensorsFile[];
}

const STEMS = ['diffusion_pytorch_model', 'model'] as const;
const ENDINGS = ['.safetensors', '.fp16.safetensors'] as const;
const INDEXES = ['.safetensors.index.json', '.safetensors.index.fp16.json'] as const;
const PICKLED = ['.bin', '.fp16.bin', '.bin.index.json'] as const;

/**
 * The weights in a folder of a pack: one file, or the parts that an index names.
 * @throws AppError `model/missing` for a folder without weights or an index whose part is not there, `model/unsupported` for
 * pickled weights, `model/invalid`.
 */
export async function openComponent(pack: PackReader, folder: string): Promise<ComponentFiles> {
  const found = await findComponent(pack, folder);
  if (found !== undefined) return found;
  for (const stem of ['diffusion_pytorch_model', 'pytorch_model']) {
    for (const ending of PICKLED) {
      const file = `${folder}/${stem}${ending}`;
      if ((await pack.open(file)) === undefined) continue;
      const reason =
        'The weights are there only as a pickle (.bin), which can run code when opened and is refused; get the .safetensors file of the same model.';
      throw new AppError({ code: 'model/unsupported', file, reason });
    }
  }
  throw missing(pack, `${folder}/${folder === 'text_encoder' ? 'model' : STEMS[0]}.safetensors`);
}

/** Like {@link openComponent}, but undefined for a folder without safetensors weights. */
export async function findComponent(
  pack: PackReader,
  folder: string,
): Promise<ComponentFiles | undefined> {
  for (const stem of STEMS) {
    for (const ending of ENDINGS) {
      const source = await pack.open(`${folder}/${stem}${ending}`);
      if (source === undefined) continue;
      const file = await readSafetensors(source);
      return { table: fileTable(file), files: [file] };
    }
    for (const ending of INDEXES) {
      const path = `${folder}/${stem}${ending}`;
      const index = await findPackJson(pack, path);
      if (index !== undefined) return openParts(pack, folder, path, index);
    }
  }
  return undefined;
}

async function openParts(
  pack: PackReader,
  folder: string,
  path: string,
  index: unknown,
): Promise<ComponentFiles> {
  const map = weightMap(index);
  if (map === undefined) {
    const reason = 'It is no index of weights: it has no weight_map of file names.';
    throw new AppError({ code: 'model/invalid', file: path, reason });
  }
  const files: SafetensorsFile[] = [];
  for (const name of new Set(map.values())) {
    const source = await pack.open(`${folder}/${name}`);
    if (source === undefined) throw missing(pack, `${folder}/${name}`);
    files.push(await readSafetensors(source));
  }
  const table = joinTables(path, files.map(fileTable));
  for (const [tensor, name] of map) {
    if (table.tensors.has(tensor)) continue;
    const reason = `The index says that ${name} has this tensor, but it does not; download both again.`;
    throw new AppError({ code: 'model/invalid', file: path, tensor, reason });
  }
  return { table, files };
}

/** Which file has which tensor; undefined when the index is none, or a name leads out of its folder. */
function weightMap(index: unknown): ReadonlyMap<string, string> | undefined {
  if (typeof index !== 'object' || index === null || !('weight_map' in index)) return undefined;
  const { weight_map: map } = index;
  if (typeof map !== 'object' || map === null) return undefined;
  const entries = Object.entries(map).filter(
    (pair): pair is [string, string] =>
      typeof pair[1] === 'string' && /^[\w.-]+\.safetensors$/.test(pair[1]),
  );
  return entries.length === Object.keys(map).length ? new Map(entries) : undefined;
}

function missing(pack: PackReader, path: string): AppError {
  const reason = `The model has no file ${path}; a folder in the layout of diffusers must hold it, as safetensors.`;
  return new AppError({ code: 'model/missing', name: pack.name, reason });
}
