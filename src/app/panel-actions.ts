import { texts } from '../texts/texts.js';
import type { UiEvents } from '../ui/events.js';
import type { Application } from './application.js';
import { connectDialog } from './connect-dialog.js';
import { commands } from './commands/index.js';
import { keysOf, labelOf } from './keymap.js';
import { openTemplate } from './templates.js';
import { editWidgets, swappedPlaces } from './widget-edits.js';

type Actions = {
  readonly [Name in keyof UiEvents]?: (application: Application, detail: UiEvents[Name]) => void;
};

/** What the wishes of the inspector and of the graph's list do. */
const actions: Actions = {
  'cw-widget-changed': ({ store, registry, session, toasts }, change) => {
    const { document, unreadable } = editWidgets(store.get().document, registry, change);
    if (document) session.change(`Set ${change.input}`, document, change.gesture);
    else toasts.note(texts().inspector.noNumber(unreadable));
  },
  'cw-example': (application, name) => {
    void openTemplate(application, name);
  },
  'cw-mask-wanted': ({ store }, node) => {
    store.set({ dialog: `paint-mask:${node}` });
  },
  'cw-presets': ({ session }, { nodes, preset }) => {
    session.edit({ kind: 'preset', preset, ids: nodes });
  },
  'cw-connect': ({ store }, end) => {
    store.set({ dialog: connectDialog('input', end) });
  },
  'cw-connect-output': ({ store }, end) => {
    store.set({ dialog: connectDialog('output', end) });
  },
  'cw-disconnect': ({ session }, to) => {
    session.edit({ kind: 'disconnect', to });
  },
  'cw-pictures': ({ store, runs }, id) => {
    if (runs.picturesOf(id).length > 0) store.set({ viewed: id });
  },
  'cw-nodes-selected': ({ editor }, ids) => {
    editor.select(ids);
  },
  'cw-node-renamed': ({ session }, { node, title }) => {
    session.edit({ kind: 'rename', id: node, title });
  },
  'cw-nodes-swapped': ({ session, store }, [a, b]) => {
    session.edit({ kind: 'move', positions: swappedPlaces(store.get().document, a, b) });
  },
  'cw-node-menu': openNodeMenu,
  'cw-command': (application, name) => void application.perform(name),
  'cw-value-wanted': ({ running }, target) => {
    running.values.show(target);
  },
};

/** Lets an element's wishes act on the application until the signal is aborted. */
export function listenToPanel(
  element: HTMLElement,
  application: () => Application | undefined,
  signal: AbortSignal,
): void {
  for (const [name, action] of Object.entries(actions)) {
    element.addEventListener(
      name,
      (event) => {
        const target = application();
        if (!target || !(event instanceof CustomEvent)) return;
        (action as (application: Application, detail: unknown) => void)(target, event.detail);
      },
      { signal },
    );
  }
}

/** The commands on the selection, as a menu on one node of the list. */
function openNodeMenu(application: Application, { node, at }: UiEvents['cw-node-menu']): void {
  const { store, editor } = application;
  if (!store.get().selection.includes(node)) editor.select([node]);
  const state = store.get();
  const offered = commands.filter(
    (command) =>
      command.isEnabled !== undefined &&
      command.isEnabled(state) &&
      !command.isEnabled({ ...state, selection: [] }),
  );
  store.set({
    menu: {
      label: application.titleOf(node),
      at,
      items: offered.map((command) => ({
        value: command.name,
        label: labelOf(command),
        shortcut: keysOf(state.settings, command)[0] ?? '',
        isDangerous: command.name === 'delete',
      })),
      onPick: (name) => void application.perform(name),
    },
  });
}
