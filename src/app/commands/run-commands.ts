import { graphRegistry } from '../../core/graph/subgraph-registry.js';
import { texts } from '../../texts/texts.js';
import type { Application } from '../application.js';
import { followingOutputs } from '../following-outputs.js';
import type { Command } from './command.js';

/** Queueing, cancelling, and looking at passes. */
export const runCommands: readonly Command[] = [
  {
    name: 'run',
    label: 'Run',
    keys: ['Ctrl+Enter'],
    group: 'Run',
    perform: ({ running }) => {
      running.queue();
    },
  },
  {
    name: 'run-first',
    label: 'Run before those that wait',
    keys: ['Ctrl+Shift+Enter'],
    group: 'Run',
    perform: ({ running }) => {
      running.queue({ isFront: true });
    },
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
    name: 'run-selected',
    label: 'Run the selected outputs',
    keys: [],
    group: 'Run',
    isEnabled: ({ selection }) => selection.length > 0,
    perform: ({ running, registry, store, toasts }) => {
      const { selection, document } = store.get();
      const kinds = graphRegistry(document, registry);
      const targets = selection.filter(
        (id) => kinds.get(document.nodes[id]?.type ?? '')?.outputNode === true,
      );
      if (targets.length > 0) running.queue({ targets });
      else toasts.note(texts().running.queue.noOutputSelected);
    },
  },
  {
    name: 'run-to-here',
    label: 'Run to the selected nodes',
    keys: [],
    group: 'Run',
    isEnabled: ({ selection }) => selection.length > 0,
    perform: ({ running, store }) => {
      running.queue({ targets: store.get().selection });
    },
  },
  {
    name: 'run-from-here',
    label: 'Run what follows from the selected nodes',
    keys: [],
    group: 'Run',
    isEnabled: ({ selection }) => selection.length > 0,
    perform: ({ running, registry, store, toasts }) => {
      const { selection, document } = store.get();
      const targets = followingOutputs(document, selection, registry);
      if (targets.length > 0) running.queue({ targets });
      else toasts.note(texts().running.queue.noOutputFollows);
    },
  },
  {
    name: 'queue',
    label: 'Show the queue',
    keys: ['Q'],
    group: 'Run',
    perform: ({ store }) => {
      store.set({ isQueueOpen: !store.get().isQueueOpen });
    },
  },
  {
    name: 'clear-queue',
    label: 'Clear the queue',
    keys: [],
    group: 'Run',
    isEnabled: ({ queue }) => queue.length > 0,
    perform: ({ runs }) => {
      runs.withdraw();
    },
  },
  {
    name: 'toggle-live',
    label: 'Run after every edit',
    keys: [],
    group: 'Run',
    perform: ({ running }) => running.toggleLive(),
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
