import { applyPreset, changeNodes, setWidget } from '../core/graph/edits.js';
import type { NodeId, NodeRecord } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { laneNames, laneWidget, layersWidget } from '../diffusion/lane-texts.js';
import { setLayerLane } from '../diffusion/layer-lanes.js';
import { saveSettings } from '../storage/settings.js';
import type { TimelineEdit } from '../ui/timeline-model.js';
import type { AppState } from './app-state.js';
import type { DocumentSession } from './document-session.js';
import { editedLane } from './schedule-edit.js';
import type { Store } from './store.js';
import { lanesOf, layersText, readSchedule } from './schedule-reading.js';
import { scheduleType, shownSchedule } from './timeline-view.js';

/** What the timeline does to the document and to runs. */
export interface TimelineSession {
  edit(edit: TimelineEdit): void;
  choose(id: NodeId): void;
  preset(id: NodeId, name: string): void;
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
    choose(id) {
      store.set({ shownSchedule: id, selection: [] });
    },
    preset(id, name) {
      change(`Preset ${name}`, applyPreset(store.get().document, registry, name, [id]));
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
