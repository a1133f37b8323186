import { setWidget } from '../core/graph/edits.js';
import type { GraphDocument, NodeId, NodeRecord } from '../core/graph/types.js';
import { laneNames, laneParsers, laneWidget, type LaneName } from '../diffusion/lane-texts.js';
import { lanesOf } from './schedule-reading.js';

/** Something of a schedule that can have several values. */
export interface GridParameter {
  /** The widget of the schedule node. */
  readonly id: string;
  readonly isLane: boolean;
  /** Values to begin with, one a line. */
  readonly suggestion: string;
}

/** Number widgets, the lane that would make each of them idle, and values to begin with. */
const numbers: readonly (readonly [id: string, lanes: readonly LaneName[], values: string])[] = [
  ['structure_every', ['full', 'half'], '0\n10\n5\n2'],
  ['structure_until', ['full', 'half'], '20\n40\n68'],
  ['full_start', ['full'], '10\n20\n30'],
  ['full_end', ['full'], '50\n68'],
  ['half_start', ['half'], '10\n20\n30'],
  ['half_end', ['half'], '50\n68'],
  ['contrast', ['contrast'], '1\n1.67\n2'],
  ['guidance', ['guidance'], '1\n3.5\n5'],
  ['guidance_end', ['guidance'], '1\n1.75\n3.5'],
  ['guidance_start_at', ['guidance'], '0\n10\n20'],
  ['guidance_end_at', ['guidance'], '40\n68'],
  ['adain_start', ['adain'], '20\n40\n68'],
  ['adain_end', ['adain'], '40\n68'],
];

/** What a grid can vary: number widgets that no lane has made idle, and every lane's text. */
export function gridParameters(record: NodeRecord): readonly GridParameter[] {
  const lanes = lanesOf(record);
  const free = numbers.filter(([, over]) => over.some((lane) => lanes[lane].trim() === ''));
  return [
    ...free.map(([id, , suggestion]) => ({ id, isLane: false, suggestion })),
    ...laneNames.map((name) => ({
      id: laneWidget(name),
      isLane: true,
      suggestion: lanes[name],
    })),
  ];
}

/** The most cells that a grid may have. */
export const mostCells = 64;

/** Values of a parameter as they were typed, one a line; or the first line that is none. */
export function gridValues(
  { id, isLane }: GridParameter,
  text: string,
): { readonly values: readonly (string | number)[] } | { readonly wrong: string } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const lane = laneNames.find((name) => laneWidget(name) === id);
  for (const line of lines) {
    const isGood = isLane
      ? lane !== undefined && 'lane' in laneParsers[lane](line)
      : /^\d+(\.\d+)?$/.test(line);
    if (!isGood) return { wrong: line };
  }
  return { values: [...new Set<string | number>(isLane ? lines : lines.map(Number))] };
}

/** A cell of the grid: the value of each parameter. */
export type GridChoice = readonly (readonly [parameter: string, value: string | number])[];

/** A document whose schedule has the values of a cell. */
export function withChoice(
  document: GraphDocument,
  node: NodeId,
  choice: GridChoice,
): GraphDocument {
  return choice.reduce(
    (edited, [parameter, value]) => setWidget(edited, node, parameter, value),
    document,
  );
}
