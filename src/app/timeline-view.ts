import type { NodeId } from '../core/graph/types.js';
import { isLink } from '../core/graph/types.js';
import { innerDocument } from '../core/graph/inner-document.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { createNoiseSchedule, stableDiffusionScheduler } from '../diffusion/noise-schedule.js';
import { maskName } from '../diffusion/layer-lanes.js';
import { presetNames } from '../diffusion/presets.js';
import { foreignSources } from '../diffusion/schedule-sources.js';
import { timestepsOf } from '../diffusion/step-axis.js';
import type { ScheduleStep } from '../diffusion/sockets.js';
import type { TimelineLane, TimelineView } from '../ui/timeline-model.js';
import type { AppState } from './app-state.js';
import type { RunSession } from './run-session.js';
import {
  axisNotes,
  connectedTo,
  connectionNotes,
  type ConnectedSources,
} from './schedule-notes.js';
import { readSchedule } from './schedule-reading.js';
import { titleOf } from './view-models.js';

/** The type of the node that the timeline edits. */
export const scheduleType = 'InjectionSchedule';

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
  const { settings, lanes, total } = readSchedule(record);
  const { timesteps, noise: levels } = axisOf(settings.steps);
  const connected = connectedTo(state.document, node);
  const said = axisNotes(state.document, registry, node, total);
  return {
    node,
    schedules: schedulesOf(state).map((id) => ({
      id,
      title: `${titleOf(state.document, registry, id)} ${id}`,
    })),
    steps: settings.steps,
    skip: settings.steps - total,
    timesteps,
    noise: levels,
    passes: passStates(state, node, registry, runs),
    lanes: lanes.map((lane) => withNotes(lane, connected, said)),
    sources: foreignSources.map((value) => ({
      value,
      isShown:
        value === 'appearance' ||
        value === 'structure' ||
        connected?.references.has(value) === true ||
        lanes.some(({ kind, cells }) => kind === 'source' && cells.includes(value)),
    })),
    freeLayers: freeLanes(lanes),
    presets: presetNames,
    side: 'scheduleSide' in record && record.scheduleSide === 'B' ? 'B' : 'A',
  };
}

/** The decoder layers that Stable Diffusion 1.x mixes; the run tells when the network has others. */
const layerNames = ['full.0', 'full.1', 'full.2', 'half.0', 'half.1', 'half.2'];

/** What can be given a lane: layers, and masks of the lanes that are there. */
function freeLanes(lanes: readonly TimelineLane[]): readonly string[] {
  const masks = lanes
    .filter(({ name, kind }) => kind === 'source' && /^(full|half)/.test(name))
    .map(({ name }) => maskName(name));
  return [...layerNames, ...masks].filter((name) => !lanes.some((lane) => lane.name === name));
}

function withNotes(
  lane: TimelineLane,
  connected: ConnectedSources | undefined,
  said: readonly string[],
): TimelineLane {
  const notes = [...said, ...(connected ? connectionNotes(lane, connected) : [])];
  return notes.length === 0 ? lane : { ...lane, notes: [...lane.notes, ...notes] };
}

/** Whether each pass was computed in the last run, and still counts. */
function passStates(
  state: AppState,
  node: NodeId,
  registry: NodeRegistry,
  runs: Pick<RunSession, 'view'>,
): TimelineView['passes'] {
  const { document, isRunning, ranDocument, path } = state;
  const record = document.nodes[node];
  const ran = ranDocument && innerDocument(ranDocument, path).nodes[node];
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
      (old.masks !== step.masks && old.masks.join() !== step.masks.join()) ||
      singleLanes(old) !== singleLanes(step) ||
      old.contrast !== step.contrast ||
      old.clip !== step.clip ||
      old.guidance !== step.guidance ||
      old.adain !== step.adain ||
      old.total !== step.total
    );
  });
  return at < 0 ? after.length : at;
}

/** What lanes of single layers say of a pass; of most schedules nothing, which is quickly seen. */
function singleLanes({ layers, laneMasks }: ScheduleStep): string {
  const isEmpty = laneMasks === undefined && Object.keys(layers).length === 0;
  return isEmpty ? '' : JSON.stringify([layers, laneMasks]);
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
