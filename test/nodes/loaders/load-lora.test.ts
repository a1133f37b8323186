import { expect } from '@open-wc/testing';
import loadCheckpoint from '../../../nodes/loaders/load-checkpoint.js';
import node from '../../../nodes/loaders/load-lora.js';
import { forecastRun } from '../../../src/app/run-forecast.js';
import { createForecaster } from '../../../src/core/forecast/forecast-graph.js';
import { analyticFacts } from '../../support/analytic-facts.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { graphNamed, nodeCalled, registry, withNodeAfter } from '../../support/example-graphs.js';
import { listen } from '../../support/execute-node.js';

const LORA = '900';

describe('LoadLoRA', () => {
  it('changes model and text encoder by their own strengths; 0 leaves a network as it is', async () => {
    const services = createAnalyticServices();
    const { context } = listen(services);
    const loading = { ckpt_name: 'analytic', prediction_type: 'auto', ema: false } as const;
    const { MODEL: model, CLIP: clip, VAE } = await loadCheckpoint.execute(loading, context);
    const inputs = { model, clip, lora_name: 'ink', strength_model: 0.5, strength_clip: 0 };
    const changed = await node.execute(inputs, context);
    expect(changed.MODEL.denoiser.id).to.equal('analytic + 0.5 ink');
    expect(changed.CLIP.textEncoder.id).to.equal('words');
    expect(services.claims()).to.equal(5);
    const values = [model, clip, VAE, changed.MODEL, changed.CLIP];
    for (const { checkpoint } of values) checkpoint.dispose();
    expect(services.claims()).to.equal(0);
  });

  it('is forecast to take the place of the networks that it changes, not to hold them twice', async () => {
    const { document: plain, ids } = await withLora(0, 0);
    const { document: changed } = await withLora(1, 1);
    const [before, after] = [plain, changed].map((document) => {
      const outlook = createForecaster(registry).forecast(document, analyticFacts);
      const loaders = new Set(ids);
      return forecastRun(outlook, new Set(outlook.order), loaders, { provider: 'wasm' }).memory;
    });
    expect(before?.weights).to.equal(1000);
    expect(after?.weights).to.equal(1000);
    expect(after?.results).to.equal(before?.results);
  });
});

/** The example with a LoRA after its checkpoint, and the nodes that give models. */
async function withLora(strengthModel: number, strengthClip: number) {
  const document = await graphNamed('appearance-transfer');
  const checkpoint = nodeCalled(document, 'LoadCheckpoint');
  const lora = {
    type: 'LoadLoRA',
    version: 1,
    inputs: {
      model: { link: [checkpoint, 'MODEL'] as const },
      clip: { link: [checkpoint, 'CLIP'] as const },
      lora_name: 'ink',
      strength_model: strengthModel,
      strength_clip: strengthClip,
    },
  };
  const changed = withNodeAfter(document, checkpoint, ['MODEL', 'CLIP'], [LORA, lora]);
  return { document: changed, ids: [checkpoint, LORA, nodeCalled(document, 'FreeU')] };
}
