import type { Rgb } from '../../src/creatures/colour.js';
import type { Scene } from '../../src/creatures/ground.js';
import { plain, type Paint, type Palette } from '../../src/creatures/palette.js';
import type { PaintedPart } from '../../src/creatures/parts.js';
import type { PatternName, Species } from '../../src/creatures/words.js';
import { BODY_PLANS } from '../../src/creatures/plan.js';
import type { Pose } from '../../src/creatures/pose.js';
import type { Recipe } from '../../src/creatures/recipe.js';

/** Colours of an animal, as hexadecimal digits; what is left out is painted like the body or head. */
interface Coat {
  readonly pattern: PatternName;
  readonly frequency: number;
  readonly seed?: number;
  readonly base: string;
  readonly mark: string;
  readonly head: string;
  readonly leg: string;
  readonly tail: string;
  readonly neck?: string;
  readonly ear?: string;
  readonly snout?: string;
  readonly hoof?: string;
  readonly mane?: string;
  readonly horn?: string;
  /** Parts besides the body that wear the pattern. */
  readonly patterned?: readonly PaintedPart[];
}

const STANCE: Pose = {
  legPhase: 0.9,
  stride: 0.14,
  neckTurn: 0,
  grazing: 0,
  headTurn: 0,
  tailTurn: 0,
};

function rgb(hex: string): Rgb {
  const channel = (at: number): number => parseInt(hex.slice(at, at + 2), 16) / 255;
  return [channel(0), channel(2), channel(4)];
}

function paletteOf(coat: Coat): Palette {
  const { pattern, base, mark, patterned = ['neck'] } = coat;
  const paint = (part: PaintedPart, hex: string): Paint =>
    patterned.includes(part) ? { pattern, base: rgb(hex), mark: rgb(mark) } : plain(rgb(hex));
  return {
    grain: { frequency: coat.frequency, phase: 1.1, seed: coat.seed ?? 20231103 },
    paints: {
      body: { pattern, base: rgb(base), mark: rgb(mark) },
      neck: paint('neck', coat.neck ?? base),
      head: paint('head', coat.head),
      ear: paint('ear', coat.ear ?? coat.head),
      leg: paint('leg', coat.leg),
      tail: paint('tail', coat.tail),
      horn: plain(rgb(coat.horn ?? '6b5640')),
      eye: plain([0.04, 0.04, 0.05]),
      hoof: plain(rgb(coat.hoof ?? '2c2520')),
      mane: plain(rgb(coat.mane ?? mark)),
      snout: paint('snout', coat.snout ?? coat.head),
    },
  };
}

function sample(
  species: Species,
  ground: Scene['ground'],
  facesLeft: boolean,
  coat: Coat,
  pose: Partial<Pose> = {},
): Recipe {
  return {
    species,
    plan: BODY_PLANS[species],
    pose: { ...STANCE, ...pose },
    palette: paletteOf(coat),
    scene: {
      ground,
      horizon: 0.63,
      textured: true,
      cloudy: ground !== 'snow',
      seed: 7 + species.length,
    },
    facesLeft,
    fill: 1,
    footing: 0.91,
    shift: 0,
  };
}

/** The pictures that ship with the project, by file name: every pair of them looks clearly different. */
export const SAMPLES: Readonly<Record<string, Recipe>> = {
  giraffe: sample('giraffe', 'grass', false, {
    pattern: 'patches',
    frequency: 13,
    base: 'c9803a',
    mark: 'f6e3b4',
    head: 'e8c27a',
    leg: 'efd9a6',
    tail: '5b3a1e',
    mane: '6f3f1c',
    ear: 'd9a765',
    snout: 'b98a55',
  }),
  zebra: sample('horse', 'sand', true, {
    pattern: 'stripes',
    frequency: 11,
    base: 'f7f5ef',
    mark: '1f1f24',
    head: 'f2efe8',
    leg: 'f2efe8',
    tail: '1f1f24',
    mane: '1f1f24',
    snout: '3a3537',
    patterned: ['neck', 'leg'],
  }),
  cow: sample('cow', 'grass', true, {
    pattern: 'blotches',
    frequency: 13,
    seed: 5,
    base: 'fbfaf6',
    mark: '3b2a22',
    head: '3b2a22',
    leg: 'fbfaf6',
    tail: '3b2a22',
    snout: 'eeb0a4',
    horn: 'd9cdb0',
    ear: '3b2a22',
  }),
  elephant: sample('elephant', 'mud', false, {
    pattern: 'plain',
    frequency: 10,
    base: '8c93a6',
    mark: '8c93a6',
    head: '9aa2b6',
    leg: '737b90',
    tail: '565c6e',
    ear: 'b8a5b0',
    snout: '9aa2b6',
    hoof: 'ded6c4',
  }),
  leopard: sample('cat', 'sand', false, {
    pattern: 'spots',
    frequency: 13,
    base: 'f0b429',
    mark: '2a1a0e',
    head: 'f7cf6b',
    leg: 'f0b429',
    tail: 'c9821a',
    ear: '4a2c12',
    snout: 'fff0cf',
    hoof: '6b3d12',
  }),
  deer: sample('deer', 'snow', true, {
    pattern: 'shade',
    frequency: 10,
    base: '8a4b2a',
    mark: 'e9cfa8',
    head: '9c5a34',
    leg: '5d3019',
    tail: 'fbf4e6',
    ear: '6f3b20',
    snout: '3a221a',
    horn: '4b3724',
  }),
  dinosaur: sample('dinosaur', 'sand', false, {
    pattern: 'bands',
    frequency: 10,
    base: '2f9e6e',
    mark: 'c9e265',
    head: '2aa6a1',
    leg: '1f6f5c',
    tail: 'e0702f',
    neck: '2aa6a1',
    snout: '2aa6a1',
    hoof: '15403a',
    patterned: [],
  }),
  fox: sample('fox', 'snow', false, {
    pattern: 'plain',
    frequency: 10,
    base: 'd9531e',
    mark: 'd9531e',
    head: 'e36a2c',
    leg: '2b1d1a',
    tail: 'f3e6d8',
    ear: '2b1d1a',
    snout: 'f7efe6',
    hoof: '1a1210',
  }),
};
