import { defineNode } from '../../src/diffusion/define-node.js';

export default defineNode({
  type: 'AppearanceGuidance',
  version: 1,
  displayName: 'Appearance Guidance',
  category: 'denoise',
  description:
    'Exaggerates the change that the foreign keys and values made: the noise of the plain pass plus *strength* times the difference to the cross-image pass.',
  inputs: {
    cross: { type: 'NOISE_PRED', tooltip: 'The noise predicted with cross-image attention.' },
    self: { type: 'NOISE_PRED', tooltip: 'The noise predicted with the plain network.' },
    schedule: { type: 'SCHEDULE', slice: true, tooltip: 'Gives the strength of every pass.' },
  },
  outputs: { noise_pred: { type: 'NOISE_PRED', tooltip: 'The guided noise.' } },
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
