import { adjustedRecipe } from './adjusted.js';
import { drawCreature, type Creature } from './creature.js';
import { GROUNDS, PATTERNS, SPECIES } from './words.js';

const POSES = ['standing', 'walking', 'grazing'] as const;

/** A creature told in words and numbers: a word that is none of the known ones leaves the trait to the seed. */
export interface Wish {
  readonly seed: number;
  /** -1 for the colours and pattern of the seed. */
  readonly looks_seed: number;
  readonly species: string;
  readonly pose: string;
  readonly facing: string;
  readonly pattern: string;
  readonly ground: string;
  /** Multiples of the individual's own lengths. */
  readonly legs: number;
  readonly neck: number;
  readonly body: number;
  readonly head: number;
  /** Degrees. */
  readonly neck_turn: number;
}

/**
 * Draws a creature as wished, `size` × `size` pixels. Same wish and size, same bytes, on every machine.
 * @throws RangeError for a seed or size that {@link drawCreature} and its recipe do not take.
 */
export function drawWish(wish: Wish, size: number): Creature {
  const known = <Word extends string>(words: readonly Word[], asked: string): Word | undefined =>
    words.find((word) => word === asked);
  const facing = known(['left', 'right'], wish.facing);
  const recipe = adjustedRecipe(wish.seed, {
    species: known(SPECIES, wish.species),
    pose: known(POSES, wish.pose),
    facesLeft: facing && facing === 'left',
    pattern: known(PATTERNS, wish.pattern),
    ground: known(GROUNDS, wish.ground),
    looksSeed: wish.looks_seed < 0 ? undefined : wish.looks_seed,
    legs: wish.legs,
    neck: wish.neck,
    body: wish.body,
    head: wish.head,
    neckTurn: wish.neck_turn,
  });
  return drawCreature(recipe, size);
}
