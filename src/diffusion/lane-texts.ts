import { AppError } from '../core/errors.js';
import type { LaneReading } from './lane-reader.js';
import { isMaskName, laneOfMasks, maskName, parseLayerLanes } from './layer-lanes.js';
import {
  endOf,
  expandEntries,
  expandNumbers,
  type MaskLane,
  type MaskSet,
  type NumberLane,
  type SourceLane,
  type SwitchLane,
} from './schedule-lanes.js';
import { parseAdain, parseMasks, parseNumbers, parseSources } from './schedule-notation.js';
import type { KeyValueSource } from './sockets.js';

/** The lanes of a schedule, in the order they are shown in. */
export const laneNames = ['full', 'half', 'contrast', 'guidance', 'adain', 'mask'] as const;

/** The name of a lane. */
export type LaneName = (typeof laneNames)[number];

/** The text of each lane; an empty one leaves the lane to the node's other widgets. */
export type LaneTexts = Readonly<Record<LaneName, string>>;

/** The widget that holds the lanes of single layers, one a line. */
export const layersWidget = 'layer_lanes';

/** Every text of a schedule: its lanes, and those of single layers. */
export interface ScheduleTexts extends LaneTexts {
  readonly layers: string;
}

/** What each lane says; an absent one says nothing. */
export interface ScheduleLanes {
  readonly half?: SourceLane;
  readonly full?: SourceLane;
  readonly contrast?: NumberLane;
  readonly guidance?: NumberLane;
  readonly adain?: NumberLane | SwitchLane;
  readonly mask?: MaskLane;
  /** By layer, such as `half.0`; wins over the lane of the layer's scale. */
  readonly layers?: Readonly<Record<string, SourceLane>>;
  /** Which masks act in one lane, by scale or layer; wins over the lane of masks, a layer's over its scale's. */
  readonly laneMasks?: Readonly<Record<string, MaskLane>>;
}

/** The same, pass by pass. */
export interface ExpandedLanes {
  readonly half?: readonly KeyValueSource[];
  readonly full?: readonly KeyValueSource[];
  readonly contrast?: readonly (number | undefined)[];
  readonly guidance?: readonly (number | undefined)[];
  readonly adain?: readonly number[];
  readonly mask?: readonly MaskSet[];
  readonly layers?: Readonly<Record<string, readonly KeyValueSource[]>>;
  readonly laneMasks?: Readonly<Record<string, readonly MaskSet[]>>;
}

/** How the text of each lane is read. */
export const laneParsers = {
  half: parseSources,
  full: parseSources,
  contrast: (text: string) => parseNumbers(text),
  guidance: (text: string) => parseNumbers(text),
  adain: parseAdain,
  mask: parseMasks,
} as const;

/** The widget of a lane on the InjectionSchedule node. */
export function laneWidget<Name extends LaneName>(name: Name): `${Name}_lane` {
  return `${name}_lane`;
}

/** Reads the texts that are not empty. @throws AppError `input/invalid` naming the lane and the character. */
export function readLanes(texts: Partial<ScheduleTexts>): ScheduleLanes {
  const read = <Lane>(
    text: string | undefined,
    input: string,
    parse: (text: string) => LaneReading<Lane>,
  ) => {
    if (text === undefined || text.trim() === '') return undefined;
    const reading = parse(text);
    if ('lane' in reading) return reading.lane;
    const { at, reason } = reading.mistake;
    throw new AppError({
      code: 'input/invalid',
      input,
      reason: `at character ${String(at + 1)} of “${text}”, ${reason}`,
      remedy: 'Correct the text, or empty it to go by the other widgets.',
    });
  };
  const half = read(texts.half, laneWidget('half'), laneParsers.half);
  const full = read(texts.full, laneWidget('full'), laneParsers.full);
  const contrast = read(texts.contrast, laneWidget('contrast'), laneParsers.contrast);
  const guidance = read(texts.guidance, laneWidget('guidance'), laneParsers.guidance);
  const adain = read(texts.adain, laneWidget('adain'), laneParsers.adain);
  const mask = read(texts.mask, laneWidget('mask'), laneParsers.mask);
  const layers = read(texts.layers, layersWidget, parseLayerLanes);
  return {
    ...(half && { half }),
    ...(full && { full }),
    ...(contrast && { contrast }),
    ...(guidance && { guidance }),
    ...(adain && { adain }),
    ...(mask && { mask }),
    ...(layers && splitLayers(layers)),
  };
}

/** The lanes of layers, and the masks of lanes, which the layers' text has one a line. */
export function splitLayers(
  all: Readonly<Record<string, SourceLane | MaskLane>>,
): Pick<ScheduleLanes, 'layers' | 'laneMasks'> {
  const layers: Record<string, SourceLane> = {};
  const laneMasks: Record<string, MaskLane> = {};
  for (const [name, lane] of Object.entries(all)) {
    if (isMaskName(name)) laneMasks[laneOfMasks(name)] = lane;
    // What has another name was read as sources.
    else layers[name] = lane as SourceLane;
  }
  return { layers, ...(Object.keys(laneMasks).length > 0 && { laneMasks }) };
}

/** The values of the lanes in each of `total` passes. */
export function expandLanes(lanes: ScheduleLanes, total: number): ExpandedLanes {
  const { half, full, contrast, guidance, adain, mask, layers, laneMasks } = lanes;
  return {
    ...(half && { half: expandEntries(half, total, 'own') }),
    ...(full && { full: expandEntries(full, total, 'own') }),
    ...(contrast && { contrast: expandNumbers(contrast, total) }),
    ...(guidance && { guidance: expandNumbers(guidance, total) }),
    ...(adain && { adain: expandStrengths(adain, total) }),
    ...(mask && { mask: expandEntries(mask, total, 'all') }),
    ...(layers && { layers: mapLanes(layers, (lane) => expandEntries(lane, total, 'own')) }),
    ...(laneMasks && {
      laneMasks: mapLanes(laneMasks, (lane) => expandEntries(lane, total, 'all')),
    }),
  };
}

function mapLanes<Lane, Made>(
  lanes: Readonly<Record<string, Lane>>,
  make: (lane: Lane) => Made,
): Readonly<Record<string, Made>> {
  return Object.fromEntries(Object.entries(lanes).map(([name, lane]) => [name, make(lane)]));
}

/** The strengths of AdaIN: a switch is 1 where it is on, and what is off is 0. */
function expandStrengths(lane: NumberLane | SwitchLane, total: number): readonly number[] {
  return 'points' in lane
    ? expandNumbers(lane, total).map((value) => value ?? 0)
    : expandEntries(lane, total, false).map(Number);
}

/** The lanes that name passes which the axis does not have, with one past the highest that each names. */
export function lanesPast(
  lanes: ScheduleLanes,
  total: number,
): readonly (readonly [name: string, end: number])[] {
  const { layers = {}, laneMasks = {}, ...others } = lanes;
  const all = [
    ...laneNames.map((name) => [name, others[name]] as const),
    ...Object.entries(layers),
    ...Object.entries(laneMasks).map(([name, lane]) => [maskName(name), lane] as const),
  ];
  return all.flatMap(([name, lane]) => {
    const end = lane ? endOf(lane) : 0;
    return end > total ? [[name, end] as const] : [];
  });
}
