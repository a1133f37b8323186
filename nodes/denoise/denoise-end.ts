import { defineNode } from '../../src/diffusion/define-node.js';

export default defineNode({
  type: 'DenoiseEnd',
  version: 1,
  displayName: 'Denoise End',
  category: 'denoise',
  description:
    'Closes the denoise zone: what arrives here goes to the next pass at the *Denoise Start*, and after the last pass out of the zone. The nodes between the two are the body of the loop.',
  source: 'Method, section 11.5',
  reference: 'the loop over zs[skip_steps:]',
  searchAliases: ['loop end', 'for', 'repeat'],
  zone: { kind: 'end', carries: ['samples'] },
  example: 'appearance-transfer',
  inputs: { samples: { type: 'LATENT', tooltip: 'The latents after this pass.' } },
  outputs: {
    samples: { type: 'LATENT', shape: '1×4×H/8×W/8', tooltip: 'The latents after the last pass.' },
  },
  forecast: ({ samples }) => ({ samples }),
  execute({ samples }) {
    samples.samples.retain();
    return { samples };
  },
});
