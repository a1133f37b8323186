import type { ForecastFacts, ModelFacts } from '../../src/diffusion/forecast-facts.js';
import { stableDiffusionScheduler } from '../../src/diffusion/noise-schedule.js';

/** What the configuration of the network of formulas in `analytic-services.ts` would say. */
export const analyticModel: ModelFacts = {
  name: 'analytic',
  scheduler: stableDiffusionScheduler,
  unet: {
    weightBytes: 600,
    dtype: 'f32',
    largestBytes: 60,
    // Of ten multiply-adds four come after the fork.
    work: [
      { each: 6, extents: ['sample'], isForked: false },
      { each: 4, extents: ['sample'], isForked: true },
    ],
    latentChannels: 2,
    sampleSize: 4,
    blockChannels: [2, 2],
    layersPerBlock: 1,
    mixedLayers: [
      { downscale: 2, heads: 1, channels: 2 },
      { downscale: 1, heads: 1, channels: 2 },
    ],
  },
  text: { weightBytes: 200, dtype: 'f32', largestBytes: 40, work: [], tokens: 1, width: 1 },
  vae: {
    name: 'analytic',
    weightBytes: 200,
    dtype: 'f32',
    largestBytes: 20,
    encoderWork: [],
    decoderWork: [],
    latentChannels: 2,
    downscale: 8,
    nativeSize: 32,
    widestChannels: 0,
  },
};

/** Facts in which every model is the network of formulas, and every picture has the size that the tests give it. */
export const analyticFacts: ForecastFacts = {
  model: () => analyticModel,
  vae: () => analyticModel.vae,
  picture: () => ({ width: 48, height: 40 }),
};
