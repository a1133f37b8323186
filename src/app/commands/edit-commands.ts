import type { NodeId } from '../../core/graph/types.js';
import type { Alignment } from '../../core/graph/arrange-edits.js';
import type { GraphEditor } from '../../editor/graph-editor.js';
import type { EditIntent } from '../../editor/intents.js';
import { texts } from '../../texts/texts.js';
import { labelOf } from '../keymap.js';
import type { Application } from '../application.js';
import type { AppState } from '../app-state.js';
import { looksLikeNodes, nodesToText } from '../clipboard.js';
import type { Command } from './command.js';

const hasSelection = ({ selection }: AppState): boolean => selection.length > 0;

type SelectionIntent = (ids: readonly NodeId[], editor: GraphEditor) => EditIntent;

/** Ways to line nodes up, each a command of its own. */
const alignments: readonly {
  readonly name: string;
  readonly label: string;
  readonly intent: SelectionIntent;
}[] = [
  align('left', 'Align left edges'),
  align('center-x', 'Align centres horizontally'),
  align('right', 'Align right edges'),
  align('top', 'Align top edges'),
  align('center-y', 'Align middles vertically'),
  align('bottom', 'Align bottom edges'),
  spread('x', 'Spread evenly, horizontally'),
  spread('y', 'Spread evenly, vertically'),
];

/** Changing the graph, and the way back. */
export const editCommands: readonly Command[] = [
  {
    name: 'undo',
    label: 'Undo',
    keys: ['Ctrl+Z'],
    group: 'Edit',
    isEnabled: ({ canUndo }) => canUndo,
    perform: ({ session }) => {
      session.undo();
    },
  },
  {
    name: 'redo',
    label: 'Redo',
    keys: ['Ctrl+Y', 'Ctrl+Shift+Z'],
    group: 'Edit',
    isEnabled: ({ canRedo }) => canRedo,
    perform: ({ session }) => {
      session.redo();
    },
  },
  {
    name: 'select-all',
    label: 'Select all',
    keys: ['Ctrl+A'],
    group: 'Edit',
    perform: ({ editor, store }) => {
      editor.select(Object.keys(store.get().document.nodes));
    },
  },
  {
    name: 'copy',
    label: 'Copy',
    keys: ['Ctrl+C'],
    group: 'Edit',
    isEnabled: hasSelection,
    perform: copy,
  },
  {
    name: 'paste',
    label: 'Paste',
    keys: ['Ctrl+V'],
    group: 'Edit',
    perform: (application) => pasteFromClipboard(application, false),
  },
  {
    name: 'paste-linked',
    label: 'Paste with links',
    keys: ['Ctrl+Shift+V'],
    group: 'Edit',
    perform: (application) => pasteFromClipboard(application, true),
  },
  onSelection('duplicate', 'Duplicate', ['Ctrl+D'], (ids) => ({
    kind: 'clone',
    ids,
    offset: [32, 32],
  })),
  onSelection('delete', 'Delete', ['Delete', 'Backspace'], (ids) => ({ kind: 'delete', ids })),
  onSelection('mute', 'Mute', ['Ctrl+M'], (ids) => ({ kind: 'mode', ids, mode: 'mute' })),
  onSelection('bypass', 'Bypass', ['Ctrl+B'], (ids) => ({ kind: 'mode', ids, mode: 'bypass' })),
  onSelection('pin', 'Pin or unpin', ['P'], (ids) => ({ kind: 'pin', ids })),
  onSelection('group', 'Group', ['Ctrl+G'], (ids, editor) => ({
    kind: 'group',
    ids,
    sizes: editor.sizesOf(ids),
  })),
  {
    name: 'color',
    label: 'Colour',
    keys: [],
    group: 'Edit',
    isEnabled: hasSelection,
    perform: ({ editor }) => {
      editor.chooseColor();
    },
  },
  {
    name: 'align',
    label: 'Align or spread',
    keys: [],
    group: 'Edit',
    isEnabled: ({ selection }) => selection.length > 1,
    perform: chooseAlignment,
  },
  ...alignments.map(({ name, label, intent }) => onSelection(name, label, [], intent)),
  onSelection('collapse', 'Collapse or unfold', ['Alt+C'], (ids) => ({ kind: 'collapse', ids })),
];

/** A command that makes one edit of what is selected. */
function onSelection(
  name: string,
  label: string,
  keys: readonly string[],
  intent: SelectionIntent,
): Command {
  return {
    name,
    label,
    keys,
    group: 'Edit',
    isEnabled: hasSelection,
    perform({ session, editor }) {
      const ids = [...editor.selection];
      if (ids.length === 0) return;
      const added = session.edit(intent(ids, editor));
      if (added.length > 0) editor.select(added);
    },
  };
}

function align(edge: Alignment, label: string): (typeof alignments)[number] {
  const intent: SelectionIntent = (ids, editor) => ({
    kind: 'align',
    ids,
    edge,
    sizes: editor.sizesOf(ids),
  });
  return { name: `align-${edge}`, label, intent };
}

function spread(axis: 'x' | 'y', label: string): (typeof alignments)[number] {
  const intent: SelectionIntent = (ids, editor) => ({
    kind: 'distribute',
    ids,
    axis,
    sizes: editor.sizesOf(ids),
  });
  return { name: `distribute-${axis}`, label, intent };
}

/** Offers the alignments as a menu in the middle of the canvas. */
function chooseAlignment(application: Application): void {
  const { store, editor } = application;
  store.set({
    menu: {
      label: texts().commands.names['align'] ?? 'Align or spread',
      items: alignments.map((each) => ({ value: each.name, label: labelOf(each) })),
      at: editor.middle(),
      onPick: (name) => void application.perform(name),
    },
  });
}

async function copy({ store, editor, toasts }: Application): Promise<void> {
  const ids = [...editor.selection];
  if (ids.length === 0) return;
  await navigator.clipboard.writeText(nodesToText(store.get().document, ids));
  toasts.note(texts().commands.copied(ids.length));
}

/** From the menu there is no paste event to bring the data: the clipboard is read, with the browser's leave. */
async function pasteFromClipboard(application: Application, keepLinks: boolean): Promise<void> {
  const text = await navigator.clipboard.readText();
  if (!looksLikeNodes(text)) {
    application.toasts.note(texts().commands.nothingToPaste);
    return;
  }
  const data = new DataTransfer();
  data.setData('text/plain', text);
  application.expectPaste(keepLinks);
  application.pasteData(data);
}
