import { contentKey } from '../core/engine/content-key.js';
import type { Keepsakes } from './keepsakes.js';
import type { KvBank } from './kv-bank.js';
import type { Capture, Latent, Model, Prediction } from './sockets.js';
import type { Conditioning } from './ports.js';
import type { Tensor } from '../tensor/tensor.js';

/** Key of the noise that a model predicts for a latent: network, FreeU, latent, timestep and prompt. */
export function predictionKey(
  model: Model,
  positive: Conditioning,
  latentKey: string,
  timestep: number,
): string {
  return contentKey({
    kind: 'prediction',
    denoiser: model.denoiser.id,
    freeU: model.freeU,
    prompt: positive.key,
    latent: latentKey,
    timestep,
  });
}

/** Forwards of one model and prompt, each made once: noise is remembered here, captures in the bank. */
export interface Predictor {
  /** Bytes of remembered noise. */
  readonly byteLength: number;
  keyOf(latentKey: string, timestep: number): string;
  /** The prediction for a latent, borrowed; a forward only when something of it is not at hand. */
  predict(
    latent: Latent,
    timestep: number,
    capture: Capture,
    signal: AbortSignal,
  ): Promise<Prediction>;
  /** Frees the noise, the captures, and the claims on model and prompt. */
  dispose(): void;
}

/**
 * A predictor that keeps the model loaded and its captures in `bank` until it is disposed. Noise that `keepsakes` has of an
 * earlier thread is not predicted again; captures are, being too large to keep.
 */
export function createPredictor(
  model: Model,
  positive: Conditioning,
  bank: KvBank,
  keepsakes?: Keepsakes,
): Predictor {
  const noisePreds = new Map<string, Tensor>();
  let isDisposed = false;
  model.checkpoint.retain();
  positive.promptEmbeds.retain();

  /** Keys and values are captured every time: they cost nothing, and a branch is there to be read. */
  async function forward(
    key: string,
    latent: Latent,
    timestep: number,
    capture: Capture,
    signal: AbortSignal,
  ): Promise<Tensor> {
    signal.throwIfAborted();
    const known = noisePreds.get(key);
    const { noisePred, ...captured } = await model.denoiser.predict({
      samples: latent.samples,
      timesteps: [timestep],
      promptEmbeds: positive.promptEmbeds,
      freeU: model.freeU,
      capture: {
        keysValues: true,
        attention: capture.attention === true,
        queries: capture.queries === true,
      },
      signal,
    });
    bank.keep(key, captured);
    await bank.trim();
    if (isDisposed) {
      // The last claim was given back while the network ran: nobody will free this later.
      noisePred.dispose();
      bank.drop(key);
      throw new Error('A branch was freed while it was being computed.');
    }
    if (known) {
      bank.countRecompute();
      noisePred.dispose();
      return known;
    }
    noisePreds.set(key, noisePred);
    keepsakes?.keep(key, noisePred);
    return noisePred;
  }

  function knownNoise(key: string): Tensor | undefined {
    const known = noisePreds.get(key);
    if (known) return known;
    const kept = keepsakes?.find(key);
    if (kept) noisePreds.set(key, kept);
    return kept;
  }

  const keyOf = (latentKey: string, timestep: number): string =>
    predictionKey(model, positive, latentKey, timestep);
  return {
    get byteLength() {
      return [...noisePreds.values()].reduce((sum, tensor) => sum + tensor.byteLength, 0);
    },
    keyOf,
    async predict(latent, timestep, capture, signal) {
      const key = keyOf(latent.key, timestep);
      const wantsCaptures = Object.values(capture).includes(true);
      await bank.trim();
      const known = knownNoise(key);
      const isAtHand = known && (!wantsCaptures || bank.find(key, capture));
      const noisePred = isAtHand ? known : await forward(key, latent, timestep, capture, signal);
      const captured = wantsCaptures ? bank.find(key, capture) : undefined;
      return {
        key,
        noisePred,
        keysValues: captured?.keysValues,
        attention: captured?.attention,
        queries: captured?.queries,
      };
    },
    dispose() {
      isDisposed = true;
      for (const [key, tensor] of noisePreds) {
        tensor.dispose();
        bank.drop(key);
      }
      noisePreds.clear();
      positive.promptEmbeds.dispose();
      model.checkpoint.dispose();
    },
  };
}
