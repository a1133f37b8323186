import { serializeDocument } from '../../core/graph/serialize.js';
import { download, graphFileName, pickFiles } from '../files.js';
import type { Command } from './command.js';

/** Opening and keeping graphs. */
export const fileCommands: readonly Command[] = [
  {
    name: 'open',
    label: 'Open a graph',
    keys: ['Ctrl+O'],
    group: 'File',
    perform: async (application) => {
      await application.takeFiles(await pickFiles('.json,application/json,image/*', false));
    },
  },
  {
    name: 'save',
    label: 'Save the graph',
    keys: ['Ctrl+S'],
    group: 'File',
    perform: ({ store }) => {
      const { document } = store.get();
      const blob = new Blob([serializeDocument(document)], { type: 'application/json' });
      download(blob, graphFileName(document.title));
    },
  },
  {
    name: 'example',
    label: 'Open the first example',
    keys: [],
    group: 'File',
    perform: (application) => application.openExample(),
  },
];
