import { AppError } from '../../core/errors.js';
import { findPackJson, type PackReader } from '../pack-reader.js';
import { fileTable, joinTables, type WeightTable } from '../weight-table.js';
import { findComponent } from './component-files.js';
import { describeFile } from './describe-file.js';
import { openLooseFiles } from './identify-model.js';
import { inferVaeConfig } from './infer-configs.js';
import type { ModelDescription } from './model-description.js';
import type { OpenNetwork } from './open-network.js';
import { ORIGINAL, renamedVae, withPrefix } from './original-layout.js';
import { renamedTiny } from './tiny-keys.js';

/** An autoencoder from a file or folder of its own, in either layout. @throws AppError as {@link openModel}. */
export async function openVae(pack: PackReader): Promise<OpenNetwork> {
  for (const folder of ['vae', '.']) {
    const configFile = folder === '.' ? 'config.json' : `${folder}/config.json`;
    const config = await findPackJson(pack, configFile);
    const found = config === undefined ? undefined : await findComponent(pack, folder);
    if (found !== undefined) return { config, configFile, ...found };
  }
  const files = await openLooseFiles(pack);
  const [file] = files;
  const { kind, layout } = describeFile(file);
  const { name } = file.source;
  const tables = files.map((each) => vaeTable(fileTable(each), layout));
  const table = joinTables(
    name,
    tables.filter((each) => each !== undefined),
  );
  const refused = (reason: string) =>
    new AppError({ code: 'model/unsupported', file: name, reason });
  if (table.tensors.size === 0) {
    throw refused(
      `This file holds no autoencoder (it looks like: ${kind}); choose a VAE, or a checkpoint with one inside.`,
    );
  }
  if (
    table.tensors.has('encoder.layers.0.weight') &&
    !table.tensors.has('decoder.layers.0.weight')
  ) {
    throw refused(
      'This is the encoder of TAESD alone, which gives no pictures; put taesd_decoder.safetensors beside it in one folder, and choose the folder.',
    );
  }
  const config = (await findPackJson(pack, 'vae/config.json')) ?? inferVaeConfig(table);
  return { config, configFile: name, table, files };
}

function vaeTable(file: WeightTable, layout: ModelDescription['layout']): WeightTable | undefined {
  if (layout === 'diffusers') return file;
  const tiny = renamedTiny(file);
  if (tiny !== undefined) return tiny;
  const inside = withPrefix(file.tensors, ORIGINAL.vae);
  const tensors = renamedVae(inside.size > 0 ? inside : file.tensors, []);
  return tensors.has('decoder.conv_in.weight') ? { name: file.name, tensors } : undefined;
}
