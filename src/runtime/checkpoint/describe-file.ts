import type { SafetensorsDtype, SafetensorsFile } from '../safetensors.js';
import type { ModelDescription, ModelKind } from './model-description.js';
import { ORIGINAL } from './original-layout.js';

/** What marks a kind of model: the first row of the table with a key that fits. Specific rows stand before general ones. */
const MARKS: readonly {
  readonly kind: ModelKind;
  readonly layout: ModelDescription['layout'];
  readonly key: RegExp;
  readonly reason: string;
}[] = [
  {
    kind: 'lora',
    layout: 'kohya',
    key: /^lora_(unet|te\d?)_.*\.lora_(down|up)\.weight$/,
    reason: 'Keys such as lora_unet_… are those of a LoRA made by kohya’s scripts.',
  },
  {
    kind: 'lora',
    layout: 'peft',
    key: /\.(lora_[AB]|lora\.(down|up))(\.default)?\.weight$|_lora\.(down|up)\.weight$/,
    reason:
      'Keys ending in lora_A and lora_B, or lora.down and lora.up, are those of a LoRA made by diffusers or PEFT.',
  },
  {
    kind: 'lora',
    layout: 'unknown',
    key: /\.(hada_w1_a|lokr_w1|lokr_w1_a)$/,
    reason: 'Keys with hada_ or lokr_ are those of a LyCORIS file.',
  },
  {
    kind: 'flux',
    layout: 'original',
    key: /(^|\.)double_blocks\.\d/,
    reason: 'It has double_blocks, the transformer of Flux.',
  },
  {
    kind: 'flux',
    layout: 'diffusers',
    key: /^single_transformer_blocks\./,
    reason: 'It has single_transformer_blocks, the transformer of Flux.',
  },
  {
    kind: 'sd3',
    layout: 'original',
    key: /(^|\.)joint_blocks\.\d/,
    reason: 'It has joint_blocks, the transformer of Stable Diffusion 3.',
  },
  {
    kind: 'sdxl',
    layout: 'original',
    key: /^conditioner\.embedders\.|^model\.diffusion_model\.label_emb\./,
    reason: 'It has label_emb or conditioner keys, which Stable Diffusion XL has.',
  },
  {
    kind: 'sd1',
    layout: 'original',
    key: /^model\.diffusion_model\.input_blocks\./,
    reason:
      'It has model.diffusion_model.input_blocks, the U-Net of Stable Diffusion in its original layout.',
  },
  {
    kind: 'vae',
    layout: 'original',
    key: /^(first_stage_model\.)?(encoder\.down|decoder\.up)\.\d/,
    reason: 'It has encoder.down and decoder.up, an autoencoder in the original layout.',
  },
  {
    kind: 'vae',
    layout: 'diffusers',
    key: /^(encoder\.down_blocks|decoder\.up_blocks)\.\d/,
    reason:
      'It has encoder.down_blocks and decoder.up_blocks, an autoencoder in the layout of diffusers.',
  },
  {
    kind: 'vae',
    layout: 'diffusers',
    key: /^(encoder|decoder)\.layers\.\d+\.conv\.0\.weight$/,
    reason: 'It has convolutions in encoder.layers and decoder.layers, an AutoencoderTiny (TAESD).',
  },
  {
    kind: 'vae',
    layout: 'original',
    key: /^(taesd_(encoder|decoder)\.)?3\.conv\.0\.weight$/,
    reason: 'It has numbered layers without a name before them, a TAESD in its original layout.',
  },
  {
    kind: 'textual-inversion',
    layout: 'unknown',
    key: /^(emb_params|clip_[lg]|<.*>|\*)$/,
    reason: 'It holds word vectors only: a textual inversion.',
  },
];

type Mark = Pick<(typeof MARKS)[number], 'kind' | 'layout' | 'reason'>;

/** Some trainers save the vectors under the word itself: one small matrix that is all of the file. */
function wordMark({ tensors }: SafetensorsFile): Mark | undefined {
  const [[key, { shape }] = ['', { shape: [] }], ...others] = [...tensors];
  const isVectors = shape.length <= 2 && WORD_WIDTHS.includes(shape.at(-1) ?? 0);
  const isFew = shape.length === 1 || (shape[0] ?? 0) <= MOST_TOKENS;
  if (others.length > 0 || !isVectors || !isFew || key.includes('.')) return undefined;
  const reason = `It holds nothing but vectors for the word ${key}: a textual inversion.`;
  return { kind: 'textual-inversion', layout: 'unknown', reason };
}

/** Widths of the text encoders of Stable Diffusion 1.x, 2.x and XL. */
const WORD_WIDTHS = [768, 1024, 1280];
/** A prompt has room for no more. */
const MOST_TOKENS = 75;

const TO_K = 'input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight';
const CONV_IN = `${ORIGINAL.unet}input_blocks.0.0.weight`;

/** What the header of one safetensors file tells of the model in it. */
export function describeFile(file: SafetensorsFile): ModelDescription {
  const keys = [...file.tensors.keys()];
  const mark = MARKS.find(({ key }) => keys.some((each) => key.test(each))) ?? wordMark(file);
  const reasons = mark === undefined ? ['No key of it is that of a known network.'] : [mark.reason];
  const kind = mark?.kind === 'sd1' ? kindByShapes(file, reasons) : (mark?.kind ?? 'unknown');
  const dtypes = weightTypes(file);
  if (dtypes.length > 1) reasons.push(`Its weights have several precisions: ${dtypes.join(', ')}.`);
  const prediction = predictionOf(file, kind, keys);
  return {
    kind,
    layout: mark?.layout ?? 'unknown',
    hasAveraged: keys.some((key) => key.startsWith(`${ORIGINAL.ema}diffusion_model`)),
    ...prediction,
    dtypes,
    components: componentsOf(keys, kind),
    byteLength: file.source.size,
    reasons,
    refusal: REFUSALS[kind],
  };
}

function kindByShapes({ tensors }: SafetensorsFile, reasons: string[]): ModelKind {
  const width = tensors.get(ORIGINAL.unet + TO_K)?.shape[1];
  const channels = tensors.get(CONV_IN)?.shape[1];
  if (channels === 9 || channels === 8) {
    reasons.push(`Its U-Net takes ${String(channels)} channels in place of 4.`);
    return 'inpainting';
  }
  if (width === undefined) return 'sd1';
  reasons.push(`Its text is ${String(width)} channels wide.`);
  if (width === 2048 || width === 1280) return 'sdxl';
  return width === 1024 ? 'sd2' : 'sd1';
}

function predictionOf(
  { metadata, tensors }: SafetensorsFile,
  kind: ModelKind,
  keys: readonly string[],
): Pick<ModelDescription, 'prediction' | 'isPredictionAssumed'> {
  if (kind !== 'sd1' && kind !== 'sd2')
    return { prediction: undefined, isPredictionAssumed: false };
  const said = (metadata['modelspec.prediction_type'] ?? '').toLowerCase();
  const architecture = metadata['modelspec.architecture'] ?? '';
  const isV = said.startsWith('v') || architecture.includes('-768-v') || tensors.has('v_pred');
  if (isV) return { prediction: 'v_prediction', isPredictionAssumed: false };
  if (said.startsWith('eps') || keys.length === 0) {
    return { prediction: 'epsilon', isPredictionAssumed: false };
  }
  return { prediction: 'epsilon', isPredictionAssumed: true };
}

function componentsOf(keys: readonly string[], kind: ModelKind): ModelDescription['components'] {
  if (kind === 'vae') return ['vae'];
  const has = (...prefixes: readonly string[]): boolean =>
    keys.some((key) => prefixes.some((prefix) => key.startsWith(prefix)));
  return [
    ...(has(ORIGINAL.unet) ? (['unet'] as const) : []),
    ...(has(ORIGINAL.vae) ? (['vae'] as const) : []),
    ...(has(ORIGINAL.clip, ORIGINAL.openClip) ? (['text_encoder'] as const) : []),
  ];
}

/** The types of a file's weights, those of most bytes first. */
export function weightTypes({ tensors }: SafetensorsFile): readonly SafetensorsDtype[] {
  const bytes = new Map<SafetensorsDtype, number>();
  for (const [key, { dtype, byteLength }] of tensors) {
    if (!/^(F32|F16|BF16)$/.test(dtype) || IN_NO_NETWORK.test(key)) continue;
    bytes.set(dtype, (bytes.get(dtype) ?? 0) + byteLength);
  }
  return [...bytes].sort(([, a], [, b]) => b - a).map(([dtype]) => dtype);
}

/** Tables of the noise schedule, which lie at the top of original checkpoints in a precision of their own. */
const IN_NO_NETWORK = /^[a-z0-9_]+$/;

/** Why a kind is not run, and what to do instead. */
export const REFUSALS: Readonly<Record<ModelKind, string | undefined>> = {
  sd1: undefined,
  sd2: undefined,
  vae: undefined,
  lora: undefined,
  sdxl: 'This is a Stable Diffusion XL model, whose network is another one; choose a Stable Diffusion 1.x or 2.x checkpoint.',
  sd3: 'This is a Stable Diffusion 3 model, a transformer without the U-Net that the method mixes; choose a Stable Diffusion 1.x or 2.x checkpoint.',
  flux: 'This is a Flux model, a transformer without the U-Net that the method mixes; choose a Stable Diffusion 1.x or 2.x checkpoint.',
  inpainting:
    'This model was made for inpainting or editing: its U-Net wants a mask or a second picture as well; choose the plain checkpoint of the same family.',
  'textual-inversion': undefined,
  unknown:
    'This file holds no network that is known here; choose a Stable Diffusion 1.x or 2.x checkpoint as safetensors.',
};
