import type { EditorContext } from './editor-context.js';
import { editTitle } from './text-overlay.js';
import { hitTest } from './hit-test.js';
import type { ChoiceRequest } from './host.js';
import type { Point } from './intents.js';

type Item = ChoiceRequest['items'][number];

/** Opens the menu for what lies under a point. */
export function openContextMenu(context: EditorContext, client: Point, graph: Point): void {
  const hit = hitTest(context, graph, false);
  const { host } = context;
  if ('view' in hit) {
    const { id } = hit.view.face;
    if (!context.selection.has(id)) context.select([id]);
    host.choose({
      label: hit.view.face.title,
      items: nodeItems(context),
      at: client,
      onPick: (name) => {
        if (name === 'rename') editTitle(context, id);
        else host.command(name);
      },
    });
    return;
  }
  if (hit.kind === 'link') {
    const { target } = hit;
    host.choose({
      label: 'Link',
      items: [{ value: 'disconnect', label: 'Remove link', isDangerous: true }],
      at: client,
      onPick: () => {
        host.edit({ kind: 'disconnect', to: target });
      },
    });
    return;
  }
  host.choose({
    label: 'Canvas',
    items: canvasItems,
    at: client,
    onPick: (name) => {
      if (name === 'add') host.openPalette({ at: client, pos: graph });
      else host.command(name);
    },
  });
}

const canvasItems: readonly Item[] = [
  { value: 'add', label: 'Add node…', shortcut: 'Shift+A' },
  { value: 'paste', label: 'Paste', shortcut: 'Ctrl+V' },
  { value: 'select-all', label: 'Select all', shortcut: 'Ctrl+A' },
  { value: 'fit', label: 'Fit to view', shortcut: '.' },
];

function nodeItems(context: EditorContext): readonly Item[] {
  const views = [...context.selection].flatMap((id) => context.scene.views.get(id) ?? []);
  const all = (mode: 'mute' | 'bypass'): boolean => views.every(({ face }) => face.mode === mode);
  const rename: Item[] = views.length === 1 ? [{ value: 'rename', label: 'Rename' }] : [];
  return [
    ...rename,
    { value: 'copy', label: 'Copy', shortcut: 'Ctrl+C' },
    { value: 'duplicate', label: 'Duplicate', shortcut: 'Ctrl+D' },
    { value: 'collapse', label: 'Collapse or unfold', shortcut: 'Alt+C' },
    { value: 'bypass', label: all('bypass') ? 'End bypass' : 'Bypass', shortcut: 'Ctrl+B' },
    { value: 'mute', label: all('mute') ? 'Unmute' : 'Mute', shortcut: 'Ctrl+M' },
    { value: 'fit', label: 'Fit to view', shortcut: '.' },
    { value: 'delete', label: 'Delete', shortcut: 'Del', isDangerous: true },
  ];
}
