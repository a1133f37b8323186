import type { Species } from './words.js';

/** The measures of a kind of animal; lengths in picture widths before the animal is fitted to its picture. */
export interface BodyPlan {
  readonly body: { readonly length: number; readonly height: number; readonly hump: number };
  /** `width` is half the thickness at the hip. */
  readonly leg: { readonly length: number; readonly width: number };
  /** `angle` in degrees above the horizontal, `width` half the thickness at the shoulder. */
  readonly neck: { readonly length: number; readonly angle: number; readonly width: number };
  /** `droop`: degrees by which the head points below the horizontal. */
  readonly head: { readonly length: number; readonly height: number; readonly droop: number };
  /** `trunk` above 0 makes the snout hang that far down. */
  readonly snout: { readonly width: number; readonly trunk: number };
  readonly ear: {
    readonly form: 'pointed' | 'round' | 'floppy' | 'fan' | 'none';
    readonly size: number;
  };
  /** `rise` in degrees above the horizontal, `width` half the thickness at the root. */
  readonly tail: {
    readonly length: number;
    readonly width: number;
    readonly rise: number;
    readonly tuft: boolean;
  };
  readonly horn: {
    readonly form: 'none' | 'pair' | 'antlers' | 'knobs' | 'nose';
    readonly size: number;
  };
  /** Half the thickness of the mane along the neck, 0 for none; `ruff` surrounds the head. */
  readonly mane: { readonly width: number; readonly ruff: boolean };
}

const NO_HORN = { form: 'none', size: 0 } as const;
const NO_MANE = { width: 0, ruff: false } as const;

/** Every kind of animal that can be drawn, by the word for it. */
export const BODY_PLANS: Readonly<Record<Species, BodyPlan>> = {
  giraffe: {
    body: { length: 0.32, height: 0.19, hump: 0 },
    leg: { length: 0.28, width: 0.038 },
    neck: { length: 0.36, angle: 66, width: 0.07 },
    head: { length: 0.15, height: 0.085, droop: 18 },
    snout: { width: 0.5, trunk: 0 },
    ear: { form: 'pointed', size: 0.06 },
    tail: { length: 0.16, width: 0.012, rise: -65, tuft: true },
    horn: { form: 'knobs', size: 0.05 },
    mane: { width: 0.018, ruff: false },
  },
  horse: {
    body: { length: 0.42, height: 0.2, hump: 0 },
    leg: { length: 0.27, width: 0.038 },
    neck: { length: 0.21, angle: 50, width: 0.085 },
    head: { length: 0.2, height: 0.1, droop: 35 },
    snout: { width: 0.62, trunk: 0 },
    ear: { form: 'pointed', size: 0.065 },
    tail: { length: 0.24, width: 0.03, rise: -60, tuft: false },
    horn: NO_HORN,
    mane: { width: 0.028, ruff: false },
  },
  cow: {
    body: { length: 0.5, height: 0.27, hump: 0 },
    leg: { length: 0.19, width: 0.042 },
    neck: { length: 0.11, angle: 22, width: 0.1 },
    head: { length: 0.18, height: 0.13, droop: 30 },
    snout: { width: 0.72, trunk: 0 },
    ear: { form: 'floppy', size: 0.07 },
    tail: { length: 0.24, width: 0.014, rise: -72, tuft: true },
    horn: { form: 'pair', size: 0.08 },
    mane: NO_MANE,
  },
  elephant: {
    body: { length: 0.48, height: 0.34, hump: 0 },
    leg: { length: 0.2, width: 0.062 },
    neck: { length: 0.07, angle: 30, width: 0.12 },
    head: { length: 0.17, height: 0.19, droop: 20 },
    snout: { width: 0.5, trunk: 0.27 },
    ear: { form: 'fan', size: 0.17 },
    tail: { length: 0.16, width: 0.014, rise: -65, tuft: true },
    horn: NO_HORN,
    mane: NO_MANE,
  },
  dog: {
    body: { length: 0.38, height: 0.18, hump: 0 },
    leg: { length: 0.19, width: 0.036 },
    neck: { length: 0.12, angle: 48, width: 0.065 },
    head: { length: 0.19, height: 0.13, droop: 12 },
    snout: { width: 0.55, trunk: 0 },
    ear: { form: 'floppy', size: 0.085 },
    tail: { length: 0.2, width: 0.022, rise: 35, tuft: false },
    horn: NO_HORN,
    mane: NO_MANE,
  },
  cat: {
    body: { length: 0.36, height: 0.16, hump: 0 },
    leg: { length: 0.16, width: 0.036 },
    neck: { length: 0.08, angle: 45, width: 0.06 },
    head: { length: 0.14, height: 0.14, droop: 8 },
    snout: { width: 0.45, trunk: 0 },
    ear: { form: 'pointed', size: 0.075 },
    tail: { length: 0.24, width: 0.022, rise: 68, tuft: false },
    horn: NO_HORN,
    mane: NO_MANE,
  },
  deer: {
    body: { length: 0.36, height: 0.18, hump: 0 },
    leg: { length: 0.25, width: 0.034 },
    neck: { length: 0.21, angle: 60, width: 0.06 },
    head: { length: 0.16, height: 0.09, droop: 18 },
    snout: { width: 0.5, trunk: 0 },
    ear: { form: 'pointed', size: 0.07 },
    tail: { length: 0.07, width: 0.022, rise: -30, tuft: false },
    horn: { form: 'antlers', size: 0.15 },
    mane: NO_MANE,
  },
  dinosaur: {
    body: { length: 0.42, height: 0.24, hump: 0.02 },
    leg: { length: 0.16, width: 0.05 },
    neck: { length: 0.32, angle: 46, width: 0.075 },
    head: { length: 0.14, height: 0.085, droop: 8 },
    snout: { width: 0.6, trunk: 0 },
    ear: { form: 'none', size: 0 },
    tail: { length: 0.3, width: 0.08, rise: -14, tuft: false },
    horn: NO_HORN,
    mane: NO_MANE,
  },
  sheep: {
    body: { length: 0.42, height: 0.28, hump: 0.02 },
    leg: { length: 0.15, width: 0.034 },
    neck: { length: 0.08, angle: 35, width: 0.08 },
    head: { length: 0.16, height: 0.11, droop: 28 },
    snout: { width: 0.6, trunk: 0 },
    ear: { form: 'floppy', size: 0.075 },
    tail: { length: 0.08, width: 0.026, rise: -40, tuft: false },
    horn: { form: 'pair', size: 0.06 },
    mane: NO_MANE,
  },
  pig: {
    body: { length: 0.46, height: 0.27, hump: 0 },
    leg: { length: 0.12, width: 0.036 },
    neck: { length: 0.05, angle: 12, width: 0.11 },
    head: { length: 0.19, height: 0.17, droop: 14 },
    snout: { width: 0.6, trunk: 0 },
    ear: { form: 'pointed', size: 0.08 },
    tail: { length: 0.11, width: 0.012, rise: 40, tuft: false },
    horn: NO_HORN,
    mane: NO_MANE,
  },
  bear: {
    body: { length: 0.46, height: 0.29, hump: 0.04 },
    leg: { length: 0.18, width: 0.056 },
    neck: { length: 0.09, angle: 25, width: 0.11 },
    head: { length: 0.18, height: 0.16, droop: 15 },
    snout: { width: 0.5, trunk: 0 },
    ear: { form: 'round', size: 0.06 },
    tail: { length: 0.05, width: 0.026, rise: -20, tuft: false },
    horn: NO_HORN,
    mane: NO_MANE,
  },
  fox: {
    body: { length: 0.37, height: 0.16, hump: 0 },
    leg: { length: 0.16, width: 0.034 },
    neck: { length: 0.1, angle: 40, width: 0.06 },
    head: { length: 0.18, height: 0.12, droop: 14 },
    snout: { width: 0.38, trunk: 0 },
    ear: { form: 'pointed', size: 0.09 },
    tail: { length: 0.21, width: 0.05, rise: -20, tuft: false },
    horn: NO_HORN,
    mane: NO_MANE,
  },
  camel: {
    body: { length: 0.42, height: 0.22, hump: 0.1 },
    leg: { length: 0.28, width: 0.036 },
    neck: { length: 0.27, angle: 48, width: 0.065 },
    head: { length: 0.16, height: 0.09, droop: 8 },
    snout: { width: 0.62, trunk: 0 },
    ear: { form: 'round', size: 0.04 },
    tail: { length: 0.16, width: 0.014, rise: -70, tuft: true },
    horn: NO_HORN,
    mane: NO_MANE,
  },
  rhino: {
    body: { length: 0.52, height: 0.29, hump: 0.02 },
    leg: { length: 0.15, width: 0.052 },
    neck: { length: 0.09, angle: 5, width: 0.12 },
    head: { length: 0.23, height: 0.15, droop: 25 },
    snout: { width: 0.62, trunk: 0 },
    ear: { form: 'pointed', size: 0.06 },
    tail: { length: 0.13, width: 0.013, rise: -65, tuft: true },
    horn: { form: 'nose', size: 0.12 },
    mane: NO_MANE,
  },
  llama: {
    body: { length: 0.37, height: 0.21, hump: 0 },
    leg: { length: 0.22, width: 0.036 },
    neck: { length: 0.26, angle: 74, width: 0.065 },
    head: { length: 0.15, height: 0.1, droop: 10 },
    snout: { width: 0.58, trunk: 0 },
    ear: { form: 'pointed', size: 0.08 },
    tail: { length: 0.1, width: 0.03, rise: -35, tuft: false },
    horn: NO_HORN,
    mane: NO_MANE,
  },
  lion: {
    body: { length: 0.44, height: 0.2, hump: 0 },
    leg: { length: 0.19, width: 0.04 },
    neck: { length: 0.12, angle: 38, width: 0.08 },
    head: { length: 0.17, height: 0.15, droop: 12 },
    snout: { width: 0.55, trunk: 0 },
    ear: { form: 'round', size: 0.055 },
    tail: { length: 0.2, width: 0.017, rise: 25, tuft: true },
    horn: NO_HORN,
    mane: { width: 0.05, ruff: true },
  },
};
