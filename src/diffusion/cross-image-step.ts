import { contentKey } from '../core/engine/content-key.js';
import { AppError } from '../core/errors.js';
import type { Tensor } from '../tensor/tensor.js';
import { maskNumber } from './mask-number.js';
import type { Conditioning, DenoiserPairRequest, KeysValues, LatentOps } from './ports.js';
import { predictionKey } from './predict.js';
import { regionShares } from './region-shares.js';
import { layerLaneNames, layerMasks, layerSource, sourceInputs } from './schedule-sources.js';
import { passTimesteps } from './step-axis.js';
import type {
  ForeignSource,
  FurtherSource,
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
  /** Further pictures that lanes can name. */
  readonly further?: Readonly<Partial<Record<FurtherSource, ReferenceStep | undefined>>>;
  /** Where each source is read, `[1, 1, height, width]` of any size; everywhere when undefined. */
  readonly masks?: Readonly<Partial<Record<ForeignSource, Tensor | undefined>>>;
  /** τ in softmax(τ Q Kᵀ / √d) on foreign keys, an inverse temperature above 0; 1, the paper's, when absent. method.md 16. */
  readonly sharpen?: Sharpening;
}

/** How steep the softmax on foreign keys is, and what scales the keys. */
export interface Sharpening {
  readonly sharpness: number;
  readonly ops: Pick<LatentOps, 'affine'>;
}

/** The noise with foreign and with own keys and values; the caller owns both tensors. */
export interface CrossImageResult {
  readonly cross: NoisePred;
  readonly self: NoisePred;
}

/** All that the passes of the run will ask for. */
function timestepsAhead({ model, step }: CrossImageRequest): readonly number[] {
  return passTimesteps(step.axis, { config: model.denoiser.scheduler });
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
          ahead: timestepsAhead(request),
          signal,
        })
      ).noisePred;
  const self = { noisePred, key, index: step.index };
  return { cross: { ...self, noisePred: noisePred.retain() }, self };
}

function branchOf(request: CrossImageRequest, source: ForeignSource): ReferenceStep {
  const { appearance, structure, further, schedule } = request;
  const branch = { appearance, structure, ...further }[source];
  if (branch) return branch;
  const { reference } = sourceInputs[source];
  throw new AppError({
    code: 'input/invalid',
    input: reference,
    reason:
      source === 'structure'
        ? 'the schedule injects structure, but no structure branch is linked'
        : `the schedule reads ${source} in pass ${String(schedule.index)}, but nothing is linked to ${reference}`,
    remedy:
      source === 'structure'
        ? 'Link a ReferenceBranch of the structure picture, or set structure_every to 0.'
        : `Link a ReferenceBranch of the picture, or take ${source} out of the lanes.`,
  });
}

/** Keys and values of a branch at this pass, with the key of the forward; retained for the caller, keys scaled where asked. */
async function lend(
  branch: ReferenceStep,
  sharpen: Sharpening | undefined,
  signal: AbortSignal,
): Promise<{ readonly key: string; readonly layers: KeysValues['layers'] }> {
  const { key, keysValues } = await branch.prediction({ keysValues: true }, signal);
  if (!keysValues)
    throw new Error(`Pass ${String(branch.index)} of a branch has no keys and values.`);
  const layers = keysValues.layers.map((layer) => ({
    // A scaled key scales its logits: the network need not know of temperatures.
    key: sharpen ? sharpen.ops.affine(layer.key, sharpen.sharpness, 0) : layer.key.retain(),
    value: layer.value.retain(),
  }));
  return { key, layers };
}

function tensorsOf(layers: KeysValues['layers']): readonly Tensor[] {
  return layers.flatMap(({ key, value }) => [key, value]);
}

type Lent = Awaited<ReturnType<typeof lend>>;

/** Keys and values of every branch that the layers read in this pass, appearance for what lies outside of masks. */
async function lendAll(
  request: CrossImageRequest,
  reads: readonly LayerRead[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ForeignSource, Lent>> {
  const wanted = new Set<ForeignSource>();
  for (const { source, masked } of reads) {
    if (source === 'own') continue;
    wanted.add(source);
    if (source !== 'appearance' && actingMask(request, masked, source)) wanted.add('appearance');
  }
  const lent = new Map<ForeignSource, Lent>();
  const sharpen = acting(request.sharpen);
  try {
    for (const source of wanted) {
      lent.set(source, await lend(branchOf(request, source), sharpen, signal));
    }
  } catch (cause) {
    giveBack(lent);
    throw cause;
  }
  return lent;
}

/** A sharpening that changes something. */
function acting(sharpen: Sharpening | undefined): Sharpening | undefined {
  return sharpen?.sharpness === 1 ? undefined : sharpen;
}

function giveBack(lent: ReadonlyMap<ForeignSource, Lent>): void {
  for (const { layers } of lent.values()) for (const tensor of tensorsOf(layers)) tensor.dispose();
}

/** What a layer reads in a pass, and the sources that keep to their masks in it. */
interface LayerRead {
  readonly source: KeyValueSource;
  readonly masked: readonly ForeignSource[];
}

/** The mask that a source keeps to, where it is among those that do. */
function actingMask(
  { masks }: CrossImageRequest,
  masked: readonly ForeignSource[],
  source: ForeignSource,
) {
  return masked.includes(source) ? masks?.[source] : undefined;
}

/** What a layer reads, and the name of that. */
async function readLayer(
  request: CrossImageRequest,
  lent: ReadonlyMap<ForeignSource, Lent>,
  { source, masked }: LayerRead,
  j: number,
): Promise<{ readonly asked: PairLayer; readonly key: unknown }> {
  const { schedule, model, samples } = request;
  const read = source === 'own' ? undefined : lent.get(source);
  if (source === 'own' || read === undefined) {
    return { asked: { source: undefined, contrast: 1 }, key: null };
  }
  const asked = { source: read.layers[j], contrast: schedule.contrast };
  const mask = actingMask(request, masked, source);
  if (mask === undefined) return { asked, key: read.key };
  const [, , height = 0, width = 0] = samples.samples.shape;
  const { downscale = 1 } = model.denoiser.mixedLayers[j] ?? {};
  const under = source === 'appearance' ? undefined : lent.get('appearance');
  const underMask = under && actingMask(request, masked, 'appearance');
  const shares = await regionShares(
    { mask, underMask, hasUnder: under !== undefined },
    height / downscale,
    width / downscale,
  );
  return {
    asked: { ...asked, region: { ...shares, under: under?.layers[j] } },
    key: [read.key, maskNumber(mask), under?.key, underMask && maskNumber(underMask)],
  };
}

type PairLayer = DenoiserPairRequest['layers'][number];

/**
 * The two predictions of a pass. Where the schedule mixes nothing both are the plain forward, which a branch with
 * the same latent lends without new work; else one forked forward gives both. Paper 4.1 and 4.2, method.md 6 and 7.
 * A source with an acting mask is read by the queries inside; outside, the appearance and then the result's own.
 * @throws AppError `input/invalid` when a source is to be read whose branch is not there.
 */
export async function crossImageStep(
  request: CrossImageRequest,
  signal: AbortSignal,
): Promise<CrossImageResult> {
  const { model, positive, samples, step, schedule } = request;
  const names = layerLaneNames(model.denoiser.mixedLayers);
  const reads = names.map((name) => ({
    source: layerSource(schedule, name),
    masked: layerMasks(schedule, name),
  }));
  if (reads.every(({ source }) => source === 'own')) return ownNoise(request, signal);
  const lent = await lendAll(request, reads, signal);
  try {
    const layers = await Promise.all(reads.map((read, j) => readLayer(request, lent, read, j)));
    const { self, cross } = await model.denoiser.predictPair({
      samples: samples.samples,
      timestep: step.timestep,
      promptEmbeds: positive.promptEmbeds,
      freeU: model.freeU,
      ahead: timestepsAhead(request),
      layers: layers.map(({ asked }) => asked),
      clip: schedule.clip,
      signal,
    });
    const selfKey = predictionKey(model, positive, samples.key, step.timestep);
    const crossKey = contentKey({
      kind: 'cross-image',
      self: selfKey,
      layers: layers.map(({ key }) => key),
      contrast: schedule.contrast,
      clip: schedule.clip,
      ...(acting(request.sharpen) && { sharpness: request.sharpen?.sharpness }),
    });
    return {
      self: { noisePred: self, key: selfKey, index: step.index },
      cross: { noisePred: cross, key: crossKey, index: step.index },
    };
  } finally {
    giveBack(lent);
  }
}
