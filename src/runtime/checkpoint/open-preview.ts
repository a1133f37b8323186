import type { PackReader } from '../pack-reader.js';
import type { OpenNetwork } from './open-network.js';
import { openVae } from './open-vae.js';

/** Where a TAESD lies beside a checkpoint: as published, or a folder of diffusers. */
const PUBLISHED = /^(?:(?:vae_approx|taesd)\/)?taesd_decoder\.safetensors$/;
const CONFIG = 'taesd/config.json';

/**
 * The small autoencoder (TAESD) that a model's folder brings for looking at latents on the way; undefined when there is none, or
 * where the place cannot list its files. @throws AppError as `openVae`.
 */
export async function openPreview(pack: PackReader): Promise<OpenNetwork | undefined> {
  const paths = (await pack.list?.()) ?? [];
  if (paths.includes(CONFIG)) return openVae(within(pack, 'taesd/', paths));
  const decoder = paths.find((path) => PUBLISHED.test(path));
  if (decoder === undefined) return undefined;
  const folder = decoder.slice(0, decoder.lastIndexOf('/') + 1);
  return openVae(within(pack, folder, [decoder]));
}

/** Some files of a folder of a pack as a pack. */
function within(pack: PackReader, folder: string, paths: readonly string[]): PackReader {
  const inside = paths.flatMap((path) =>
    path.startsWith(folder) ? [path.slice(folder.length)] : [],
  );
  return {
    name: pack.name,
    open: (path) => (inside.includes(path) ? pack.open(folder + path) : Promise.resolve(undefined)),
    list: () => Promise.resolve(inside),
  };
}
