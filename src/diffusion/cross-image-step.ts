import { contentKey } from '../core/engine/content-key.js';
import { AppError } from '../core/errors.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Conditioning, DenoiserPairRequest, KeysValues, MixedLayer } from './ports.js';
import { predictionKey } from './predict.js';
import type {
  KeyValueSource,
  Latent,
  Model,
  NoisePred,
  ReferenceStep,
  ScheduleStep,
  Step,
} from './sockets.js';

/** What one pass of the loop predicts its noise from. Everything is borrowed. */
export interface CrossImageRequest {
  readonly model: Model;
  readonly positive: Conditioning;
  readonly samples: Latent;
  readonly step: Step;
  readonly schedule: ScheduleStep;
  readonly appearance: ReferenceStep;
  readonly structure: ReferenceStep | undefined;
}

/** The noise with foreign and with own keys and values; the caller owns both tensors. */
export interface CrossImageResult {
  readonly cross: NoisePred;
  readonly self: NoisePred;
}

/** The noise of a latent without mixing: a branch that made the very same forward lends its own. */
async function ownNoise(
  request: CrossImageRequest,
  signal: AbortSignal,
): Promise<CrossImageResult> {
  const { model, positive, samples, step, appearance, structure } = request;
  const key = predictionKey(model, positive, samples.key, step.timestep);
  const branch = [structure, appearance].find((one) => one?.predictionKey === key);
  const noisePred = branch
    ? (await branch.prediction({}, signal)).noisePred.retain()
    : (
        await model.denoiser.predict({
          samples: samples.samples,
          timesteps: [step.timestep],
          promptEmbeds: positive.promptEmbeds,
          freeU: model.freeU,
          signal,
        })
      ).noisePred;
  const self = { noisePred, key, index: step.index };
  return { cross: { ...self, noisePred: noisePred.retain() }, self };
}

function branchOf(
  { appearance, structure }: CrossImageRequest,
  source: Exclude<KeyValueSource, 'own'>,
): ReferenceStep {
  const branch = source === 'structure' ? structure : appearance;
  if (branch) return branch;
  throw new AppError({
    code: 'input/invalid',
    input: 'structure',
    reason: 'the schedule injects structure, but no structure branch is linked',
    remedy: 'Link a ReferenceBranch of the structure picture, or set structure_every to 0.',
  });
}

/** Keys and values of a branch at this pass, with the key of the forward; retained for the caller. */
async function lend(
  branch: ReferenceStep,
  signal: AbortSignal,
): Promise<{ readonly key: string; readonly layers: KeysValues['layers'] }> {
  const { key, keysValues } = await branch.prediction({ keysValues: true }, signal);
  if (!keysValues)
    throw new Error(`Pass ${String(branch.index)} of a branch has no keys and values.`);
  for (const layer of keysValues.layers) {
    layer.key.retain();
    layer.value.retain();
  }
  return { key, layers: keysValues.layers };
}

function tensorsOf(layers: KeysValues['layers']): readonly Tensor[] {
  return layers.flatMap(({ key, value }) => [key, value]);
}

/**
 * The two predictions of a pass. Where the schedule mixes nothing both are the plain forward, which a branch with
 * the same latent lends without new work; else one forked forward gives both. Paper 4.1 and 4.2, method.md 6 and 7.
 * @throws AppError `input/invalid` when structure is to be injected and there is no structure branch.
 */
export async function crossImageStep(
  request: CrossImageRequest,
  signal: AbortSignal,
): Promise<CrossImageResult> {
  const { model, positive, samples, step, schedule } = request;
  const { half, full } = schedule.sources;
  const sourceOf = ({ downscale }: MixedLayer): KeyValueSource => (downscale === 2 ? half : full);
  const kinds = [...new Set(model.denoiser.mixedLayers.map(sourceOf))].filter(
    (kind) => kind !== 'own',
  );
  if (kinds.length === 0) return ownNoise(request, signal);
  const lent = new Map<KeyValueSource, Awaited<ReturnType<typeof lend>>>();
  try {
    for (const kind of kinds) lent.set(kind, await lend(branchOf(request, kind), signal));
    const layers: DenoiserPairRequest['layers'] = model.denoiser.mixedLayers.map((layer, j) => {
      const source = lent.get(sourceOf(layer))?.layers[j];
      return { source, contrast: source ? schedule.contrast : 1 };
    });
    const { self, cross } = await model.denoiser.predictPair({
      samples: samples.samples,
      timestep: step.timestep,
      promptEmbeds: positive.promptEmbeds,
      freeU: model.freeU,
      layers,
      clip: schedule.clip,
      signal,
    });
    const selfKey = predictionKey(model, positive, samples.key, step.timestep);
    const crossKey = contentKey({
      kind: 'cross-image',
      self: selfKey,
      half: lent.get(half)?.key,
      full: lent.get(full)?.key,
      contrast: schedule.contrast,
      clip: schedule.clip,
    });
    return {
      self: { noisePred: self, key: selfKey, index: step.index },
      cross: { noisePred: cross, key: crossKey, index: step.index },
    };
  } finally {
    for (const { layers } of lent.values())
      for (const tensor of tensorsOf(layers)) tensor.dispose();
  }
}
