import type { Application } from '../application.js';
import type { Command } from './command.js';

/** Running, cancelling, and looking at passes. */
export const runCommands: readonly Command[] = [
  {
    name: 'run',
    label: 'Run',
    keys: ['Ctrl+Enter'],
    group: 'Run',
    perform: ({ runs }) => runs.run(),
  },
  {
    name: 'cancel',
    label: 'Cancel the run',
    keys: ['Ctrl+Alt+Enter'],
    group: 'Run',
    isEnabled: ({ isRunning }) => isRunning,
    perform: ({ runs }) => {
      runs.cancel();
    },
  },
  {
    name: 'previous-pass',
    label: 'Previous pass',
    keys: ['['],
    group: 'Run',
    perform: (application) => {
      stepPass(application, -1);
    },
  },
  {
    name: 'next-pass',
    label: 'Next pass',
    keys: [']'],
    group: 'Run',
    perform: (application) => {
      stepPass(application, 1);
    },
  },
  {
    name: 'swap-schedules',
    label: 'Swap the two kept schedules',
    keys: ['X'],
    group: 'Run',
    perform: ({ timeline }) => {
      timeline.swap();
    },
  },
  {
    name: 'toggle-live',
    label: 'Run after every edit of a schedule',
    keys: [],
    group: 'Run',
    perform: ({ timeline }) => timeline.toggleLive(),
  },
];

/** Steps every zone's shown pass. */
function stepPass({ runs, store, registry }: Application, step: 1 | -1): void {
  for (const [id, record] of Object.entries(store.get().document.nodes)) {
    const zone = registry.get(record.type)?.zone?.kind === 'start' ? runs.view.zone(id) : undefined;
    if (!zone?.passes || zone.finished === 0) continue;
    const [first] = zone.passes;
    const last = first + zone.finished - 1;
    const shown = zone.shown ?? last;
    runs.showPass(id, Math.min(last, Math.max(first, shown + step)));
  }
}
