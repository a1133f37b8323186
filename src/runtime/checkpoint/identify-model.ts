import { AppError } from '../../core/errors.js';
import { findPackJson, findPackText, type PackReader } from '../pack-reader.js';
import { readSafetensors, type SafetensorsFile } from '../safetensors.js';
import { findComponent } from './component-files.js';
import { describeFile, REFUSALS, weightTypes } from './describe-file.js';
import { tinyHalves } from './tiny-keys.js';
import type { ModelDescription, ModelKind } from './model-description.js';

/**
 * Tells what a model is from its file names, configs and headers; no weight is read.
 * @throws AppError `model/missing` when there is nothing to look at, `model/invalid` for broken files, `model/unsupported`
 * for pickles and other files that are no safetensors.
 */
export async function identifyModel(pack: PackReader): Promise<ModelDescription> {
  if (await isFolderLayout(pack)) return describeFolder(pack);
  const [first, ...others] = await openLooseFiles(pack);
  const description = await describeLoose(pack, first);
  const rest = others.reduce((sum, { source }) => sum + source.size, 0);
  return { ...description, byteLength: description.byteLength + rest };
}

/**
 * What a file that is no diffusers folder holds. A configuration of the original code (`.yaml`) beside it may say that the network
 * predicts v, which the file itself seldom does.
 */
export async function describeLoose(
  pack: PackReader,
  file: SafetensorsFile,
): Promise<ModelDescription> {
  const description = describeFile(file);
  if (!description.isPredictionAssumed) return description;
  for (const path of await topFiles(pack)) {
    if (!/\.ya?ml$/i.test(path)) continue;
    const text = (await findPackText(pack, path)) ?? '';
    const [, said] = /^\s*parameterization:\s*["']?(v|eps)\b/m.exec(text) ?? [];
    if (said === undefined) continue;
    const prediction = said === 'v' ? 'v_prediction' : 'epsilon';
    const reason = `${path} says that it predicts ${said === 'v' ? 'v' : 'the noise'}.`;
    const reasons = [...description.reasons, reason];
    return { ...description, prediction, isPredictionAssumed: false, reasons };
  }
  return description;
}

/**
 * The weight files of a pack that is no diffusers folder: one, or the two that TAESD is published in.
 * @throws AppError as {@link openSingleFile}.
 */
export async function openLooseFiles(
  pack: PackReader,
): Promise<readonly [SafetensorsFile, ...SafetensorsFile[]]> {
  const weights = (await topFiles(pack)).filter((path) => WEIGHTS.test(path));
  if (weights.length === 2) {
    const sources = await Promise.all(weights.map((path) => pack.open(path)));
    const files = await Promise.all(
      sources.flatMap((source) => (source === undefined ? [] : [readSafetensors(source)])),
    );
    const halves = files.map(({ tensors }) => tinyHalves(tensors));
    const [first, second] = files;
    if (first && second && halves.flat().toSorted().join() === 'decoder,encoder') {
      return [first, second];
    }
  }
  return [await openSingleFile(pack)];
}

/**
 * Whether a pack is a folder in the layout of diffusers, rather than one file, beside which configs may lie.
 * @throws AppError `model/invalid` for weights that are broken.
 */
export async function isFolderLayout(pack: PackReader): Promise<boolean> {
  const index = await pack.open('model_index.json');
  const config = await pack.open('unet/config.json');
  if (index === undefined && config === undefined) return false;
  if ((await findComponent(pack, 'unet')) !== undefined) return true;
  return ownWeights(await topFiles(pack)).length !== 1;
}

const WEIGHTS = /\.safetensors$/i;

/** The one weight file of a pack that is no diffusers folder. @throws AppError `model/missing` when there is none, or several. */
export async function openSingleFile(pack: PackReader): Promise<SafetensorsFile> {
  const file = await findSingleFile(pack);
  if (file !== undefined) return file;
  const files = await topFiles(pack);
  const reason = files.some((path) => /\.(ckpt|pt|pth|bin)$/i.test(path))
    ? 'It holds pickled weights only (.ckpt, .pt or .bin), which can run code when opened and are refused; get the .safetensors file of the same model.'
    : 'It has no file unet/config.json and no .safetensors file; choose a folder in the layout of diffusers, or one .safetensors file.';
  throw new AppError({ code: 'model/missing', name: pack.name, reason });
}

async function findSingleFile(pack: PackReader): Promise<SafetensorsFile | undefined> {
  const files = await topFiles(pack);
  const weights = ownWeights(files);
  const [only = files.length === 1 ? files[0] : undefined] = weights;
  if (weights.length > 1) {
    const reason = `It has several weight files (${weights.join(', ')}); choose one of them.`;
    throw new AppError({ code: 'model/missing', name: pack.name, reason });
  }
  const source = only === undefined ? undefined : await pack.open(only);
  return source && readSafetensors(source);
}

/** The weight files of a list, without a TAESD that lies beside others for previews. */
function ownWeights(files: readonly string[]): readonly string[] {
  const weights = files.filter((path) => WEIGHTS.test(path));
  const others = weights.filter((path) => !/^taesd_(encoder|decoder)\./.test(path));
  return others.length > 0 ? others : weights;
}

async function topFiles(pack: PackReader): Promise<readonly string[]> {
  return ((await pack.list?.()) ?? []).filter((path) => !path.includes('/'));
}

type Config = Readonly<Record<string, unknown>>;

function asConfig(json: unknown): Config | undefined {
  return typeof json === 'object' && json !== null ? { ...json } : undefined;
}

async function describeFolder(pack: PackReader): Promise<ModelDescription> {
  const index = asConfig(await findPackJson(pack, 'model_index.json'));
  const unet = asConfig(await findPackJson(pack, 'unet/config.json'));
  const reasons = [
    'It is a folder in the layout of diffusers: it has model_index.json or unet/config.json.',
  ];
  const kind = kindOfFolder(index, unet, reasons);
  const scheduler = asConfig(await findPackJson(pack, 'scheduler/scheduler_config.json'));
  const said = scheduler?.['prediction_type'];
  const components: ('unet' | 'vae' | 'text_encoder')[] = [];
  const files: SafetensorsFile[] = [];
  for (const folder of REFUSALS[kind] === undefined
    ? (['unet', 'vae', 'text_encoder'] as const)
    : []) {
    const found = await findComponent(pack, folder);
    if (found === undefined) continue;
    components.push(folder);
    files.push(...found.files);
  }
  const dtypes = [...new Set(files.flatMap(weightTypes))];
  if (dtypes.length > 1) reasons.push(`Its weights have several precisions: ${dtypes.join(', ')}.`);
  return {
    kind,
    layout: 'diffusers',
    hasAveraged: false,
    prediction: said === 'v_prediction' ? 'v_prediction' : 'epsilon',
    isPredictionAssumed: said === undefined,
    dtypes,
    components,
    byteLength: files.reduce((sum, { source }) => sum + source.size, 0),
    reasons,
    refusal: REFUSALS[kind],
  };
}

function kindOfFolder(
  index: Config | undefined,
  unet: Config | undefined,
  reasons: string[],
): ModelKind {
  const named = index?.['_class_name'];
  const pipeline = typeof named === 'string' ? named : '';
  if (pipeline !== '') reasons.push(`Its pipeline is ${pipeline}.`);
  if (pipeline.startsWith('Flux')) return 'flux';
  if (pipeline.startsWith('StableDiffusion3')) return 'sd3';
  if (pipeline.startsWith('StableDiffusionXL') || unet?.['addition_embed_type'] === 'text_time') {
    return 'sdxl';
  }
  if (unet === undefined) return 'unknown';
  const { in_channels: taken, out_channels: given, cross_attention_dim: width } = unet;
  if (taken !== given && (taken === 9 || taken === 8)) return 'inpainting';
  reasons.push(`Its text is ${String(width)} channels wide.`);
  return width === 1024 ? 'sd2' : 'sd1';
}
