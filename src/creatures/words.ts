/** Every kind of animal, in the order in which seeds choose. */
export const SPECIES = [
  'giraffe',
  'horse',
  'cow',
  'elephant',
  'dog',
  'cat',
  'deer',
  'dinosaur',
  'sheep',
  'pig',
  'bear',
  'fox',
  'camel',
  'rhino',
  'llama',
  'lion',
] as const;

/** The word for a kind of animal. */
export type Species = (typeof SPECIES)[number];

/** The patterns of a coat. */
export const PATTERNS = [
  'plain',
  'stripes',
  'bands',
  'diagonals',
  'spots',
  'rosettes',
  'patches',
  'blotches',
  'checks',
  'shade',
] as const;

/** The name of a pattern. */
export type PatternName = (typeof PATTERNS)[number];

/** The grounds an animal can stand on. */
export const GROUNDS = ['grass', 'sand', 'snow', 'mud'] as const;

/** The word for a ground. */
export type Ground = (typeof GROUNDS)[number];
