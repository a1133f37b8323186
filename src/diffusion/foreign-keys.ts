import { AppError } from '../core/errors.js';
import type { Tensor } from '../tensor/tensor.js';
import { maskAtSize } from './latent-mask.js';
import { maskNumber } from './mask-number.js';
import type { ForeignTokens, KeysValues, LatentOps, TokenRuns } from './ports.js';
import type { ForeignSource, FurtherSource } from './sockets.js';

/** What is read of foreign pictures otherwise than in the paper; the absent parts are the paper's. method.md 16. */
export interface BeyondKeys {
  /** τ in softmax(τ Q Kᵀ / √d) on foreign keys, an inverse temperature above 0. */
  readonly sharpness?: number;
  /** Divides rows of contrasted attention by their sums, which the clip left above 1. */
  readonly renormalize?: boolean;
  /** Reads the result's own keys beside the foreign ones, in one softmax. */
  readonly besideOwn?: boolean;
  /** Added to the logits of foreign keys; says something only beside own keys. */
  readonly foreignBias?: number;
  /** Where the appearance's keys are read from, `[1, 1, height, width]` of any size, above one half; everywhere when absent. */
  readonly appearanceKeys?: Tensor | undefined;
  /** Pictures whose keys are read beside the appearance's, each key counting so many times. */
  readonly weights?: Readonly<Partial<Record<FurtherSource, number>>>;
}

/** Keys and values of a pass of a branch. */
export interface LentKeys {
  readonly key: string;
  readonly layers: KeysValues['layers'];
}

/** The grid of a layer. */
interface Grid {
  readonly height: number;
  readonly width: number;
}

/** The pictures that are read where the appearance is, beside it: those with a weight above 0. */
export function besideAppearance(
  beyond: Pick<BeyondKeys, 'weights'> | undefined,
): readonly (readonly [FurtherSource, number])[] {
  const { c = 0, d = 0, e = 0, f = 0 } = beyond?.weights ?? {};
  const weights = [
    ['c', c],
    ['d', d],
    ['e', e],
    ['f', f],
  ] as const;
  return weights.filter(([, weight]) => weight > 0);
}

/** What a content key has to say of these settings: nothing while they are the paper's. */
export function beyondKey(beyond: BeyondKeys): object | undefined {
  const { sharpness = 1, renormalize = false, besideOwn = false, foreignBias = 0 } = beyond;
  const told = {
    ...(sharpness !== 1 && { sharpness }),
    ...(renormalize && { renormalize }),
    ...(besideOwn && { besideOwn, foreignBias }),
    ...(beyond.appearanceKeys && { appearanceKeys: maskNumber(beyond.appearanceKeys) }),
    ...(besideAppearance(beyond).length > 0 && { weights: besideAppearance(beyond) }),
  };
  return Object.keys(told).length > 0 ? told : undefined;
}

/** @throws AppError `input/invalid` when a picture has a weight but is not there. */
export function checkBeside(
  beyond: Pick<BeyondKeys, 'weights'>,
  further: Readonly<Partial<Record<FurtherSource, unknown>>>,
): void {
  const missing = besideAppearance(beyond).find(([source]) => further[source] === undefined);
  if (!missing) return;
  const [source] = missing;
  throw new AppError({
    code: 'input/invalid',
    input: `reference_${source}`,
    reason: `weight_${source} is above 0, but nothing is linked to reference_${source}`,
    remedy: `Link a ReferenceBranch of the picture, or set weight_${source} to 0.`,
  });
}

/**
 * What a layer reads where it reads `source`: as lent where that is the paper's way, else keys and values joined of what the settings
 * name, with the logarithms of their weights as biases. The caller disposes what `joined` holds.
 */
export async function foreignTokens(
  asked: { readonly keys: BeyondKeys; readonly ops: Pick<LatentOps, 'joinTokens'> } | undefined,
  lent: ReadonlyMap<ForeignSource, LentKeys>,
  source: ForeignSource,
  at: Grid & { readonly layer: number },
): Promise<{ readonly tokens: ForeignTokens | undefined; readonly joined: readonly Tensor[] }> {
  const own = lent.get(source)?.layers[at.layer];
  if (!own || !asked) return { tokens: own, joined: [] };
  const { keys: beyond, ops } = asked;
  const further = source === 'appearance' ? besideAppearance(beyond) : [];
  const mask = source === 'appearance' ? beyond.appearanceKeys : undefined;
  const foreignBias = beyond.besideOwn === true ? (beyond.foreignBias ?? 0) : 0;
  if (further.length === 0 && !mask && foreignBias === 0) return { tokens: own, joined: [] };
  const runs = mask && (await maskRuns(mask, at));
  const parts = [{ layer: own, runs, bias: foreignBias }];
  for (const [name, weight] of further) {
    const layer = lent.get(name)?.layers[at.layer];
    if (layer) parts.push({ layer, runs: undefined, bias: foreignBias + Math.log(weight) });
  }
  const join = (of: 'key' | 'value'): Tensor =>
    ops.joinTokens(parts.map(({ layer, runs }) => ({ tokens: layer[of], runs })));
  const [key, value] = [join('key'), join('value')];
  const bias = Float32Array.from(
    parts.flatMap(({ layer, runs, bias }) =>
      Array.from({ length: countOf({ tokens: layer.key, runs }) }, () => bias),
    ),
  );
  return { tokens: { key, value, bias }, joined: [key, value] };
}

function countOf({ tokens, runs }: TokenRuns): number {
  if (!runs) return tokens.shape[1] ?? 0;
  return runs.reduce((sum, [start, end]) => sum + end - start, 0);
}

/** The cells above one half in runs, of the mask at a grid's size; undefined, for all, when there are none. */
export async function maskRuns(mask: Tensor, { height, width }: Grid): Promise<TokenRuns['runs']> {
  const values = await (await maskAtSize(mask, height, width)).read();
  const runs: [number, number][] = [];
  values.forEach((value, i) => {
    if (value <= 0.5) return;
    const last = runs.at(-1);
    if (last?.[1] === i) last[1] = i + 1;
    else runs.push([i, i + 1]);
  });
  return runs.length > 0 ? runs : undefined;
}
