import { AppError } from '../core/errors.js';
import type { LaneReading } from './lane-reader.js';
import {
  endOf,
  expandEntries,
  expandNumbers,
  type NumberLane,
  type SourceLane,
  type SwitchLane,
} from './schedule-lanes.js';
import { parseNumbers, parseSources, parseSwitch } from './schedule-notation.js';
import type { KeyValueSource } from './sockets.js';

/** The lanes of a schedule, in the order they are shown in. */
export const laneNames = ['full', 'half', 'contrast', 'guidance', 'adain'] as const;

/** The name of a lane. */
export type LaneName = (typeof laneNames)[number];

/** The text of each lane; an empty one leaves the lane to the node's other widgets. */
export type LaneTexts = Readonly<Record<LaneName, string>>;

/** What each lane says; an absent one says nothing. */
export interface ScheduleLanes {
  readonly half?: SourceLane;
  readonly full?: SourceLane;
  readonly contrast?: NumberLane;
  readonly guidance?: NumberLane;
  readonly adain?: SwitchLane;
}

/** The same, pass by pass. */
export interface ExpandedLanes {
  readonly half?: readonly KeyValueSource[];
  readonly full?: readonly KeyValueSource[];
  readonly contrast?: readonly (number | undefined)[];
  readonly guidance?: readonly (number | undefined)[];
  readonly adain?: readonly boolean[];
}

/** How the text of each lane is read. */
export const laneParsers = {
  half: parseSources,
  full: parseSources,
  contrast: parseNumbers,
  guidance: parseNumbers,
  adain: parseSwitch,
} as const;

/** The widget of a lane on the InjectionSchedule node. */
export function laneWidget<Name extends LaneName>(name: Name): `${Name}_lane` {
  return `${name}_lane`;
}

/** Reads the texts that are not empty. @throws AppError `input/invalid` naming the lane and the character. */
export function readLanes(texts: Partial<LaneTexts>): ScheduleLanes {
  const read = <Lane>(name: LaneName, parse: (text: string) => LaneReading<Lane>) => {
    const text = texts[name] ?? '';
    if (text.trim() === '') return undefined;
    const reading = parse(text);
    if ('lane' in reading) return reading.lane;
    const { at, reason } = reading.mistake;
    throw new AppError({
      code: 'input/invalid',
      input: laneWidget(name),
      reason: `at character ${String(at + 1)} of “${text}”, ${reason}`,
      remedy: 'Correct the text, or empty it to go by the other widgets.',
    });
  };
  const half = read('half', parseSources);
  const full = read('full', parseSources);
  const contrast = read('contrast', parseNumbers);
  const guidance = read('guidance', parseNumbers);
  const adain = read('adain', parseSwitch);
  return {
    ...(half && { half }),
    ...(full && { full }),
    ...(contrast && { contrast }),
    ...(guidance && { guidance }),
    ...(adain && { adain }),
  };
}

/** The values of the lanes in each of `total` passes. */
export function expandLanes(lanes: ScheduleLanes, total: number): ExpandedLanes {
  const { half, full, contrast, guidance, adain } = lanes;
  return {
    ...(half && { half: expandEntries(half, total, 'own') }),
    ...(full && { full: expandEntries(full, total, 'own') }),
    ...(contrast && { contrast: expandNumbers(contrast, total) }),
    ...(guidance && { guidance: expandNumbers(guidance, total) }),
    ...(adain && { adain: expandEntries(adain, total, false) }),
  };
}

/** The lanes that name passes which the axis does not have, with one past the highest that each names. */
export function lanesPast(
  lanes: ScheduleLanes,
  total: number,
): readonly (readonly [LaneName, number])[] {
  return laneNames.flatMap((name) => {
    const lane = lanes[name];
    const end = lane ? endOf(lane) : 0;
    return end > total ? [[name, end] as const] : [];
  });
}
