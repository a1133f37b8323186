import type { Random } from './random.js';
import { BODY_PLANS, type BodyPlan } from './plan.js';
import type { Species } from './words.js';

/** How one animal stands, apart from its kind. */
export interface Pose {
  /** Where in its stride the animal is, in radians, and how far it strides (0 stands still). */
  readonly legPhase: number;
  readonly stride: number;
  /** Degrees added to the neck's angle. */
  readonly neckTurn: number;
  /** How far the neck is lowered to graze, 0 (not at all) to 1. */
  readonly grazing: number;
  /** Degrees added to the head's droop. */
  readonly headTurn: number;
  /** Degrees added to the tail's rise. */
  readonly tailTurn: number;
}

/** A pose drawn at random: mostly head up and walking, sometimes grazing or standing. */
export function anyPose(random: Random): Pose {
  const grazes = random.chance(0.15);
  return {
    legPhase: random.range(0, 6.283),
    stride: random.chance(0.25) ? random.range(0, 0.05) : random.range(0.08, 0.26),
    neckTurn: random.range(-12, 12),
    grazing: grazes ? random.range(0.8, 1) : 0,
    headTurn: grazes ? random.range(0, 20) : random.range(-10, 14),
    tailTurn: random.range(-18, 18),
  };
}

/** The measures of one individual: the kind's, each varied by up to a tenth. */
export function anyIndividual(random: Random, species: Species): BodyPlan {
  const { body, leg, neck, head, snout, ear, tail, horn, mane }: BodyPlan = BODY_PLANS[species];
  const vary = (length: number): number => length * random.range(0.9, 1.1);
  return {
    body: { length: vary(body.length), height: vary(body.height), hump: vary(body.hump) },
    leg: { length: vary(leg.length), width: vary(leg.width) },
    neck: { length: vary(neck.length), angle: neck.angle, width: vary(neck.width) },
    head: { length: vary(head.length), height: vary(head.height), droop: head.droop },
    snout: { width: vary(snout.width), trunk: vary(snout.trunk) },
    ear: { form: ear.form, size: vary(ear.size) },
    tail: { ...tail, length: vary(tail.length), width: vary(tail.width) },
    horn: { form: horn.form, size: vary(horn.size) },
    mane: { width: vary(mane.width), ruff: mane.ruff },
  };
}
