import type { DenoiserPairRequest } from '../../src/diffusion/ports.js';
import type { Model } from '../../src/diffusion/sockets.js';

/** A model that keeps what its last pair was asked for; the tensors stay claimed. */
export function watchPairs(model: Model) {
  let layers: DenoiserPairRequest['layers'] = [];
  let asked: Partial<DenoiserPairRequest> = {};
  const { denoiser } = model;
  const predictPair: typeof denoiser.predictPair = (request) => {
    ({ layers } = request);
    asked = request;
    for (const { source } of layers) source?.key.retain();
    return denoiser.predictPair(request);
  };
  return {
    model: { ...model, denoiser: { ...denoiser, predictPair } },
    layers: () => layers,
    asked: () => asked,
  };
}
