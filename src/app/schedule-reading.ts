import type { NodeRecord } from '../core/graph/types.js';
import { derivedLanes } from '../diffusion/derived-lanes.js';
import type { LaneReading } from '../diffusion/lane-reader.js';
import {
  expandLanes,
  laneNames,
  laneParsers,
  lanesPast,
  laneWidget,
  layersWidget,
  splitLayers,
  type LaneName,
  type LaneTexts,
  type ScheduleLanes,
} from '../diffusion/lane-texts.js';
import { isMaskName, layerLines } from '../diffusion/layer-lanes.js';
import { schedulePresets } from '../diffusion/presets.js';
import { scheduleStep, type ScheduleSettings } from '../diffusion/schedule.js';
import type { LaneEntry, NumberLane } from '../diffusion/schedule-lanes.js';
import { parseMasks, parseSources } from '../diffusion/schedule-notation.js';
import type { ScheduleStep } from '../diffusion/sockets.js';
import { texts } from '../texts/texts.js';
import { laneTitle, type TimelineLane } from '../ui/timeline-model.js';
import { overlapNotes } from './schedule-notes.js';

const kinds = {
  full: 'source',
  half: 'source',
  contrast: 'number',
  guidance: 'number',
  adain: 'number',
  mask: 'mask',
} as const;

/** A schedule node read for the timeline: its settings, the text of every lane, and what each pass does. */
export interface ReadSchedule {
  readonly settings: ScheduleSettings;
  readonly total: number;
  readonly lanes: readonly TimelineLane[];
  readonly steps: readonly ScheduleStep[];
}

const read = new WeakMap<NodeRecord, ReadSchedule>();

/** Reads a schedule node; the same object for the same record. */
export function readSchedule(record: NodeRecord): ReadSchedule {
  const known = read.get(record);
  if (known) return known;
  const settings = settingsOf(record);
  const total = Math.max(1, settings.steps - settings.skipSteps);
  const stored = lanesOf(record);
  const derived = derivedOf(settings);
  const good: Record<string, unknown> = {};
  const lanes = laneNames.map((name) => {
    const isDerived = stored[name].trim() === '';
    const text = isDerived ? derived[name] : stored[name];
    const reading = laneParsers[name](text);
    if (!isDerived && 'lane' in reading) good[name] = reading.lane;
    const base = { name, kind: kinds[name], label: texts().timeline.lanes[name], isDerived };
    // A text that cannot be read leaves what the ranges say on screen.
    return laneView(
      { ...base, text, isLayer: false },
      reading,
      laneParsers[name](derived[name]),
      total,
    );
  });
  const layers = readLayers(record, total, lanes);
  const own = Object.fromEntries(layers.flatMap(({ name, lane }) => (lane ? [[name, lane]] : [])));
  const all: ScheduleLanes = { ...good, ...(layers.length > 0 && splitLayers(own)) };
  const expanded = expandLanes(all, total);
  const steps = Array.from({ length: total }, (_unused, i) => scheduleStep(settings, i, expanded));
  const made = { settings, total, lanes: withLayers(lanes, layers), steps };
  read.set(record, made);
  return made;
}

/** The layers' lanes below the lanes of their scales. */
function withLayers(
  lanes: readonly TimelineLane[],
  layers: readonly { readonly view: TimelineLane }[],
): readonly TimelineLane[] {
  const views = layers.map(({ view }) => view).sort((a, b) => (a.name < b.name ? -1 : 1));
  return lanes.flatMap((lane) => [
    lane,
    ...views.filter(({ name }) => name.startsWith(`${lane.name}.`)),
  ]);
}

function readLayers(record: NodeRecord, total: number, lanes: readonly TimelineLane[]) {
  const lines = layerLines(layersText(record));
  if ('mistake' in lines) return [];
  return lines.lane.map(({ name, text }) => {
    const isMask = isMaskName(name);
    const reading = isMask ? parseMasks(text) : parseSources(text);
    const base = {
      name,
      kind: isMask ? ('mask' as const) : ('source' as const),
      label: laneTitle(name),
      text,
      isDerived: false,
      isLayer: true,
    };
    const above = isMask ? 'mask' : name.split('.', 1)[0];
    const instead = lanes.find((lane) => lane.name === above)?.text ?? '';
    const fallback = isMask ? parseMasks(instead) : parseSources(instead);
    const view = laneView(base, reading, fallback, total);
    return { name, view, lane: 'lane' in reading ? reading.lane : undefined };
  });
}

/** The text of the layers' lanes. */
export function layersText({ inputs }: NodeRecord): string {
  const value = inputs[layersWidget];
  return typeof value === 'string' ? value : '';
}

/** The lane texts that a schedule node holds. */
export function lanesOf(record: NodeRecord): LaneTexts {
  const text = (name: LaneName): string => {
    const value = record.inputs[laneWidget(name)];
    return typeof value === 'string' ? value : '';
  };
  return {
    full: text('full'),
    half: text('half'),
    contrast: text('contrast'),
    guidance: text('guidance'),
    adain: text('adain'),
    mask: text('mask'),
  };
}

type AnyLane = NumberLane | readonly LaneEntry<string | boolean>[];

/** A lane that was read, or what stands in for it, as the timeline shows it. */
function laneView(
  base: Pick<TimelineLane, 'name' | 'kind' | 'label' | 'text' | 'isDerived' | 'isLayer'>,
  reading: LaneReading<AnyLane>,
  fallback: LaneReading<AnyLane>,
  total: number,
): TimelineLane {
  const mistake = 'mistake' in reading ? reading.mistake : undefined;
  const lane =
    'lane' in reading ? reading.lane : 'lane' in fallback ? fallback.lane : ([] as const);
  const key = base.kind === 'mask' ? 'mask' : base.isLayer ? 'full' : base.name;
  // The parsers of this table and of the reading are the same.
  const lanes = { [key]: lane } as ScheduleLanes;
  const cells = expandLanes(lanes, total)[key as LaneName] ?? [];
  const [past] = lanesPast(lanes, total);
  const isCurve = 'points' in lane;
  return {
    ...base,
    cells: base.name === 'adain' ? cells.map((value) => (value === 0 ? undefined : value)) : cells,
    max: base.name === 'adain' ? 1 : 10,
    ranges: isCurve
      ? lane.off.map((range, i) => ({ entry: -1, range: i, ...range }))
      : lane.flatMap(({ ranges }, entry) => ranges.map((one, range) => ({ entry, range, ...one }))),
    points: isCurve ? lane.points : [],
    mistake,
    isClipped: past !== undefined,
    notes: [
      ...(past ? [texts().timeline.past(past[1] - 1, total - 1)] : []),
      ...(isCurve || mistake ? [] : overlapNotes(lane, total, base.text)),
    ],
  };
}

/** The settings of a schedule node; what a link brings is taken at its default. */
export function settingsOf({ inputs }: NodeRecord): ScheduleSettings {
  const fallbacks = Object.entries<number | boolean>({ ...schedulePresets.official });
  const entries = fallbacks.map(([name, fallback]) => {
    const input = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const value = inputs[input];
    return [name, typeof value === typeof fallback ? value : fallback] as const;
  });
  return { ...schedulePresets.official, ...Object.fromEntries(entries) };
}

let derivedOnce: { readonly key: string; readonly lanes: LaneTexts } | undefined;

/** The settings as lanes; remembered, as painting changes no settings. */
function derivedOf(settings: ScheduleSettings): LaneTexts {
  const key = JSON.stringify(settings);
  if (derivedOnce?.key !== key) derivedOnce = { key, lanes: derivedLanes(settings) };
  return derivedOnce.lanes;
}
