import type { Picture } from '../core/node/definition.js';
import type { QueriesKeys } from '../tensor/correspondence.js';
import type { Asked, BranchForecast, BranchStepForecast } from './forecast-values.js';
import { passToLookAt } from './lens-pass.js';
import { attentionOf } from './reference-attention.js';
import type { Reference, ReferenceStep } from './sockets.js';

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
}

/** The passes that are looked at, of a branch with so many; the last one in place of those that were not run. */
function lensPasses(
  { step, until, every }: Omit<LensPlace, 'head'>,
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
  for (const pass of passes) {
    const own = asking.about.at(pass);
    own.askLatent(context);
    own.askPrediction(context, ['attention']);
    const other = asked.about.at(pass);
    other.askLatent(context);
    other.askPrediction(context, ['attention']);
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
  readonly downscale: number;
}

/**
 * Queries of `from` and keys of `to` in the last decoder self-attention at the latent's own size, at each of the passes. `head` below
 * 0 means the mean over heads. What is not there is told through `warn`, and the nearest taken: the last pass, the mean of the heads.
 */
export async function lensLayers(
  { from, to, ...place }: { readonly from: Reference; readonly to: Reference } & LensPlace,
  { signal, warn }: { readonly signal: AbortSignal; readonly warn: (message: string) => void },
): Promise<readonly [LensLayer, ...LensLayer[]]> {
  const [first = 0, ...others] = lensPasses(place, Math.min(from.end, to.end), warn);
  const layer = await layerAt(from.at(first), to.at(first), place.head, signal);
  const { heads, grid, keyGrid } = layer;
  if (place.head >= heads)
    warn(`The layer has ${String(heads)} heads, so the mean over all is looked at.`);
  if (grid.rows !== keyGrid.rows || grid.columns !== keyGrid.columns)
    warn(
      'The two pictures have different sizes: each map has the size of its own. The network compares them best when both are encoded at the same width and height.',
    );
  const layers: [LensLayer, ...LensLayer[]] = [layer];
  for (const pass of others) {
    layers.push(await layerAt(from.at(pass), to.at(pass), place.head, signal));
  }
  return layers;
}

async function layerAt(
  asking: ReferenceStep,
  asked: ReferenceStep,
  head: number,
  signal: AbortSignal,
): Promise<LensLayer> {
  const { format } = await asking.latent(signal);
  const grid = await gridOf(asking, signal);
  const keyGrid = await gridOf(asked, signal);
  const own = await attentionOf(asking, signal);
  const { heads } = own;
  const [, , channels = 1] = own.selfQuery.shape;
  const query = await own.selfQuery.read();
  const ownKey = await own.selfKey.read();
  const key = asked === asking ? ownKey : await (await attentionOf(asked, signal)).selfKey.read();
  const { downscale } = format;
  const layer = { query, key, ownKey, channels, heads, grid, keyGrid, downscale };
  return { ...layer, head: head < 0 || head >= heads ? undefined : head };
}

async function gridOf(step: ReferenceStep, signal: AbortSignal): Promise<Grid> {
  const [, , rows = 0, columns = 0] = (await step.latent(signal)).samples.shape;
  return { rows, columns };
}

/** A picture of a grid, every cell `scale` pixels wide, in the colour that `colour` gives (0..255 each). */
export function gridPicture(
  { rows, columns }: Grid,
  scale: number,
  colour: (cell: number) => readonly [number, number, number],
): Picture {
  const [width, height] = [columns * scale, rows * scale];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i += 1) {
    const cell =
      Math.floor(Math.floor(i / width) / scale) * columns + Math.floor((i % width) / scale);
    data.set(colour(cell), 4 * i);
  }
  return { width, height, data };
}

/** A colour for each place of a grid: red grows to the right, green downwards, blue against both. */
export function placeColour(
  cell: number,
  { rows, columns }: Grid,
): readonly [number, number, number] {
  const x = (cell % columns) / Math.max(1, columns - 1);
  const y = Math.floor(cell / columns) / Math.max(1, rows - 1);
  return [255 * x, 255 * y, 255 * (1 - (x + y) / 2)];
}

/** The picture whose every cell is the cell of `source` that `found` names; of the size of the asking grid in pixels. */
export function warped(
  source: Picture,
  { grid, keyGrid, downscale }: Pick<LensLayer, 'grid' | 'keyGrid' | 'downscale'>,
  found: Uint32Array,
): Picture {
  const [width, height] = [grid.columns * downscale, grid.rows * downscale];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const cell = found[Math.floor(y / downscale) * grid.columns + Math.floor(x / downscale)] ?? 0;
    const fromX = (cell % keyGrid.columns) * downscale + (x % downscale);
    const fromY = Math.floor(cell / keyGrid.columns) * downscale + (y % downscale);
    const at = 4 * (fromY * source.width + fromX);
    data.set(source.data.subarray(at, at + 4), 4 * i);
  }
  return { width, height, data };
}
