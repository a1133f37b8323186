import { defineNode } from '../../src/diffusion/define-node.js';
import { forecastKey } from '../../src/core/forecast/forecast-key.js';
import { tensorForecast } from '../../src/diffusion/forecast-values.js';

export default defineNode({
  type: 'AppearanceGuidance',
  version: 1,
  displayName: 'Appearance Guidance',
  category: 'denoise',
  description:
    'Exaggerates the change that the foreign keys and values made: the noise of the plain pass plus *strength* times the difference to the cross-image pass.',
  equation: 'ε = ε_self + α · (ε_cross − ε_self)',
  source: 'Paper, section on appearance guidance; method, section 7',
  reference: 'swap_guidance_scale',
  example: 'ablation',
  inputs: {
    cross: { type: 'NOISE_PRED', tooltip: 'The noise predicted with cross-image attention.' },
    self: { type: 'NOISE_PRED', tooltip: 'The noise predicted with the plain network.' },
    schedule: { type: 'SCHEDULE', slice: true, tooltip: 'Gives the strength of every pass.' },
  },
  outputs: {
    noise_pred: { type: 'NOISE_PRED', shape: '1×4×H/8×W/8', tooltip: 'The guided noise.' },
  },
  forecast({ cross, self, schedule }) {
    const { guidance } = schedule.about;
    if (guidance === undefined || cross.about.key === self.about.key) return { noise_pred: cross };
    const key = forecastKey(['guide', self.about.key, cross.about.key, guidance]);
    return { noise_pred: tensorForecast(cross.shape ?? [], { key, index: cross.about.index }) };
  },
  execute({ cross, self, schedule }, { services }) {
    if (schedule.guidance === undefined || cross.key === self.key) {
      cross.noisePred.retain();
      return { noise_pred: cross };
    }
    return {
      noise_pred: {
        noisePred: services.ops.guide(self.noisePred, cross.noisePred, schedule.guidance),
        key: `guide(${self.key},${cross.key},${String(schedule.guidance)})`,
        index: cross.index,
      },
    };
  },
});
