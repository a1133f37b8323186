import { pairWithinMemory, type PairRelief } from './pair-within-memory.js';
import { contentKey } from '../core/engine/content-key.js';
import { AppError } from '../core/errors.js';
import type { Tensor } from '../tensor/tensor.js';
import {
  besideAppearance,
  beyondKey,
  foreignTokens,
  type BeyondKeys,
  type LentKeys,
} from './foreign-keys.js';
import { maskNumber } from './mask-number.js';
import type { Conditioning, DenoiserPairRequest, LatentOps } from './ports.js';
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
  /** What is read of foreign pictures otherwise than in the paper, and what scales and joins keys for that. */
  readonly beyond?: {
    readonly keys: BeyondKeys;
    readonly ops: Pick<LatentOps, 'affine' | 'joinTokens'>;
  };
  /** What is given up when a pass finds no memory; it fails without. */
  readonly relief?: PairRelief;
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
  { beyond }: CrossImageRequest,
  signal: AbortSignal,
): Promise<LentKeys> {
  const { key, keysValues } = await branch.prediction({ keysValues: true }, signal);
  const sharpness = beyond?.keys.sharpness ?? 1;
  if (!keysValues)
    throw new Error(`Pass ${String(branch.index)} of a branch has no keys and values.`);
  const layers = keysValues.layers.map((layer) => ({
    // A scaled key scales its logits: the network need not know of temperatures.
    key:
      beyond && sharpness !== 1 ? beyond.ops.affine(layer.key, sharpness, 0) : layer.key.retain(),
    value: layer.value.retain(),
  }));
  return { key, layers };
}

function tensorsOf(layers: LentKeys['layers']): readonly Tensor[] {
  return layers.flatMap(({ key, value }) => [key, value]);
}

/** Keys and values of every branch that the layers read in this pass, appearance for what lies outside of masks. */
async function lendAll(
  request: CrossImageRequest,
  reads: readonly LayerRead[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ForeignSource, LentKeys>> {
  const wanted = new Set<ForeignSource>();
  for (const { source, masked } of reads) {
    if (source === 'own') continue;
    wanted.add(source);
    if (source !== 'appearance' && actingMask(request, masked, source)) wanted.add('appearance');
  }
  if (wanted.has('appearance')) {
    for (const [source] of besideAppearance(request.beyond?.keys)) wanted.add(source);
  }
  const lent = new Map<ForeignSource, LentKeys>();
  try {
    for (const source of wanted) {
      lent.set(source, await lend(branchOf(request, source), request, signal));
    }
  } catch (cause) {
    giveBack(lent);
    throw cause;
  }
  return lent;
}

function giveBack(lent: ReadonlyMap<ForeignSource, LentKeys>): void {
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
  lent: ReadonlyMap<ForeignSource, LentKeys>,
  { source, masked }: LayerRead,
  j: number,
): Promise<LayerAsk> {
  const { schedule, model, samples, beyond } = request;
  const read = source === 'own' ? undefined : lent.get(source);
  if (source === 'own' || read === undefined) {
    return { asked: { source: undefined, contrast: 1 }, key: null, joined: [] };
  }
  const [, , rows = 0, columns = 0] = samples.samples.shape;
  const { downscale = 1 } = model.denoiser.mixedLayers[j] ?? {};
  const grid = { height: rows / downscale, width: columns / downscale, layer: j };
  const mask = actingMask(request, masked, source);
  const under = mask && source !== 'appearance' ? lent.get('appearance') : undefined;
  const underMask = under && actingMask(request, masked, 'appearance');
  const shares =
    mask &&
    (await regionShares(
      { mask, underMask, hasUnder: under !== undefined },
      grid.height,
      grid.width,
    ));
  const { tokens, joined } = await foreignTokens(beyond, lent, source, grid);
  const asked = { source: tokens, contrast: schedule.contrast };
  if (mask === undefined || shares === undefined) return { asked, key: read.key, joined };
  const below = under && (await foreignTokens(beyond, lent, 'appearance', grid));
  return {
    asked: { ...asked, region: { ...shares, under: below?.tokens } },
    key: [read.key, maskNumber(mask), under?.key, underMask && maskNumber(underMask)],
    joined: [...joined, ...(below?.joined ?? [])],
  };
}

/** What a layer is asked to read, the name of that, and what was made for it. */
interface LayerAsk {
  readonly asked: DenoiserPairRequest['layers'][number];
  readonly key: unknown;
  readonly joined: readonly Tensor[];
}

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
  const layers: LayerAsk[] = [];
  try {
    for (const [j, read] of reads.entries()) layers.push(await readLayer(request, lent, read, j));
    const asked: DenoiserPairRequest = {
      samples: samples.samples,
      timestep: step.timestep,
      promptEmbeds: positive.promptEmbeds,
      freeU: model.freeU,
      ahead: timestepsAhead(request),
      layers: layers.map(({ asked }) => asked),
      clip: schedule.clip,
      renormalize: request.beyond?.keys.renormalize === true,
      besideOwn: request.beyond?.keys.besideOwn === true,
      signal,
    };
    const { self, cross } = request.relief
      ? await pairWithinMemory(model.denoiser, asked, request.relief)
      : await model.denoiser.predictPair(asked);
    const selfKey = predictionKey(model, positive, samples.key, step.timestep);
    const crossKey = contentKey({
      kind: 'cross-image',
      self: selfKey,
      layers: layers.map(({ key }) => key),
      contrast: schedule.contrast,
      clip: schedule.clip,
      ...keyOfBeyond(request.beyond?.keys, lent),
    });
    return {
      self: { noisePred: self, key: selfKey, index: step.index },
      cross: { noisePred: cross, key: crossKey, index: step.index },
    };
  } finally {
    for (const { joined } of layers) for (const tensor of joined) tensor.dispose();
    giveBack(lent);
  }
}

/** What is read beyond the paper, with the forwards of the pictures beside the appearance; nothing where that is nothing. */
function keyOfBeyond(
  beyond: BeyondKeys | undefined,
  lent: ReadonlyMap<ForeignSource, LentKeys>,
): { readonly beyond?: unknown } {
  const told = beyond && beyondKey(beyond);
  const beside = besideAppearance(beyond).map(([source]) => lent.get(source)?.key);
  return told ? { beyond: [told, beside] } : {};
}
