import { texts } from '../texts/texts.js';
import { openColorMenu, openMenu, type MenuEntry } from './menu.js';
import type { EditorContext } from './editor-context.js';
import type { Point } from './intents.js';
import type { NodeView } from './node-view.js';
import { promotionEntries } from './promotion-menu.js';
import { openReplaceMenu } from './replace-menu.js';
import { editTitle } from './text-overlay.js';

/** Opens the menu of a node, pressed on a `widget` maybe; of all selected ones when it is among them. */
export function menuForNode(
  context: EditorContext,
  view: NodeView,
  client: Point,
  widget?: string,
): void {
  const { id, title } = view.face;
  if (!context.selection.has(id)) context.select([id]);
  const views = [...context.selection].flatMap((other) => context.scene.views.get(other) ?? []);
  openMenu(context, title, client, [
    ...repairs(context, view, client),
    ...(views.length === 1 ? promotionEntries(context, view, widget) : []),
    ...own(context, view, client, views),
    ...common(context, views, client),
  ]);
}

function command(
  { host }: EditorContext,
  value: string,
  label: string,
  shortcut?: string,
): MenuEntry {
  return {
    value,
    label,
    ...(shortcut !== undefined && { shortcut }),
    act: () => {
      host.command(value);
    },
  };
}

/** What mends the node comes first. */
function repairs(context: EditorContext, view: NodeView, client: Point): readonly MenuEntry[] {
  const { id, isMissing } = view.face;
  const fixes = (context.run.node(id).fixes ?? []).map(({ name, label }) => ({
    value: `fix-${name}`,
    label,
    act: () => {
      context.host.fix(id, name);
    },
  }));
  if (!isMissing) return fixes;
  const replace: MenuEntry = {
    value: 'replace',
    label: texts().canvas.menu.replace,
    act: () => {
      openReplaceMenu(context, view, client);
    },
  };
  return [replace, ...fixes];
}

/** What a single node can do. */
function own(
  context: EditorContext,
  view: NodeView,
  client: Point,
  views: readonly NodeView[],
): readonly MenuEntry[] {
  if (views.length !== 1) return [];
  const words = texts().canvas.menu;
  const { id, isSubgraph, isMissing, carried, zone } = view.face;
  const added = Object.keys(context.scene.document.nodes[id]?.carried ?? {});
  const entries: MenuEntry[] = [
    {
      value: 'rename',
      label: words.rename,
      act: () => {
        editTitle(context, id);
      },
    },
  ];
  if (isSubgraph) {
    entries.push(command(context, 'enter', words.enter));
    entries.push(command(context, 'unpack', words.unpack));
    entries.push(command(context, 'publish', words.publish));
    if (context.run.node(id).isOutdated === true) {
      entries.unshift(command(context, 'update-instances', words.update));
    }
  }
  for (const name of Object.keys(carried).filter((key) => added.includes(key))) {
    entries.push({
      value: `uncarry-${name}`,
      label: words.removeCarried(name),
      isDangerous: true,
      act: () => {
        context.host.edit({ kind: 'uncarry', start: id, name });
      },
    });
  }
  if (zone === 'start') entries.push(command(context, 'filmstrip', words.filmstrip));
  if (!isMissing && zone === undefined) {
    entries.push({
      value: 'replace',
      label: words.replace,
      act: () => {
        openReplaceMenu(context, view, client);
      },
    });
  }
  return entries;
}

/** What any selection can do. */
function common(
  context: EditorContext,
  views: readonly NodeView[],
  client: Point,
): readonly MenuEntry[] {
  const words = texts().canvas.menu;
  const all = (mode: 'mute' | 'bypass'): boolean => views.every(({ face }) => face.mode === mode);
  const isPinned = views.every(({ layout }) => layout.pinned);
  const ids = views.map(({ face }) => face.id);
  return [
    command(context, 'run-to-here', words.runTo),
    command(context, 'run-from-here', words.runFrom),
    command(context, 'copy', words.copy, 'Ctrl+C'),
    command(context, 'duplicate', words.duplicate, 'Ctrl+D'),
    command(context, 'collapse', words.collapse, 'Alt+C'),
    command(context, 'bypass', all('bypass') ? words.endBypass : words.bypass, 'Ctrl+B'),
    command(context, 'mute', all('mute') ? words.unmute : words.mute, 'Ctrl+M'),
    command(context, 'pin', isPinned ? words.unpin : words.pin, 'P'),
    {
      value: 'color',
      label: words.colorThem,
      act: () => {
        openColorMenu(context, client, views[0]?.layout.color, (color) => {
          context.host.edit({ kind: 'color', ids, ...(color !== undefined && { color }) });
        });
      },
    },
    command(context, 'group', words.groupThem, 'Ctrl+G'),
    ...(views.length > 1 ? [command(context, 'align', words.align)] : []),
    command(context, 'subgraph', words.toSubgraph, 'Ctrl+Shift+E'),
    command(context, 'fit', words.fit, '.'),
    { ...command(context, 'delete', words.remove, 'Del'), isDangerous: true },
  ];
}
