import type { Denoiser, MixedLayer } from '../../src/diffusion/ports.js';
import type { Latent, Model, Reference, ReferenceStep } from '../../src/diffusion/sockets.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';

/** Whose look a cell has: the cell of the first picture that a cell of the second was taken from, on a grid of that many columns. */
export type Origin = (cell: number, columns: number) => number;

/** The same picture. */
export const itself: Origin = (cell) => cell;
/** The picture with left and right changed. */
export const mirrored: Origin = (cell, columns) => cell + columns - 1 - 2 * (cell % columns);
/** The picture moved to the right by a cell; what leaves it comes in at the left. */
export const shifted: Origin = (cell, columns) =>
  cell % columns === 0 ? cell + columns - 1 : cell - 1;

const CELLS = 16;
const layers: readonly MixedLayer[] = [
  { name: 'half', downscale: 2, heads: 1, channels: CELLS },
  { name: 'full', downscale: 1, heads: 1, channels: CELLS },
];

/** Every cell has a feature of its own, that of the cell it was taken from: attention leads from like to like. */
function features(origin: Origin, [rows, columns]: Size, { downscale }: MixedLayer): Tensor {
  const [high, wide] = [rows / downscale, columns / downscale];
  const values = new Float32Array(high * wide * CELLS);
  for (let cell = 0; cell < high * wide; cell += 1) values[cell * CELLS + origin(cell, wide)] = 20;
  return cpuTensor(values, [1, high * wide, CELLS]);
}

type Size = readonly [rows: number, columns: number];

function captured(origin: Origin, size: Size) {
  const made = layers.map((layer) => ({ layer, query: features(origin, size, layer) }));
  return {
    queries: { layers: made },
    keysValues: { layers: made.map(({ query }) => ({ key: query, value: query })) },
  };
}

/** A pass of a branch of which every cell's origin is known; a grid of 4 by 4 cells unless told otherwise. */
export function knownStep(origin: Origin, size: Size = [4, 4]): ReferenceStep {
  const [rows, columns] = size;
  const latent: Latent = {
    samples: cpuTensor(new Float32Array(2 * rows * columns), [1, 2, rows, columns]),
    key: `known ${origin.name}`,
    format: {
      channels: 2,
      downscale: 8,
      scalingFactor: 1,
      nativeSize: 32,
      previewer: 'nobody',
      preview: () => Promise.resolve({ width: 0, height: 0, data: new Uint8ClampedArray(0) }),
    },
  };
  const last = features(origin, size, { ...layers[0], downscale: 1 } as MixedLayer);
  return {
    index: 0,
    latentKey: latent.key,
    predictionKey: `${latent.key} ${size.join()}`,
    latent: () => Promise.resolve(latent),
    nextLatent: () => Promise.resolve(latent),
    prediction: () =>
      Promise.resolve({
        key: latent.key,
        noisePred: latent.samples,
        ...captured(origin, size),
        attention: { selfQuery: last, selfKey: last, heads: 1, textMap: last },
      }),
  };
}

/** A branch of such passes. */
export function knownBranch(origin: Origin, size?: Size): Reference {
  const step = knownStep(origin, size);
  const reference: Reference = {
    isSequence: true,
    first: 0,
    end: 7,
    at: () => step,
    keyAt: () => step.latentKey,
    key: step.latentKey,
    axis: { steps: 10, skip: 3 },
    byteLength: 0,
    retain: () => reference,
    dispose: () => undefined,
  };
  return reference;
}

/** The model with a network that sees every cell as itself. */
export function knownModel(model: Model): Model {
  const denoiser: Denoiser = {
    ...model.denoiser,
    id: 'known',
    mixedLayers: layers,
    predict: ({ samples }) =>
      Promise.resolve({
        noisePred: cpuTensor(new Float32Array(32), samples.shape),
        ...captured(itself, [4, 4]),
      }),
  };
  return { ...model, denoiser };
}
