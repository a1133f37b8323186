import { assert } from '../core/errors.js';
import type { Tensor } from '../tensor/tensor.js';
import type { QueriesKeys } from '../tensor/correspondence.js';
import type { Asked, BranchForecast, BranchStepForecast } from './forecast-values.js';
import { chosenLayers, isLastLayer } from './lens-layers.js';
import type { MixedLayer } from './ports.js';
import { passToLookAt } from './lens-pass.js';
import { attentionOf } from './reference-attention.js';
import type { Prediction, Reference, ReferenceStep } from './sockets.js';

/** Inputs of a node that looks at a lens layer: whose attention. */
export const LENS_BRANCHES = {
  queries: { type: 'REFERENCE', tooltip: 'The branch of the picture that asks.' },
  appearance: { type: 'REFERENCE', tooltip: 'The branch of the picture that is looked at.' },
} as const;

/** Inputs of a node that looks at a lens layer: at which passes and head. */
export const LENS_PLACE = {
  step: {
    type: 'INT',
    unit: 'passes',
    default: 20,
    min: 0,
    max: 998,
    tooltip: 'The pass whose attention is looked at.',
  },
  until: {
    type: 'INT',
    unit: 'passes',
    default: -1,
    min: -1,
    max: 998,
    tooltip: 'The last of several passes whose attention is averaged; -1 looks at one alone.',
  },
  every: {
    type: 'INT',
    unit: 'passes',
    default: 5,
    min: 1,
    max: 998,
    tooltip: 'With until: how far the averaged passes are apart.',
  },
  head: {
    type: 'INT',
    default: -1,
    min: -1,
    max: 31,
    tooltip: 'The head that is looked at; -1 is the mean over all.',
  },
} as const;

/** The values of {@link LENS_PLACE}. */
export interface LensPlace {
  readonly step: number;
  readonly until: number;
  readonly every: number;
  readonly head: number;
  /** As `LENS_LAYER` has it. */
  readonly layer: string;
}

/** The passes that are looked at, of a branch with so many; the last one in place of those that were not run. */
function lensPasses(
  { step, until, every }: Pick<LensPlace, 'step' | 'until' | 'every'>,
  passes: number,
  warn?: (message: string) => void,
): readonly number[] {
  const last = passToLookAt(Math.max(step, until), passes, warn);
  const first = Math.min(step, last);
  const count = until < 0 ? 1 : 1 + Math.floor((last - first) / every);
  return Array.from({ length: count }, (_unused, i) => first + i * every);
}

interface AboutBranch {
  readonly about: BranchForecast;
}

/** What {@link lensLayers} asks of both branches before a run; the forecast of the asking one's first pass. */
export function forecastLens(
  asking: AboutBranch,
  asked: AboutBranch,
  place: Omit<LensPlace, 'head'>,
  context: Asked,
): BranchStepForecast {
  const passes = lensPasses(place, Math.min(asking.about.end, asked.about.end));
  const isLast = isLastLayer(place.layer);
  for (const pass of passes) {
    const own = asking.about.at(pass);
    own.askLatent(context);
    own.askPrediction(context, isLast ? ['attention'] : ['keysValues', 'queries']);
    const other = asked.about.at(pass);
    other.askLatent(context);
    other.askPrediction(context, [isLast ? 'attention' : 'keysValues']);
  }
  return asking.about.at(passes[0] ?? 0);
}

/** Cells of a picture's latent. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

/** Queries of one branch and keys of another at a pass, with the grids they belong to. */
export interface LensLayer extends QueriesKeys {
  /** Keys of the asking picture itself. */
  readonly ownKey: Float32Array;
  /** The grid of the queries. */
  readonly grid: Grid;
  /** The grid of the keys. */
  readonly keyGrid: Grid;
  /** Pixels of a picture per cell of the layer. */
  readonly downscale: number;
}

/**
 * Queries of `from` and keys of `to` at each of the passes, in each of the chosen layers, which are of one size. `head` below 0 means
 * the mean over heads. What is not there is told through `warn`, and the nearest taken: the last pass, the last full layer, the mean
 * of the heads.
 */
export async function lensLayers(
  { from, to, ...place }: { readonly from: Reference; readonly to: Reference } & LensPlace,
  { signal, warn }: { readonly signal: AbortSignal; readonly warn: (message: string) => void },
): Promise<readonly [LensLayer, ...LensLayer[]]> {
  const [first = 0, ...others] = lensPasses(place, Math.min(from.end, to.end), warn);
  const layers = await layersAt(from.at(first), to.at(first), place, { signal, warn });
  const [{ heads, grid, keyGrid }] = layers;
  if (place.head >= heads)
    warn(`The layer has ${String(heads)} heads, so the mean over all is looked at.`);
  if (grid.rows !== keyGrid.rows || grid.columns !== keyGrid.columns)
    warn(
      'The two pictures have different sizes: each map has the size of its own. The network compares them best when both are encoded at the same width and height.',
    );
  const all: [LensLayer, ...LensLayer[]] = [...layers];
  for (const pass of others) {
    all.push(...(await layersAt(from.at(pass), to.at(pass), place, { signal })));
  }
  return all;
}

interface LensHearing {
  readonly signal: AbortSignal;
  readonly warn?: ((message: string) => void) | undefined;
}

/** What a pass gives of the chosen layers of both branches. */
async function layersAt(
  asking: ReferenceStep,
  asked: ReferenceStep,
  { layer, head }: Pick<LensPlace, 'layer' | 'head'>,
  { signal, warn }: LensHearing,
): Promise<readonly [LensLayer, ...LensLayer[]]> {
  const { samples, format } = await asking.latent(signal);
  const other = await asked.latent(signal);
  const made = ({ layer: { downscale, heads, channels }, ...read }: LayerRead): LensLayer => ({
    ...read,
    channels,
    heads,
    head: head < 0 || head >= heads ? undefined : head,
    grid: gridOf(samples, downscale),
    keyGrid: gridOf(other.samples, downscale),
    downscale: downscale * format.downscale,
  });
  const [first, ...others] = isLastLayer(layer)
    ? [await lastLayer(asking, asked, signal)]
    : await readLayers(asking, asked, layer, { signal, warn });
  assert(first !== undefined, 'A network without mixed layers has nothing to look at.');
  return [made(first), ...others.map(made)];
}

interface LayerRead extends Pick<LensLayer, 'query' | 'key' | 'ownKey'> {
  readonly layer: Pick<MixedLayer, 'downscale' | 'heads' | 'channels'>;
}

/** The layer that masks are made from, of the forward that gives it to them. */
async function lastLayer(
  asking: ReferenceStep,
  asked: ReferenceStep,
  signal: AbortSignal,
): Promise<LayerRead> {
  const own = await attentionOf(asking, signal);
  const [, , channels = 1] = own.selfQuery.shape;
  const [query, ownKey] = await valuesOf([own.selfQuery, own.selfKey]);
  const [key] =
    asked === asking ? [ownKey] : await valuesOf([(await attentionOf(asked, signal)).selfKey]);
  return { query, ownKey, key, layer: { downscale: 1, heads: own.heads, channels } };
}

/** The layers of a choice, of forwards that give the queries of all. */
async function readLayers(
  asking: ReferenceStep,
  asked: ReferenceStep,
  choice: string,
  { signal, warn }: LensHearing,
): Promise<readonly LayerRead[]> {
  const own = await asking.prediction({ keysValues: true, queries: true }, signal);
  const all = own.queries?.layers ?? [];
  const kinds = all.map(({ layer }) => layer);
  const chosen = chosenLayers(choice, kinds, warn);
  const queries = valuesOf(chosen.flatMap((i) => all[i]?.query ?? []));
  const ownKeys = valuesOf(keysAt(own, chosen));
  const read = [await queries, await ownKeys] as const;
  const keys =
    asked === asking
      ? read[1]
      : await valuesOf(keysAt(await asked.prediction({ keysValues: true }, signal), chosen));
  return chosen.flatMap((i, j) => {
    const [query, ownKey, key, layer] = [read[0][j], read[1][j], keys[j], kinds[i]];
    return query && ownKey && key && layer ? [{ query, ownKey, key, layer }] : [];
  });
}

function keysAt({ keysValues }: Prediction, chosen: readonly number[]): readonly Tensor[] {
  return chosen.flatMap((i) => keysValues?.layers[i]?.key ?? []);
}

/** The values of borrowed tensors, which a branch may drop meanwhile. */
async function valuesOf<const Tensors extends readonly Tensor[]>(
  tensors: Tensors,
): Promise<{ readonly [Place in keyof Tensors]: Float32Array }> {
  for (const tensor of tensors) tensor.retain();
  try {
    const read: unknown = await Promise.all(tensors.map((tensor) => tensor.read()));
    return read as { readonly [Place in keyof Tensors]: Float32Array };
  } finally {
    for (const tensor of tensors) tensor.dispose();
  }
}

function gridOf({ shape: [, , rows = 0, columns = 0] }: Tensor, downscale: number): Grid {
  return { rows: rows / downscale, columns: columns / downscale };
}
