import { own } from '../../core/graph/own.js';
import { subgraphKey } from '../../core/graph/subgraph-registry.js';
import type { NodeId } from '../../core/graph/types.js';
import type { AppState } from '../app-state.js';
import type { Application } from '../application.js';
import { labelOf } from '../keymap.js';
import { copiesToUpdate, publishedTitle } from '../published.js';
import type { Command } from './command.js';

/** The selected node that is an instance of a subgraph. */
function instanceOf({ selection, document }: AppState): NodeId | undefined {
  return selection.find((id) => subgraphKey(own(document.nodes, id)?.type ?? '') !== undefined);
}

const publishing = () => import('../publish-subgraph.js');

const hasInstance = (state: AppState): boolean => instanceOf(state) !== undefined;

/** Making one node of several, and going into it and out again. */
export const subgraphCommands: readonly Command[] = [
  {
    name: 'subgraph',
    label: 'Make one node of the selected ones',
    keys: ['Ctrl+Shift+E'],
    group: 'Edit',
    isEnabled: ({ selection }) => selection.length > 0,
    perform({ session, editor }) {
      const added = session.edit({ kind: 'subgraph', ids: [...editor.selection] });
      if (added.length > 0) editor.select(added);
    },
  },
  {
    name: 'enter',
    label: 'Enter the subgraph',
    keys: [],
    group: 'Edit',
    isEnabled: hasInstance,
    perform({ session, store }) {
      const id = instanceOf(store.get());
      if (id !== undefined) session.enter(id);
    },
  },
  {
    name: 'leave',
    label: 'Leave the subgraph',
    keys: ['Escape'],
    group: 'Edit',
    isEnabled: ({ path }) => path.length > 0,
    perform({ session, editor }) {
      const id = session.leave();
      if (id !== undefined) editor.select([id]);
    },
  },
  {
    name: 'unpack',
    label: 'Unpack the subgraph',
    keys: [],
    group: 'Edit',
    isEnabled: hasInstance,
    perform: unpack,
  },
  {
    name: 'outer-values',
    label: 'Choose the values that the outer node shows',
    keys: [],
    group: 'Edit',
    isEnabled: ({ path, selection }) => path.length > 0 && selection.length === 1,
    perform: async (application) => {
      (await import('../outer-values.js')).chooseOuterValues(application);
    },
  },
  {
    name: 'publish',
    label: 'Publish the subgraph as a node',
    keys: [],
    group: 'Edit',
    isEnabled: hasInstance,
    perform: async (application) => {
      const id = instanceOf(application.store.get());
      if (id !== undefined) await (await publishing()).publish(application, id);
    },
  },
  {
    name: 'withdraw',
    label: 'Withdraw a published node',
    keys: [],
    group: 'Edit',
    isEnabled: ({ publishedSubgraphs }) => publishedSubgraphs.length > 0,
    perform: chooseWithdrawal,
  },
  {
    name: 'update-instances',
    label: 'Update copies of published nodes',
    keys: [],
    group: 'Edit',
    isEnabled: (state) => copiesToUpdate(state).size > 0,
    perform: async (application) => {
      (await publishing()).updateCopies(application);
    },
  },
];

function unpack({ session, editor, store }: Application): void {
  const id = instanceOf(store.get());
  if (id === undefined) return;
  const added = session.edit({ kind: 'unpack', id });
  if (added.length > 0) editor.select(added);
}

/** Offers the published subgraphs as a menu in the middle of the canvas. */
function chooseWithdrawal(application: Application): void {
  const { store, editor, toasts } = application;
  const titles = store.get().publishedSubgraphs.map(publishedTitle);
  store.set({
    menu: {
      label: labelOf({ name: 'withdraw', label: 'Withdraw a published node' }),
      items: titles.map((title) => ({ value: title, label: title })),
      at: editor.middle(),
      onPick(title) {
        publishing()
          .then(({ withdraw }) => withdraw(application, title))
          .catch(toasts.thrown);
      },
    },
  });
}
