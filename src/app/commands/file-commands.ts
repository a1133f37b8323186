import { emptyDocument } from '../../core/graph/edits.js';
import { serializeDocument } from '../../core/graph/serialize.js';
import { texts } from '../../texts/texts.js';
import { download, graphFileName, pickFiles } from '../files.js';
import { wholeGraph } from '../whole-graph.js';
import { closeTab } from '../workspace-view.js';
import type { AppState } from '../app-state.js';
import type { Application } from '../application.js';
import type { Command } from './command.js';

/** Opening and keeping graphs. */
export const fileCommands: readonly Command[] = [
  {
    name: 'open',
    label: 'Open graphs or pictures',
    keys: ['Ctrl+O'],
    group: 'File',
    perform: async (application) => {
      await application.takeFiles(await pickFiles('.json,.zip,application/json,image/*', true));
    },
  },
  {
    name: 'save',
    label: 'Save the graph as a file',
    keys: ['Ctrl+S'],
    group: 'File',
    perform: ({ store, workspace }) => {
      const document = wholeGraph(store.get());
      const blob = new Blob([serializeDocument(document)], { type: 'application/json' });
      download(blob, graphFileName(document.title));
      workspace.markExported();
    },
  },
  {
    name: 'new-graph',
    label: 'New graph',
    keys: ['Alt+T'],
    group: 'File',
    perform: ({ workspace }) => {
      workspace.open(emptyDocument(), { isClean: true });
    },
  },
  {
    name: 'close-graph',
    label: 'Close the graph',
    keys: ['Alt+W'],
    group: 'File',
    perform: (application) => {
      closeTab(application, application.store.get().graphId);
    },
  },
  {
    name: 'reopen-graph',
    label: 'Bring back the graph that was closed last',
    keys: ['Ctrl+Shift+T', 'Alt+Shift+T'],
    group: 'File',
    perform: ({ workspace, toasts }) => {
      if (!workspace.reopen()) toasts.note(texts().commands.noneClosed);
    },
  },
  {
    name: 'next-graph',
    label: 'Next open graph',
    keys: ['Alt+PageDown'],
    group: 'File',
    isEnabled: ({ tabs }) => tabs.length > 1,
    perform: (application) => {
      showNeighbour(application, 1);
    },
  },
  {
    name: 'previous-graph',
    label: 'Previous open graph',
    keys: ['Alt+PageUp'],
    group: 'File',
    isEnabled: ({ tabs }) => tabs.length > 1,
    perform: (application) => {
      showNeighbour(application, -1);
    },
  },
  {
    name: 'share',
    label: 'Share by link',
    keys: [],
    group: 'File',
    perform: async (application) => {
      const { shareShown } = await import('../sharing.js');
      await shareShown(application);
    },
  },
  {
    name: 'save-everything',
    label: 'Save everything as one file (zip)',
    keys: [],
    group: 'File',
    perform: async (application) => {
      const { saveEverything } = await import('../everything.js');
      await saveEverything(application);
    },
  },
  {
    name: 'bring-back-everything',
    label: 'Bring everything back from a file (zip)',
    keys: [],
    group: 'File',
    perform: async (application) => {
      const [file] = await pickFiles('.zip,application/zip', false);
      if (!file) return;
      const { bringBack } = await import('../everything.js');
      await bringBack(application, file);
    },
  },
  dialogCommand('graphs', 'All stored graphs', ['W']),
  dialogCommand('templates', 'New from template', ['N']),
  dialogCommand('history', 'Versions of this graph', ['Alt+H']),
  {
    name: 'example',
    label: 'Open the first example',
    keys: [],
    group: 'File',
    perform: (application) => application.openExample(),
  },
];

function dialogCommand(name: string, label: string, keys: readonly string[]): Command {
  return {
    name,
    label,
    keys,
    group: 'File',
    perform: ({ store }) => {
      store.set({ dialog: name });
    },
  };
}

function showNeighbour({ store, workspace }: Application, step: 1 | -1): void {
  const { tabs, graphId }: AppState = store.get();
  const index = tabs.findIndex(({ id }) => id === graphId);
  const next = tabs[(index + step + tabs.length) % tabs.length];
  if (next) workspace.show(next.id);
}
