import { changeSettings } from '../change-settings.js';
import type { Application } from '../application.js';
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
  setting('minimap', 'Minimap', ['Alt+M'], 'showsMinimap'),
  setting('times', 'Times and memory on nodes', [], 'showsTimes'),
  setting('link-notes', 'Shapes on links', [], 'showsLinkNotes'),
  setting('filmstrip', 'Pictures of all passes under zones', ['Alt+F'], 'showsFilmstrip'),
  setting('snap', 'Snap to the grid', [], 'snapsToGrid'),
  {
    name: 'lock',
    label: 'Lock the canvas',
    keys: ['H'],
    group: 'Canvas',
    perform: ({ store }) => changeSettings(store, { isCanvasLocked: true }),
  },
  {
    name: 'unlock',
    label: 'Unlock the canvas',
    keys: ['V'],
    group: 'Canvas',
    perform: ({ store }) => changeSettings(store, { isCanvasLocked: false }),
  },
  {
    name: 'arrange',
    label: 'Arrange',
    keys: [],
    group: 'Canvas',
    perform: arrange,
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

/** A command that turns a setting on or off. */
function setting(
  name: string,
  label: string,
  keys: readonly string[],
  key: 'showsMinimap' | 'showsTimes' | 'showsLinkNotes' | 'showsFilmstrip' | 'snapsToGrid',
): Command {
  return {
    name,
    label,
    keys,
    group: 'Canvas',
    perform: ({ store }) => changeSettings(store, { [key]: !store.get().settings[key] }),
  };
}

/** Lays out the selected nodes, or all, in the direction of their links; the library comes when it is first needed. */
async function arrange(application: Application): Promise<void> {
  const { store, session, editor } = application;
  const { document } = store.get();
  const ids = editor.selection.size > 1 ? [...editor.selection] : Object.keys(document.nodes);
  const { arrangeNodes } = await import('../../editor/arrange-nodes.js');
  const positions = arrangeNodes(document, application.registry, ids, editor.sizesOf(ids));
  session.edit({ kind: 'move', positions });
  editor.fit(ids);
}
