import { isSequence, type Sequence } from '../core/engine/sequence.js';
import type { Picture } from '../core/node/definition.js';
import type { ValueDescription, ValueFactName } from '../core/node/value-description.js';
import { resizeBicubic } from '../tensor/resize.js';
import { statisticsOf } from '../tensor/statistics.js';
import type { Tensor } from '../tensor/tensor.js';
import { maskToPicture, pixelsToPicture } from './image-processor.js';
import { partPicture } from './part-map.js';
import type { Conditioning } from './ports.js';
import type {
  Clusters,
  Image,
  Inversion,
  Latent,
  Mask,
  Model,
  NoisePred,
  Parts,
  Reference,
  ReferenceStep,
  ScheduleStep,
  Step,
  StepAxis,
  VaeValue,
} from './sockets.js';

type Facts = ValueDescription['facts'];

/** The longest side of a look at a value, in pixels. */
const lookSide = 192;

/**
 * What can be told of a value of the given socket type: size, range, distribution, a small picture, or a few facts.
 * Tensors are read back from the device here and nowhere else. What has no description of its own is told by its type.
 */
export async function describeValue(type: string, value: unknown): Promise<ValueDescription> {
  // The links of the graph have vouched for the value's type before it was computed.
  switch (type) {
    case 'IMAGE':
      return describeImage((value as Image).pixels);
    case 'MASK':
      return describeMask((value as Mask).values);
    case 'CLUSTERS': {
      const clusters = value as Clusters;
      const { width, height, noun } = clusters;
      return {
        type,
        size: [width, height],
        text: noun,
        picture: clusterPicture(clusters),
        clusters,
        facts: [],
      };
    }
    case 'PARTS': {
      const parts = value as Parts;
      const picture = look(partPicture(parts));
      return { type, size: [parts.width, parts.height], picture, facts: [] };
    }
    case 'LATENT': {
      const { samples, format } = value as Latent;
      const picture = await format.preview(samples);
      return { type, ...(await describeTensor(samples)), picture: look(picture), facts: [] };
    }
    case 'NOISE_PRED': {
      const { noisePred, index } = value as NoisePred;
      const told = await describeTensor(noisePred);
      const picture = look(await noisePicture(noisePred, told.tensor.statistics));
      return { type, ...told, picture, facts: [['pass', index]] };
    }
    case 'CONDITIONING': {
      const { prompt, promptEmbeds, words } = value as Conditioning;
      const facts: Facts = [['words', words.map(({ text }) => text).join(' ')]];
      return { type, text: prompt, ...(await describeTensor(promptEmbeds)), facts };
    }
    default:
      return describePlain(type, value);
  }
}

function describePlain(type: string, value: unknown): ValueDescription {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') {
    return { type, text: String(value), facts: [] };
  }
  return { type, facts: factsOf(type, value) };
}

function factsOf(type: string, value: unknown): Facts {
  switch (type) {
    case 'INVERSION': {
      const { axis, byteLength } = value as Inversion;
      return [...axisFacts(axis), ['bytes', byteLength]];
    }
    case 'REFERENCE': {
      if (!isSequence(value)) return [['pass', (value as ReferenceStep).index]];
      const { axis, byteLength } = value as Reference;
      return [...axisFacts(axis), ['bytes', byteLength]];
    }
    case 'SCHEDULE':
      return isSequence(value) ? sequenceFacts(value) : scheduleFacts(value as ScheduleStep);
    case 'STEP': {
      if (isSequence(value)) return sequenceFacts(value);
      const { index, total, timestep, alphaCumprod } = value as Step;
      return [
        ['pass', index],
        ['passes', total],
        ['timestep', timestep],
        ['alpha', alphaCumprod],
      ];
    }
    case 'MODEL': {
      const { denoiser } = value as Model;
      return [
        ['network', denoiser.id.slice(0, 12)],
        ['latent', `${String(denoiser.latentChannels)} × ${String(denoiser.sampleSize)}²`],
        ['mixedLayers', denoiser.mixedLayers.length],
      ];
    }
    case 'VAE':
      return [['native', (value as VaeValue).vae.format.nativeSize]];
    default:
      return [];
  }
}

function axisFacts({ steps, skip }: StepAxis): Facts {
  return [
    ['passes', steps - skip],
    ['steps', steps],
    ['skipped', skip],
  ];
}

function sequenceFacts({ first, end }: Sequence): Facts {
  return [['passes', `${String(first)}–${String(end - 1)}`]];
}

function scheduleFacts(step: ScheduleStep): Facts {
  const facts: [ValueFactName, string | number][] = [
    ['pass', step.index],
    ['half', step.sources.half],
    ['full', step.sources.full],
    ['contrast', step.contrast],
  ];
  if (step.guidance !== undefined) facts.push(['guidance', step.guidance]);
  facts.push(['adain', step.adain > 0 ? step.adain : '–']);
  return facts;
}

async function describeTensor(tensor: Tensor) {
  const { shape, place, byteLength } = tensor;
  const statistics = statisticsOf(await tensor.read());
  return { tensor: { shape, dtype: 'float32', place, byteLength, statistics } } as const;
}

async function describeImage(pixels: Tensor): Promise<ValueDescription> {
  const [, , height = 0, width = 0] = pixels.shape;
  const told = await describeTensor(pixels);
  const picture = look(await pixelsToPicture(pixels));
  return { type: 'IMAGE', ...told, size: [width, height], picture, facts: [] };
}

async function describeMask(values: Tensor): Promise<ValueDescription> {
  const [, , height = 0, width = 0] = values.shape;
  const told = await describeTensor(values);
  const scale = Math.max(1, Math.floor(lookSide / Math.max(1, width, height)));
  const picture = look(await maskToPicture(values, scale));
  const coverage = told.tensor.statistics.mean;
  return { type: 'MASK', ...told, size: [width, height], picture, coverage, facts: [] };
}

/** Each part in a grey of its own, brighter the more the noun stands out in it. */
function clusterPicture({ labels, width, height, scores }: Clusters): Picture {
  const order = scores
    .map((_score, part) => part)
    .sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const scale = Math.max(1, Math.floor(lookSide / Math.max(1, width, height)));
  const data = new Uint8ClampedArray(4 * width * height * scale * scale).fill(255);
  for (let i = 0; i < data.length / 4; i++) {
    const [x, y] = [i % (width * scale), Math.floor(i / (width * scale))];
    const part = labels[Math.floor(y / scale) * width + Math.floor(x / scale)] ?? 0;
    data.fill((255 * (1 + order.indexOf(part))) / (scores.length + 1), 4 * i, 4 * i + 3);
  }
  return { width: width * scale, height: height * scale, data };
}

/** The first three channels as red, green and blue; mid grey is the mean, black and white lie 2.5 deviations off. */
async function noisePicture(
  tensor: Tensor,
  { mean, std }: { readonly mean: number; readonly std: number },
): Promise<Picture> {
  const [, channels = 1, height = 0, width = 0] = tensor.shape;
  const values = await tensor.read();
  const area = width * height;
  const data = new Uint8ClampedArray(4 * area).fill(255);
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) {
      const value = values[Math.min(c, channels - 1) * area + i] ?? 0;
      data[4 * i + c] = 127.5 + ((value - mean) / (2.5 * std || 1)) * 127.5;
    }
  }
  return { width, height, data };
}

/** The picture made small enough to be looked at in passing; never made larger. */
function look(picture: Picture): Picture {
  const scale = lookSide / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  );
  const small = resizeBicubic({ ...picture, channels: 4 }, width ?? 1, height ?? 1);
  return { width: small.width, height: small.height, data: new Uint8ClampedArray(small.data) };
}
