import { deviceInfo } from '../view-models.js';
import type { Command } from './command.js';

/** What the program can tell of itself. */
export const helpCommands: readonly Command[] = [
  {
    name: 'show-device',
    label: 'Where it runs',
    keys: [],
    group: 'Help',
    perform: ({ store, toasts }) => {
      const { device } = store.get();
      if (device) toasts.note(`${deviceInfo(device).label}. ${device.reason}`);
    },
  },
  {
    name: 'help',
    label: 'Help and shortcuts',
    keys: ['?', 'Ctrl+Shift+K'],
    group: 'Help',
    perform: ({ store }) => {
      store.set({ dialog: 'help' });
    },
  },
];
