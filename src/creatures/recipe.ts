import { anyScene, type Scene } from './ground.js';
import { anyPalette, type Palette } from './palette.js';
import type { BodyPlan } from './plan.js';
import { anyIndividual, anyPose, type Pose } from './pose.js';
import { createRandom } from './random.js';
import { SPECIES, type Species } from './words.js';

/** Everything that makes a picture of a creature; the same recipe and size give the same bytes. */
export interface Recipe {
  readonly species: Species;
  readonly plan: BodyPlan;
  readonly pose: Pose;
  readonly palette: Palette;
  readonly scene: Scene;
  readonly facesLeft: boolean;
  /** How much of the room the animal takes, 0..1, and where it stands: shares of the picture's side. */
  readonly fill: number;
  readonly footing: number;
  readonly shift: number;
}

/** Streams of one seed: shape and looks are independent, whatever the other draws. */
const STREAMS = { shape: 1, looks: 2, scene: 3 } as const;

/**
 * The recipe that belongs to a seed; `species` fixes the kind of animal and leaves the rest to the seed.
 * @throws RangeError when `seed` is not a whole number in 0..2⁵³ - 1.
 */
export function recipeOf(seed: number, species?: Species): Recipe {
  const shape = createRandom(seed, STREAMS.shape);
  const drawn = shape.pick(SPECIES);
  const kind = species ?? drawn;
  return {
    species: kind,
    plan: anyIndividual(shape, kind),
    pose: anyPose(shape),
    facesLeft: shape.chance(0.5),
    fill: shape.range(0.84, 1),
    footing: shape.range(0.86, 0.94),
    shift: shape.range(-0.5, 0.5),
    palette: anyPalette(createRandom(seed, STREAMS.looks)),
    scene: anyScene(createRandom(seed, STREAMS.scene)),
  };
}

/** What a picture of the recipe shows, in words the text encoder knows. */
export function captionOf({ species, scene }: Recipe): string {
  const article = species === 'elephant' ? 'an' : 'a';
  return `a photo of ${article} ${species} on ${scene.ground}`;
}
