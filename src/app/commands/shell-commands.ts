import { texts } from '../../texts/texts.js';
import type { Command } from './command.js';

/** Finding and setting everything. */
export const shellCommands: readonly Command[] = [
  {
    name: 'commands',
    label: 'Find a command',
    keys: ['Ctrl+K'],
    group: 'Help',
    perform: ({ store }) => {
      store.set({ dialog: 'commands' });
    },
  },
  {
    name: 'settings',
    label: 'Settings',
    keys: ['Ctrl+,'],
    group: 'Help',
    perform: ({ store }) => {
      store.set({ dialog: 'settings' });
    },
  },
  {
    name: 'form',
    label: 'Show the graph as a form',
    keys: ['Alt+A'],
    group: 'Canvas',
    perform: ({ store }) => {
      store.set({ dialog: 'form' });
    },
  },
  {
    name: 'list',
    label: 'Show the graph as a list',
    keys: ['Alt+L'],
    group: 'Canvas',
    perform: async (application) => {
      const { store } = application;
      if (!store.get().settings.isPanelOpen) await application.perform('panel');
      store.set({ tab: 'list' });
    },
  },
  {
    name: 'view-pictures',
    label: 'View the pictures of the selected node',
    keys: ['Alt+V'],
    group: 'Canvas',
    isEnabled: ({ selection }) => selection.length === 1,
    perform: ({ store, runs, toasts }) => {
      const [id] = store.get().selection;
      if (id !== undefined && runs.picturesOf(id).length > 0) store.set({ viewed: id });
      else toasts.note(texts().commands.noPictures);
    },
  },
];
