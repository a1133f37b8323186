import { AppError } from '../../src/core/errors.js';
import { defineNode } from '../../src/diffusion/define-node.js';
import { maskToPicture } from '../../src/diffusion/image-processor.js';
import { fullMask } from '../../src/diffusion/latent-mask.js';
import { passToLookAt } from '../../src/diffusion/lens-pass.js';
import { attentionOf } from '../../src/diffusion/reference-attention.js';
import { nounsInPrompt, promptHas, segment } from '../../src/diffusion/self-segmentation.js';
import type { Conditioning } from '../../src/diffusion/ports.js';
import type { Clusters } from '../../src/diffusion/sockets.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { floatBytes } from '../../src/diffusion/forecast-facts.js';
import { plainForecast, tensorForecast } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'SelfSegmentationMask',
  version: 1,
  displayName: 'Self-Segmentation Mask',
  category: 'mask',
  description: [
    'Finds the foreground from the network’s own attention: k-means on the **self-attention** of the finest decoder layer cuts the picture into parts, and the parts where the **text attention** of the noun stands out are the foreground (Patashnik et al., *Prompt Mixing*; method, section 10; `domain_name`, `object_noun` in the reference code).',
    '',
    'An empty mask, or a noun that the prompt does not hold, is told and does not stop the run: AdaIN then takes the whole picture. Draw a mask of your own and load it with *Load Mask* where this one fails.',
  ].join('\n'),
  equation: [
    'clusters = k-means(mean over heads of A_self)',
    'M = ⋃ { c : score(c) > threshold · mean of the other scores }',
  ].join('\n'),
  source: 'Patashnik et al., Prompt Mixing; method, section 10',
  reference: 'domain_name, object_noun',
  searchAliases: ['segmentation', 'foreground', 'clusters', 'object_noun', 'domain_name'],
  example: 'appearance-transfer',
  inputs: {
    reference: { type: 'REFERENCE', tooltip: 'The branch of the picture.' },
    positive: {
      type: 'CONDITIONING',
      tooltip: 'The prompt whose words the network related to the picture.',
    },
    noun: {
      type: 'STRING',
      default: 'animal',
      tooltip: 'The word of the prompt that names the foreground; of several words each counts.',
    },
    step: {
      type: 'INT',
      unit: 'passes',
      default: 20,
      min: 0,
      max: 998,
      tooltip: 'The pass whose attention is looked at: 20 in the reference code.',
    },
    clusters: {
      type: 'INT',
      default: 5,
      min: 2,
      max: 32,
      tooltip:
        'Number of parts that the picture is cut into: 5 in the reference code; the embedded model, whose attention gathers the parts of an animal, wants 12.',
    },
    threshold: {
      type: 'FLOAT',
      default: 1.4,
      min: 0,
      max: 10,
      step: 0.05,
      tooltip:
        'A part is foreground when the noun’s attention there exceeds the mean of the others by this factor; lower takes more. 1.4 in the reference code, 0.8 for the embedded model.',
    },
    restarts: {
      type: 'INT',
      default: 10,
      min: 1,
      max: 100,
      tooltip: 'How often k-means starts anew; the best of them counts.',
    },
    seed: {
      type: 'INT',
      default: 1,
      min: 0,
      max: 0xffffffff,
      tooltip: 'Seed of the k-means starts.',
    },
  },
  outputs: {
    MASK: {
      type: 'MASK',
      shape: 'H/8×W/8',
      tooltip: 'The foreground, at the size of the latents.',
    },
    clusters: {
      type: 'CLUSTERS',
      shape: 'H/8×W/8',
      tooltip:
        'The parts that the picture was cut into, with the noun’s score in each, for the mask editor.',
    },
  },
  forecast({ reference, positive, noun, step }, context) {
    const slice = reference.about.at(passToLookAt(step, reference.about.end));
    const [, , height = 0, width = 0] = slice.shape;
    slice.askLatent(context);
    if (promptHas(positive.about.prompt, noun)) {
      slice.askPrediction(context, ['attention']);
      // The attention of every cell to every other.
      context.scratch(floatBytes([height * width, height * width]));
    }
    return {
      MASK: tensorForecast([1, 1, height, width], null),
      clusters: plainForecast(null),
    };
  },
  async execute(inputs, { services, signal, warn, show }) {
    const { reference, positive, noun, step } = inputs;
    const slice = reference.at(passToLookAt(step, reference.end, warn));
    const { samples, format } = await slice.latent(signal);
    const [, , height = 0, width = 0] = samples.shape;
    const show8Bit = async (values: Tensor, clusters: Clusters) => {
      show('mask', await maskToPicture(values, format.downscale));
      return { MASK: { values }, clusters };
    };
    if (!isInPrompt(positive, noun, warn)) {
      const labels = new Uint8Array(height * width);
      const none = { labels, width, height, scores: [0], meanScore: 0, noun };
      return show8Bit(fullMask(height, width, 0), none);
    }
    const attention = await attentionOf(slice, signal);
    const { mask, clusters } = await segment(
      { ...inputs, ops: services.ops, attention, height, width },
      signal,
      warn,
    );
    return show8Bit(mask, clusters);
  },
});

/** Whether the noun can be looked for; a noun that the prompt does not hold is told. */
function isInPrompt(
  positive: Conditioning,
  noun: string,
  warn: (message: string) => void,
): boolean {
  try {
    nounsInPrompt(positive, noun);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.details.code !== 'input/invalid') throw error;
    warn(`The mask is empty: ${error.details.reason}. ${error.details.remedy}`);
    return false;
  }
}
