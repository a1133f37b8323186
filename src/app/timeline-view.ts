import type { NodeId, NodeRecord } from '../core/graph/types.js';
import { isLink } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { derivedLanes } from '../diffusion/derived-lanes.js';
import {
  expandLanes,
  laneNames,
  laneParsers,
  lanesPast,
  laneWidget,
  type LaneName,
  type LaneTexts,
} from '../diffusion/lane-texts.js';
import { createNoiseSchedule, stableDiffusionScheduler } from '../diffusion/noise-schedule.js';
import { presetNames, schedulePresets } from '../diffusion/presets.js';
import { scheduleStep, type ScheduleSettings } from '../diffusion/schedule.js';
import { timestepsOf } from '../diffusion/step-axis.js';
import type { ScheduleStep } from '../diffusion/sockets.js';
import type { TimelineLane, TimelineView } from '../ui/timeline-model.js';
import type { AppState } from './app-state.js';
import type { RunSession } from './run-session.js';
import { titleOf } from './view-models.js';

/** The type of the node that the timeline edits. */
export const scheduleType = 'InjectionSchedule';

const kinds = {
  full: { kind: 'source', label: 'Scale 1' },
  half: { kind: 'source', label: 'Scale 1/2' },
  contrast: { kind: 'number', label: 'Contrast' },
  guidance: { kind: 'number', label: 'Guidance' },
  adain: { kind: 'switch', label: 'AdaIN' },
} as const;

/** A schedule node read for the timeline: its settings, the text of every lane, and what each pass does. */
interface ReadSchedule {
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
  const derived = derivedLanes(settings);
  const lanes = laneNames.map((name) => readLane(name, stored[name], derived[name], total));
  const good = Object.fromEntries(
    lanes.flatMap(({ name, isDerived, mistake }) =>
      isDerived || mistake ? [] : [[name, parsed(name as LaneName, stored[name as LaneName])]],
    ),
  );
  const expanded = expandLanes(good, total);
  const steps = Array.from({ length: total }, (_unused, i) => scheduleStep(settings, i, expanded));
  const made = { settings, total, lanes, steps };
  read.set(record, made);
  return made;
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
  };
}

/** A lane's text read, or undefined. */
function parsed(name: LaneName, text: string) {
  const reading = laneParsers[name](text);
  return 'lane' in reading ? reading.lane : undefined;
}

function readLane(name: LaneName, stored: string, derived: string, total: number): TimelineLane {
  const isDerived = stored.trim() === '';
  const text = isDerived ? derived : stored;
  const reading = laneParsers[name](text);
  const mistake = 'mistake' in reading ? reading.mistake : undefined;
  // A text that cannot be read leaves what the ranges say on screen.
  const lane = parsed(name, mistake ? derived : text);
  const lanes = { [name]: lane };
  const [past] = lanesPast(lanes, total);
  return {
    name,
    ...kinds[name],
    cells: expandLanes(lanes, total)[name] ?? [],
    ranges: lane && 'points' in lane ? [] : gripsOf(lane ?? []),
    points: lane && 'points' in lane ? lane.points : [],
    text,
    isDerived,
    mistake,
    note: past
      ? `Passes up to ${String(past[1] - 1)} are named; the last pass is ${String(total - 1)}. The rest is kept for more steps.`
      : '',
  };
}

function gripsOf(
  lane: readonly {
    readonly ranges: readonly { first: number; last: number; every: number }[];
  }[],
): TimelineLane['ranges'] {
  return lane.flatMap(({ ranges }, entry) =>
    ranges.map(({ first, last, every }, range) => ({ entry, range, first, last, every })),
  );
}

/** The settings of a schedule node; what a link brings is taken at its default. */
function settingsOf({ inputs }: NodeRecord): ScheduleSettings {
  const fallbacks = Object.entries<number | boolean>({ ...schedulePresets.official });
  const entries = fallbacks.map(([name, fallback]) => {
    const input = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const value = inputs[input];
    return [name, typeof value === typeof fallback ? value : fallback] as const;
  });
  return { ...schedulePresets.official, ...Object.fromEntries(entries) };
}

const noise = createNoiseSchedule(stableDiffusionScheduler);
let axis: Axis | undefined;

interface Axis {
  readonly steps: number;
  readonly timesteps: readonly number[];
  readonly noise: number[];
}

function axisOf(steps: number): Axis {
  if (axis?.steps === steps) return axis;
  const timesteps = timestepsOf(steps, noise);
  const levels = timesteps.map((t) => Math.sqrt(1 - (noise.alphasCumprod[t] ?? 1)));
  axis = { steps, timesteps, noise: levels };
  return axis;
}

/** The graph's schedules, the one that is shown first when it is among them. */
export function schedulesOf({ document }: AppState): readonly NodeId[] {
  return Object.keys(document.nodes).filter((id) => document.nodes[id]?.type === scheduleType);
}

/** The schedule that the timeline shows. */
export function shownSchedule(state: AppState): NodeId | undefined {
  const ids = schedulesOf(state);
  const wanted = state.selection.find((id) => ids.includes(id)) ?? state.shownSchedule;
  return ids.find((id) => id === wanted) ?? ids[0];
}

/** What the timeline shows; undefined when the graph has no schedule. */
export function timelineView(
  state: AppState,
  { registry, runs }: { readonly registry: NodeRegistry; readonly runs: Pick<RunSession, 'view'> },
): TimelineView | undefined {
  const node = shownSchedule(state);
  const record = node === undefined ? undefined : state.document.nodes[node];
  if (node === undefined || !record) return undefined;
  const { settings, lanes } = readSchedule(record);
  const { timesteps, noise: levels } = axisOf(settings.steps);
  return {
    node,
    schedules: schedulesOf(state).map((id) => ({
      id,
      title: `${titleOf(state.document, registry, id)} ${id}`,
    })),
    steps: settings.steps,
    skip: settings.steps - readSchedule(record).total,
    timesteps,
    noise: levels,
    passes: passStates(state, node, registry, runs),
    lanes,
    presets: presetNames,
    side: 'scheduleSide' in record && record.scheduleSide === 'B' ? 'B' : 'A',
  };
}

/** Whether each pass was computed in the last run, and still counts. */
function passStates(
  state: AppState,
  node: NodeId,
  registry: NodeRegistry,
  runs: Pick<RunSession, 'view'>,
): TimelineView['passes'] {
  const { document, isRunning, ranDocument } = state;
  const record = document.nodes[node];
  const ran = ranDocument?.nodes[node];
  if (!record || !ran) return [];
  const now = readSchedule(record);
  const start = zoneFed(document, node, registry);
  const zone = start === undefined ? undefined : runs.view.zone(start);
  if (!zone?.passes) return [];
  const [first, end] = zone.passes;
  const reached = first + zone.finished;
  const changed = firstChange(readSchedule(ran).steps, now.steps);
  return now.steps.map((_unused, pass) => {
    if (isRunning && pass === Math.min(reached, end - 1)) return 'running';
    if (pass < first || pass >= reached) return 'none';
    return pass >= changed ? 'stale' : 'computed';
  });
}

/** The first pass that two schedules treat differently; their length when there is none. */
export function firstChange(
  before: readonly ScheduleStep[],
  after: readonly ScheduleStep[],
): number {
  const at = after.findIndex((step, i) => {
    const old = before[i];
    return (
      old?.sources.half !== step.sources.half ||
      old.sources.full !== step.sources.full ||
      old.contrast !== step.contrast ||
      old.clip !== step.clip ||
      old.guidance !== step.guidance ||
      old.adain !== step.adain ||
      old.total !== step.total
    );
  });
  return at < 0 ? after.length : at;
}

/** The start of the zone that reads a schedule. */
function zoneFed(
  document: AppState['document'],
  node: NodeId,
  registry: NodeRegistry,
): NodeId | undefined {
  const { zones } = wiringOf(document, registry);
  for (const [id, { inputs }] of Object.entries(document.nodes)) {
    const zone = zones.zoneOf.get(id);
    if (!zone) continue;
    if (Object.values(inputs).some((input) => isLink(input) && input.link[0] === node)) {
      return zone.start;
    }
  }
  return undefined;
}
