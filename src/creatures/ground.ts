import type { Rgb } from './colour.js';
import { latticeNoise, valueNoise } from './noise.js';
import type { Random } from './random.js';
import { GROUNDS, type Ground } from './words.js';

/** What is behind and under the animal. */
export interface Scene {
  readonly ground: Ground;
  /** Height of the horizon, 0 top, 1 bottom. */
  readonly horizon: number;
  /** Whether the ground has grain (blades, ripples, pebbles) or one colour. */
  readonly textured: boolean;
  readonly cloudy: boolean;
  readonly seed: number;
}

interface GroundLook {
  readonly sky: Rgb;
  readonly near: Rgb;
  readonly far: Rgb;
  /** How strong the grain is, and its scale across and down, in lattice cells over the picture. */
  readonly grain: number;
  readonly across: number;
  readonly down: number;
}

const LOOKS: Readonly<Record<Ground, GroundLook>> = {
  grass: {
    sky: [0.62, 0.8, 0.95],
    near: [0.38, 0.62, 0.27],
    far: [0.46, 0.69, 0.33],
    grain: 0.16,
    across: 64,
    down: 22,
  },
  sand: {
    sky: [0.7, 0.85, 0.97],
    near: [0.86, 0.74, 0.49],
    far: [0.9, 0.8, 0.56],
    grain: 0.09,
    across: 12,
    down: 40,
  },
  snow: {
    sky: [0.78, 0.86, 0.94],
    near: [0.93, 0.95, 0.98],
    far: [0.97, 0.98, 0.99],
    grain: 0.06,
    across: 16,
    down: 20,
  },
  mud: {
    sky: [0.8, 0.78, 0.74],
    near: [0.44, 0.33, 0.24],
    far: [0.52, 0.39, 0.28],
    grain: 0.14,
    across: 24,
    down: 30,
  },
};

const CLOUD = 0.98;

/** A scene drawn at random: half of them textured, a third with clouds. */
export function anyScene(random: Random): Scene {
  return {
    ground: random.pick(GROUNDS),
    horizon: random.range(0.55, 0.72),
    textured: random.chance(0.5),
    cloudy: random.chance(0.35),
    seed: random.below(2147483648),
  };
}

/** Writes the colour of the sky at (x, y), both 0..1 over the picture, into `out`. */
export function skyColour(
  { ground, cloudy, seed }: Scene,
  x: number,
  y: number,
  out: Float64Array,
): void {
  const light = 0.9 + 0.1 * y;
  const { sky } = LOOKS[ground];
  let cloud = 0;
  if (cloudy) {
    const density =
      valueNoise(x * 4, y * 9, seed) * 0.7 + valueNoise(x * 9, y * 18, seed + 1) * 0.3;
    cloud = Math.max(0, Math.min(0.8, (density - 0.5) * 4));
  }
  for (let c = 0; c < 3; c++) {
    const clear = (sky[c] ?? 0) * light;
    out[c] = clear + (CLOUD - clear) * cloud;
  }
}

/** Writes the colour of the ground at (x, y), both 0..1 over the picture, into `out`. */
export function groundColour(scene: Scene, x: number, y: number, out: Float64Array): void {
  const { ground, horizon, textured, seed } = scene;
  const { near, far, grain, across, down } = LOOKS[ground];
  const nearness = (y - horizon) / (1 - horizon);
  let light = 1;
  if (textured) {
    const soft = valueNoise(x * across, y * down, seed) - 0.5;
    const sharp = latticeNoise(Math.floor(x * 128), Math.floor(y * 128), seed) - 0.5;
    light = 1 + grain * (soft + 0.35 * sharp);
  }
  for (let c = 0; c < 3; c++) {
    const distant = far[c] ?? 0;
    out[c] = (distant + ((near[c] ?? 0) - distant) * nearness) * light;
  }
}
