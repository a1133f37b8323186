import { changeSettings } from '../change-settings.js';
import type { Command } from './command.js';

const nextTheme = {
  system: 'dark',
  dark: 'light',
  light: 'contrast',
  contrast: 'system',
} as const;

/** Adding, looking, and what is shown beside the canvas. */
export const canvasCommands: readonly Command[] = [
  {
    name: 'add',
    label: 'Add a node',
    keys: ['Shift+A'],
    group: 'Canvas',
    perform: ({ store, editor }) => {
      store.set({ palette: { at: editor.middle(), pos: editor.pointAt() } });
    },
  },
  {
    name: 'fit',
    label: 'Fit to view',
    keys: ['.'],
    group: 'Canvas',
    perform: ({ editor }) => {
      editor.fit();
    },
  },
  {
    name: 'zoom-in',
    label: 'Zoom in',
    keys: ['Alt+='],
    group: 'Canvas',
    perform: ({ editor }) => {
      editor.zoom(1.2);
    },
  },
  {
    name: 'zoom-out',
    label: 'Zoom out',
    keys: ['Alt+-'],
    group: 'Canvas',
    perform: ({ editor }) => {
      editor.zoom(1 / 1.2);
    },
  },
  {
    name: 'panel',
    label: 'Show or hide the panel',
    keys: ['Alt+P'],
    group: 'Canvas',
    perform: ({ store }) =>
      changeSettings(store, { isPanelOpen: !store.get().settings.isPanelOpen }),
  },
  {
    name: 'timeline',
    label: 'Schedule timeline',
    keys: ['T'],
    group: 'Canvas',
    perform: ({ timeline }) => timeline.toggle(),
  },
  {
    name: 'theme',
    label: 'Change the theme',
    keys: [],
    group: 'Canvas',
    perform: ({ store }) => changeSettings(store, { theme: nextTheme[store.get().settings.theme] }),
  },
];
