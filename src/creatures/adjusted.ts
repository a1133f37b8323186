import { createRandom } from './random.js';
import { recipeOf, type Recipe } from './recipe.js';
import type { Ground, PatternName, Species } from './words.js';

/** How a creature is wanted; what is undefined is left to the seed. */
export interface Wishes {
  readonly species?: Species | undefined;
  readonly pose?: 'standing' | 'walking' | 'grazing' | undefined;
  readonly facesLeft?: boolean | undefined;
  readonly pattern?: PatternName | undefined;
  readonly ground?: Ground | undefined;
  /** The seed of colours and pattern, when they are another's. */
  readonly looksSeed?: number | undefined;
  /** Lengths as multiples of the individual's own. */
  readonly legs: number;
  readonly neck: number;
  readonly body: number;
  readonly head: number;
  /** Degrees by which the neck is raised. */
  readonly neckTurn: number;
}

/** Numbers of this stream of a seed decide nothing else. */
const POSE_STREAM = 4;

/**
 * The recipe of a seed with wishes granted; without any it is the seed's own.
 * @throws RangeError when a seed is not a whole number in 0..2⁵³ - 1.
 */
export function adjustedRecipe(seed: number, wishes: Wishes): Recipe {
  const own = recipeOf(seed, wishes.species);
  const looks = wishes.looksSeed === undefined ? own : recipeOf(wishes.looksSeed);
  const { plan, scene } = own;
  return {
    ...own,
    plan: {
      ...plan,
      leg: { ...plan.leg, length: plan.leg.length * wishes.legs },
      neck: { ...plan.neck, length: plan.neck.length * wishes.neck },
      body: { ...plan.body, length: plan.body.length * wishes.body },
      head: {
        ...plan.head,
        length: plan.head.length * wishes.head,
        height: plan.head.height * wishes.head,
      },
    },
    pose: poseOf(seed, own.pose, wishes),
    palette: patterned(looks.palette, wishes.pattern),
    scene: { ...scene, ground: wishes.ground ?? scene.ground },
    facesLeft: wishes.facesLeft ?? own.facesLeft,
  };
}

function poseOf(seed: number, own: Recipe['pose'], wishes: Wishes): Recipe['pose'] {
  const random = createRandom(seed, POSE_STREAM);
  const raised = { ...own, neckTurn: own.neckTurn + wishes.neckTurn };
  switch (wishes.pose) {
    case undefined:
      return raised;
    case 'standing':
      return { ...raised, grazing: 0, stride: random.range(0, 0.05) };
    case 'walking':
      return { ...raised, grazing: 0, stride: random.range(0.12, 0.26) };
    case 'grazing':
      return { ...raised, grazing: random.range(0.85, 1) };
  }
}

function patterned(
  palette: Recipe['palette'],
  pattern: PatternName | undefined,
): Recipe['palette'] {
  if (pattern === undefined) return palette;
  const { paints, grain } = palette;
  const { body, neck } = paints;
  return {
    grain,
    paints: { ...paints, body: { ...body, pattern }, neck: { ...neck, mark: body.mark, pattern } },
  };
}
