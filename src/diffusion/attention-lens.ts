import { AppError } from '../core/errors.js';
import type { Picture } from '../core/node/definition.js';
import type { QueriesKeys } from '../tensor/correspondence.js';
import type { Asked, BranchForecast, BranchStepForecast } from './forecast-values.js';
import { attentionOf } from './reference-attention.js';
import type { Reference } from './sockets.js';

/** Inputs of a node that looks at a lens layer: whose attention. */
export const LENS_BRANCHES = {
  queries: { type: 'REFERENCE', tooltip: 'The branch of the picture that asks.' },
  appearance: { type: 'REFERENCE', tooltip: 'The branch of the picture that is looked at.' },
} as const;

/** Inputs of a node that looks at a lens layer: at which pass and head. */
export const LENS_PLACE = {
  step: {
    type: 'INT',
    unit: 'passes',
    default: 20,
    min: 0,
    max: 998,
    tooltip: 'The pass whose attention is looked at.',
  },
  head: {
    type: 'INT',
    default: -1,
    min: -1,
    max: 31,
    tooltip: 'The head that is looked at; -1 is the mean over all.',
  },
} as const;

interface AboutBranch {
  readonly about: BranchForecast;
}

/** What {@link lensLayer} asks of both branches before a run; the forecast of the asking one's pass. */
export function forecastLens(
  asking: AboutBranch,
  asked: AboutBranch,
  step: number,
  context: Asked,
): BranchStepForecast {
  const at = ({ about }: AboutBranch) => about.at(Math.min(step, about.end - 1));
  const pass = at(asking);
  pass.askLatent(context);
  pass.askPrediction(context, ['attention']);
  at(asked).askPrediction(context, ['attention']);
  return pass;
}

/** Queries of one branch and keys of another at a pass, with the grid they belong to. */
export interface LensLayer extends QueriesKeys {
  readonly rows: number;
  readonly columns: number;
  readonly downscale: number;
}

/**
 * Queries of `from` and keys of `to` in the last decoder self-attention at the latent's own size, at pass `step`.
 * `head` below 0 means the mean over heads.
 * @throws AppError `input/invalid` for a pass or head that is not there, or branches of different sizes.
 */
export async function lensLayer(
  {
    from,
    to,
    step,
    head,
  }: {
    readonly from: Reference;
    readonly to: Reference;
    readonly step: number;
    readonly head: number;
  },
  signal: AbortSignal,
): Promise<LensLayer> {
  for (const passes of [from.end, to.end]) {
    if (step >= passes)
      throw refusal(
        'step',
        `a branch has ${String(passes)} passes, so there is no pass ${String(step)}`,
        `Set step to ${String(passes - 1)} or less.`,
      );
  }
  const [asking, asked] = [from.at(step), to.at(step)];
  const { samples, format } = await asking.latent(signal);
  const [, , rows = 0, columns = 0] = samples.shape;
  const own = await attentionOf(asking, signal);
  const [, , channels = 1] = own.selfQuery.shape;
  const { heads } = own;
  const query = await own.selfQuery.read();
  const key = await (await attentionOf(asked, signal)).selfKey.read();
  if (key.length !== query.length)
    throw refusal(
      'appearance',
      'the two pictures have different sizes',
      'Encode both at the same width and height.',
    );
  if (head >= heads)
    throw refusal(
      'head',
      `the layer has ${String(heads)} heads`,
      `Set head to ${String(heads - 1)} or less; -1 is the mean.`,
    );
  return {
    query,
    key,
    channels,
    heads,
    rows,
    columns,
    head: head < 0 ? undefined : head,
    downscale: format.downscale,
  };
}

function refusal(input: string, reason: string, remedy: string): AppError {
  return new AppError({ code: 'input/invalid', input, reason, remedy });
}

/** A picture of a grid, every cell `scale` pixels wide, in the colour that `colour` gives (0..255 each). */
export function gridPicture(
  { rows, columns }: { readonly rows: number; readonly columns: number },
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
  { rows, columns }: { readonly rows: number; readonly columns: number },
): readonly [number, number, number] {
  const x = (cell % columns) / Math.max(1, columns - 1);
  const y = Math.floor(cell / columns) / Math.max(1, rows - 1);
  return [255 * x, 255 * y, 255 * (1 - (x + y) / 2)];
}

/** The picture whose every cell is the cell of `source` that `found` names; of the grid's size in pixels. */
export function warped(
  source: Picture,
  { rows, columns, downscale }: Pick<LensLayer, 'rows' | 'columns' | 'downscale'>,
  found: Uint32Array,
): Picture {
  const [width, height] = [columns * downscale, rows * downscale];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const cell = found[Math.floor(y / downscale) * columns + Math.floor(x / downscale)] ?? 0;
    const fromX = (cell % columns) * downscale + (x % downscale);
    const fromY = Math.floor(cell / columns) * downscale + (y % downscale);
    const at = 4 * (fromY * source.width + fromX);
    data.set(source.data.subarray(at, at + 4), 4 * i);
  }
  return { width, height, data };
}
