import { applyPreset, changeNodes, setWidget } from '../core/graph/edits.js';
import { AppError } from '../core/errors.js';
import type { GraphDocument, NodeId, NodeRecord } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import {
  laneNames,
  laneWidget,
  layersWidget,
  type ScheduleTexts,
} from '../diffusion/lane-texts.js';
import { setLayerLane } from '../diffusion/layer-lanes.js';
import { morphSchedules, stretchSchedule } from '../diffusion/schedule-morph.js';
import { saveSettings } from '../storage/settings.js';
import type { TimelineEdit } from '../ui/timeline-model.js';
import type { AppState } from './app-state.js';
import type { DocumentSession } from './document-session.js';
import { editedLane } from './schedule-edit.js';
import { withChoice, type GridChoice } from './schedule-grid.js';
import { currentSchedule } from './schedule-shelf.js';
import type { Store } from './store.js';
import { lanesOf, layersText, readSchedule } from './schedule-reading.js';
import { scheduleType, shownSchedule } from './timeline-view.js';

/** What the timeline does to the document and to runs. */
export interface TimelineSession {
  edit(edit: TimelineEdit): void;
  show(id: NodeId): void;
  /** Gives a schedule the values of a cell of a grid. */
  choose(id: NodeId, choice: GridChoice): void;
  preset(id: NodeId, name: string): void;
  /** Gives a schedule the texts of all its lanes. */
  apply(id: NodeId, name: string, texts: ScheduleTexts, gesture?: string): void;
  /** Gives a schedule what lies between two, `share` of the way. @throws AppError when a lane cannot be read. */
  morph(id: NodeId, from: ScheduleTexts, to: ScheduleTexts, share: number, gesture: string): void;
  /** Brings a schedule, and the inversions that had the same steps, to another number of steps. @throws AppError */
  stretch(id: NodeId, steps: number, skip: number): void;
  /** Puts the kept second set of lanes in the place of the first, and keeps the first. */
  swap(): void;
  /** Opens or closes the dock. */
  toggle(): Promise<void>;
  dispose(): void;
}

/** Makes the session; a schedule that is selected opens the dock, until the user has closed it once. */
export function createTimelineSession(
  store: Store<AppState>,
  registry: NodeRegistry,
  session: DocumentSession,
): TimelineSession {
  let isUnwanted = false;
  const stop = store.watch(({ selection, document, settings }) => {
    const [id] = selection;
    if (selection.length !== 1 || id === undefined || isUnwanted || settings.isTimelineOpen) return;
    if (document.nodes[id]?.type === scheduleType) patch({ isTimelineOpen: true });
  });
  const patch = (changes: Partial<AppState['settings']>): void => {
    store.set({ settings: { ...store.get().settings, ...changes } });
  };
  const change = (name: string, document: AppState['document'], gesture?: string): void => {
    if (document === store.get().document) return;
    session.change(name, document, gesture);
  };
  return {
    edit({ node, gesture, edit }) {
      const { document } = store.get();
      const record = document.nodes[node];
      if (!record) return;
      const text = editedLane(edit, readSchedule(record).total);
      if (text === undefined) return;
      const lane = laneNames.find((name) => name === edit.lane);
      const [widget, value] = lane
        ? [laneWidget(lane), text]
        : [layersWidget, setLayerLane(layersText(record), edit.lane, text || undefined)];
      change(`Schedule ${edit.lane}`, setWidget(document, node, widget, value), gesture);
    },
    show(id) {
      store.set({ shownSchedule: id, selection: [] });
    },
    choose(id, choice) {
      change('Schedule of the grid', withChoice(store.get().document, id, choice));
    },
    preset(id, name) {
      change(`Preset ${name}`, applyPreset(store.get().document, registry, name, [id]));
    },
    apply(id, name, scheduleTexts, gesture) {
      change(`Schedule ${name}`, withTexts(store.get().document, id, scheduleTexts), gesture);
    },
    morph(id, from, to, share, gesture) {
      const { document } = store.get();
      const record = document.nodes[id];
      if (!record) return;
      const mixed = morphSchedules(from, to, readSchedule(record).total, share);
      change('Morph schedule', withTexts(document, id, mixed), gesture);
    },
    stretch(id, steps, skip) {
      const { document } = store.get();
      const record = document.nodes[id];
      if (!record) return;
      change('Stretch schedule', stretched(document, id, record, steps, skip));
    },
    swap() {
      const id = shownSchedule(store.get());
      if (id !== undefined)
        change('Swap schedules', changeNodes(store.get().document, [id], swapped));
    },
    async toggle() {
      const isOpen = store.get().settings.isTimelineOpen;
      isUnwanted = isOpen;
      patch({ isTimelineOpen: !isOpen });
      await saveSettings(store.get().settings);
    },
    dispose() {
      stop();
    },
  };
}

/** Whether two documents hold the same but for what their schedule nodes say. */
export function differsInSchedulesOnly(a: GraphDocument, b: GraphDocument): boolean {
  const ids = Object.keys(b.nodes);
  return (
    a.layout === b.layout &&
    a.subgraphs === b.subgraphs &&
    ids.length === Object.keys(a.nodes).length &&
    ids.every((id) => {
      const [was, is] = [a.nodes[id], b.nodes[id]];
      return was === is || (was?.type === scheduleType && is?.type === scheduleType);
    })
  );
}

function withTexts(document: GraphDocument, id: NodeId, lanes: ScheduleTexts): GraphDocument {
  const named = laneNames.map((name) => [laneWidget(name), lanes[name]] as const);
  return [...named, [layersWidget, lanes.layers] as const].reduce(
    (edited, [widget, text]) => setWidget(edited, id, widget, text),
    document,
  );
}

function stretched(
  document: GraphDocument,
  id: NodeId,
  record: NodeRecord,
  steps: number,
  skip: number,
): GraphDocument {
  if (skip >= steps || steps < 1) {
    throw new AppError({
      code: 'input/invalid',
      input: 'skip_steps',
      reason: `${String(skip)} of ${String(steps)} steps cannot be skipped`,
      remedy: 'Skip fewer steps than there are.',
    });
  }
  const { settings, total } = readSchedule(record);
  const lanes = stretchSchedule(currentSchedule(record).texts, total, steps - skip);
  // What had the same axis keeps to it: schedule, inversions and whatever else counts the same steps.
  const sameAxis = Object.keys(document.nodes).filter((other) => {
    const inputs = document.nodes[other]?.inputs ?? {};
    return inputs['steps'] === settings.steps && inputs['skip_steps'] === settings.skipSteps;
  });
  return [...new Set([id, ...sameAxis])].reduce(
    (edited, node) => setWidget(setWidget(edited, node, 'steps', steps), node, 'skip_steps', skip),
    withTexts(document, id, lanes),
  );
}

/** A schedule node with its second set of lanes in use; kept under keys of their own, which a run does not read. */
export function swapped(record: NodeRecord): NodeRecord {
  const kept: unknown = 'otherSchedule' in record ? record.otherSchedule : undefined;
  const side = 'scheduleSide' in record && record.scheduleSide === 'B' ? 'A' : 'B';
  const now = { ...lanesOf(record), layers: layersText(record) };
  const textOf = (name: keyof typeof now): string => {
    const text: unknown =
      typeof kept === 'object' && kept !== null ? Reflect.get(kept, name) : now[name];
    return typeof text === 'string' ? text : '';
  };
  const next = laneNames.map((name) => [laneWidget(name), textOf(name)] as const);
  const layers = { [layersWidget]: textOf('layers') };
  const inputs = { ...record.inputs, ...Object.fromEntries(next), ...layers };
  const extra = { otherSchedule: now, scheduleSide: side };
  return { ...record, ...extra, inputs };
}
