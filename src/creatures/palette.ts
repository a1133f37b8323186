import { anyColour, distinctColour, scaled, type Rgb } from './colour.js';
import type { PaintedPart } from './parts.js';
import type { PatternGrain } from './pattern.js';
import type { Random } from './random.js';
import { PATTERNS, type PatternName } from './words.js';

/** How one part is painted: `mark` is the pattern's second colour. */
export interface Paint {
  readonly pattern: PatternName;
  readonly base: Rgb;
  readonly mark: Rgb;
}

/** The looks of one animal. */
export interface Palette {
  readonly grain: PatternGrain;
  readonly paints: Readonly<Record<PaintedPart, Paint>>;
}

/** How different the colours of two parts are at least, when colours allow it. */
const APART = 0.35;
const EYE: Rgb = [0.04, 0.04, 0.05];

/** One colour without a pattern. */
export function plain(base: Rgb): Paint {
  return { pattern: 'plain', base, mark: base };
}

/** The grain of a pattern, drawn at random. */
export function anyGrain(random: Random): PatternGrain {
  return {
    frequency: random.range(8, 14),
    phase: random.range(0, 6.283),
    seed: random.below(2147483648),
  };
}

/**
 * Looks drawn at random. Body, head, legs, neck and tail mostly have colours of their own, far from each
 * other, so that neither shape nor one part tells what another looks like.
 */
export function anyPalette(random: Random): Palette {
  const grain = anyGrain(random);
  const pattern = random.pick(PATTERNS);
  const base = anyColour(random);
  const mark = distinctColour(random, [base], APART);
  const coat: Paint = { pattern, base, mark };
  const taken: Rgb[] = [base, mark];
  const own = (patterned: number): Paint => {
    const colour = distinctColour(random, taken, APART);
    taken.push(colour);
    if (pattern === 'plain' || pattern === 'shade' || !random.chance(patterned))
      return plain(colour);
    return { pattern, base: colour, mark };
  };
  const maybeOwn = (chance: number, patterned: number): Paint =>
    random.chance(chance) ? own(patterned) : random.chance(0.5) ? coat : plain(base);
  const leg = maybeOwn(0.8, 0.2);
  const head = maybeOwn(0.75, 0.1);
  const neck = random.chance(0.5) ? coat : own(0.3);
  const tail = maybeOwn(0.7, 0);
  const hoof = plain(scaled(anyColour(random), 0.5));
  const snout = random.chance(0.5) ? plain(anyColour(random)) : plain(head.base);
  const horn = plain(random.chance(0.5) ? [0.36, 0.29, 0.21] : anyColour(random));
  const [ear, mane] = [plain(anyColour(random)), plain(anyColour(random))];
  return {
    grain,
    paints: { body: coat, neck, head, ear, leg, tail, horn, eye: plain(EYE), hoof, mane, snout },
  };
}
