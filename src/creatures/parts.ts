/** What a pixel can show; the position in the list is the label in a part map. */
export const PARTS = [
  'sky',
  'ground',
  'body',
  'neck',
  'head',
  'ear',
  'leg',
  'tail',
  'horn',
  'eye',
  'hoof',
  'mane',
  'snout',
] as const;

/** The name of a part. */
export type Part = (typeof PARTS)[number];

/** The parts that belong to the animal and have a colour of their own. */
export type PaintedPart = Exclude<Part, 'sky' | 'ground'>;

/** The smallest label of the animal; smaller ones are background. */
export const FIRST_ANIMAL_LABEL = 2;

const LABELS: ReadonlyMap<string, number> = new Map(PARTS.map((part, label) => [part, label]));

/** The label of a part in a part map. */
export function labelOf(part: Part): number {
  return LABELS.get(part) ?? 0;
}
