import type { NodeId } from '../../core/graph/types.js';
import type { AppState } from '../app-state.js';
import { shownSchedule } from '../timeline-view.js';
import type { Command } from './command.js';

const hasSchedule = (state: AppState): boolean => shownSchedule(state) !== undefined;

/** The selected node that has a mask to be painted. */
const paintable = ({ selection, document }: AppState): NodeId | undefined =>
  selection.find((id) => document.nodes[id]?.type === 'PaintMask');

/** What concerns masks and the schedule that the timeline shows. */
export const scheduleCommands: readonly Command[] = [
  {
    name: 'paint-mask',
    label: 'Paint the mask',
    keys: ['Shift+M'],
    group: 'Edit',
    isEnabled: (state) => paintable(state) !== undefined,
    perform: ({ store }) => {
      store.set({ dialog: `paint-mask:${paintable(store.get()) ?? ''}` });
    },
  },
  {
    name: 'schedule-library',
    label: 'Schedule library',
    keys: ['Shift+T'],
    group: 'Run',
    isEnabled: hasSchedule,
    perform: ({ store }) => {
      store.set({ dialog: 'schedule-library' });
    },
  },
  {
    name: 'schedule-grid',
    label: 'Grid of schedules',
    keys: ['Shift+G'],
    group: 'Run',
    isEnabled: hasSchedule,
    perform: ({ store }) => {
      store.set({ dialog: 'schedule-grid' });
    },
  },
  {
    name: 'compare-schedules',
    label: 'Compare schedules A and B',
    keys: ['Shift+X'],
    group: 'Run',
    isEnabled: hasSchedule,
    perform: ({ store }) => {
      store.set({ dialog: 'compare-schedules' });
    },
  },
];
