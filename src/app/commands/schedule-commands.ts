import type { AppState } from '../app-state.js';
import { shownSchedule } from '../timeline-view.js';
import type { Command } from './command.js';

const hasSchedule = (state: AppState): boolean => shownSchedule(state) !== undefined;

/** What concerns the schedule that the timeline shows. */
export const scheduleCommands: readonly Command[] = [
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
