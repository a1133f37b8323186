import { contentKey } from '../core/engine/content-key.js';
import { assert } from '../core/errors.js';
import { countClaims, createQueue } from './claims.js';
import { denoiseStep, stepKey } from './denoise-step.js';
import type { Keepsakes } from './keepsakes.js';
import type { KvBank } from './kv-bank.js';
import type { Conditioning, LatentOps } from './ports.js';
import { createPredictor, type Predictor } from './predict.js';
import type {
  Capture,
  Inversion,
  Latent,
  Model,
  Prediction,
  Reference,
  ReferenceStep,
} from './sockets.js';
import { passesOf, requirePass } from './step-axis.js';

/** Where a branch's latents come from: its own denoising with the stored noise maps, or the inversion's samples. */
export type ReferenceSource = 'replay' | 'inverted';

/** What a branch is made of. Everything is borrowed; the branch retains what it keeps. */
export interface ReferenceRequest {
  readonly ops: LatentOps;
  readonly bank: KvBank;
  readonly keepsakes?: Keepsakes | undefined;
  readonly model: Model;
  readonly positive: Conditioning;
  readonly inversion: Inversion;
  readonly source: ReferenceSource;
}

/** The latents of a branch: keys without work, values when asked for. Not for calls at the same time. */
interface Trajectory {
  readonly byteLength: number;
  keyAt(index: number): string;
  at(index: number, signal: AbortSignal): Promise<Latent>;
  dispose(): void;
}

/** The inversion's own samples x_k. method.md 3.4. */
function sampledTrajectory({ inversion }: ReferenceRequest): Trajectory {
  return {
    byteLength: 0,
    keyAt: (index) => inversion.latentAt(index).key,
    at: (index) => Promise.resolve(inversion.latentAt(index)),
    dispose: () => undefined,
  };
}

/** Latents denoised one after the other from the inversion's first, each once. method.md 11.3. */
function replayedTrajectory(
  { ops, inversion }: ReferenceRequest,
  predict: (index: number, latent: Latent, signal: AbortSignal) => Promise<Prediction>,
  predictor: Predictor,
): Trajectory {
  const latents: Latent[] = [];
  const keys: string[] = [];
  const keyAt = (index: number): string => {
    for (let i = keys.length; i <= index; i++) {
      const before = keys[i - 1];
      if (before === undefined) keys.push(inversion.latentAt(0).key);
      else {
        const step = inversion.step(i - 1);
        keys.push(stepKey(before, predictor.keyOf(before, step.timestep), step, inversion));
      }
    }
    return keys[index] ?? '';
  };
  return {
    get byteLength() {
      return latents.reduce((sum, { samples }) => sum + samples.byteLength, 0);
    },
    keyAt,
    async at(index, signal) {
      if (latents.length === 0) {
        const start = inversion.latentAt(0);
        latents.push({ ...start, samples: start.samples.retain() });
      }
      for (let i = latents.length; i <= index; i++) {
        const before = latents[i - 1];
        assert(before !== undefined, 'a replay grows by one latent at a time');
        const prediction = await predict(i - 1, before, signal);
        const step = inversion.step(i - 1);
        latents.push(await denoiseStep(ops, before, prediction, step, inversion, signal));
      }
      const latent = latents[index];
      assert(latent !== undefined, `the replay reached pass ${String(index)}`);
      return latent;
    },
    dispose() {
      for (const { samples } of latents) samples.dispose();
      latents.length = 0;
    },
  };
}

/**
 * A branch over the passes of an inversion. Nothing is computed before it is asked for, and each forward is made
 * once; forwards that equal the inversion's own are the inversion's. The caller owns the branch.
 */
export function createReference(request: ReferenceRequest): Reference {
  const { inversion, model, positive, source, bank, keepsakes } = request;
  inversion.retain();
  const predictor = createPredictor(model, positive, bank, keepsakes);
  const total = passesOf(inversion.axis);
  const inTurn = createQueue();
  const predict = (index: number, latent: Latent, capture: Capture, signal: AbortSignal) => {
    const { timestep } = inversion.step(index);
    return predictor.keyOf(latent.key, timestep) === inversion.predictionKeyAt(index)
      ? inversion.predictionAt(index, capture, signal)
      : predictor.predict(latent, timestep, capture, signal);
  };
  const trajectory =
    source === 'inverted'
      ? sampledTrajectory(request)
      : replayedTrajectory(
          request,
          (index, latent, signal) => predict(index, latent, {}, signal),
          predictor,
        );
  const claims = countClaims(() => {
    trajectory.dispose();
    predictor.dispose();
    inversion.dispose();
  });
  const key = contentKey({
    kind: 'reference',
    source,
    denoiser: model.denoiser.id,
    freeU: model.freeU,
    positive: positive.key,
    inversion: inversion.key,
  });
  const stepAt = (index: number): ReferenceStep => ({
    index,
    get latentKey() {
      return trajectory.keyAt(index);
    },
    get predictionKey() {
      return predictor.keyOf(trajectory.keyAt(index), inversion.step(index).timestep);
    },
    latent: (signal) => inTurn(() => trajectory.at(index, signal)),
    nextLatent: (signal) => inTurn(() => trajectory.at(index + 1, signal)),
    prediction: (capture, signal) =>
      inTurn(async () => predict(index, await trajectory.at(index, signal), capture, signal)),
  });
  const reference: Reference = {
    isSequence: true,
    first: 0,
    end: total,
    key,
    axis: inversion.axis,
    get byteLength() {
      return trajectory.byteLength + predictor.byteLength;
    },
    at(pass) {
      requirePass(pass, 0, total);
      return stepAt(pass);
    },
    keyAt: (pass) => contentKey([key, pass]),
    retain() {
      claims.add();
      return reference;
    },
    dispose: claims.give,
  };
  return reference;
}
