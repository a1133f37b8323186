import { toClient, type EditorContext } from './editor-context.js';
import { texts } from '../texts/texts.js';
import { canvasColors, type CanvasColor } from './canvas-colors.js';
import { addPoint, removePoint } from './gestures/rerouting.js';
import { boxAround, nodesIn, type GroupView } from './group-view.js';
import { hitTest, nodeOf } from './hit-test.js';
import type { ChoiceRequest } from './host.js';
import type { Point } from './intents.js';
import { nearestOnPath } from './link-path.js';
import { menuForNode } from './node-menu.js';
import { pointsOf, type SceneLink } from './scene-link.js';
import { editGroupTitle } from './text-overlay.js';

type Item = ChoiceRequest['items'][number];

/** An entry of a menu, with what it does. */
export type MenuEntry = Item & { readonly act: () => void };

/** Opens a menu of entries that carry their actions. */
export function openMenu(
  context: EditorContext,
  label: string,
  at: Point,
  entries: readonly MenuEntry[],
): void {
  context.host.choose({
    label,
    items: entries.map(({ act: _act, ...item }) => item),
    at,
    onPick: (value) => {
      entries.find((entry) => entry.value === value)?.act();
    },
  });
}

/** Opens the menu for what lies under a point. */
export function openContextMenu(context: EditorContext, client: Point, graph: Point): void {
  const hit = hitTest(context, graph, false);
  const view = nodeOf(hit);
  if (view) menuForNode(context, view, client);
  else if (hit.kind === 'link' || hit.kind === 'middle') {
    openLinkMenu(context, client, hit.link, graph);
  } else if (hit.kind === 'via') {
    const { removePoint: label } = texts().canvas.menu;
    openMenu(context, texts().canvas.menu.link, client, [
      {
        value: 'remove',
        label,
        isDangerous: true,
        act: () => {
          removePoint(context, hit.point);
        },
      },
    ]);
  } else if (hit.kind === 'group') openGroupMenu(context, client, hit.view);
  else openCanvasMenu(context, client, graph);
}

/** Opens the menu of a link: what can be put on it, and its end. */
export function openLinkMenu(
  context: EditorContext,
  client: Point,
  link: SceneLink,
  graph: Point,
): void {
  const words = texts().canvas.menu;
  const { host } = context;
  const entries: MenuEntry[] = [
    {
      value: 'insert',
      label: words.insert,
      act: () => {
        host.openPalette({
          at: client,
          pos: graph,
          link: { side: 'output', end: link.from, type: link.type },
          insert: link.to,
        });
      },
    },
    {
      value: 'point',
      label: words.addPoint,
      act: () => {
        const points = pointsOf(context.scene.views, link);
        const near = points && nearestOnPath(points, graph, context.options.linkShape);
        if (near) addPoint(context, link, near.piece, near.at);
      },
    },
  ];
  if (link.via.length > 0) {
    entries.push({
      value: 'straighten',
      label: words.straighten,
      act: () => {
        host.edit({ kind: 'via', to: link.to, points: [] });
      },
    });
  }
  entries.push({
    value: 'disconnect',
    label: words.removeLink,
    isDangerous: true,
    act: () => {
      host.edit({ kind: 'disconnect', to: link.to });
    },
  });
  openMenu(context, words.link, client, entries);
}

function openGroupMenu(context: EditorContext, client: Point, view: GroupView): void {
  const words = texts().canvas.menu;
  const { host } = context;
  const { index } = view;
  const inside = nodesIn(context, view.bounds);
  openMenu(context, view.group.title, client, [
    {
      value: 'rename',
      label: words.rename,
      act: () => {
        editGroupTitle(context, view);
      },
    },
    {
      value: 'color',
      label: words.colorThem,
      act: () => {
        openColorMenu(context, client, view.group.color, (color) => {
          host.edit({ kind: 'group-set', index, patch: { color } });
        });
      },
    },
    {
      value: 'select',
      label: words.selectGroup,
      act: () => {
        context.select(inside);
      },
    },
    {
      value: 'fit',
      label: words.fitGroup,
      act: () => {
        const bounds = boxAround(context, inside);
        if (bounds) host.edit({ kind: 'group-set', index, patch: { bounds } });
      },
    },
    {
      value: 'delete',
      label: words.remove,
      isDangerous: true,
      act: () => {
        host.edit({ kind: 'group-delete', index });
      },
    },
  ]);
}

/** Opens the list of colours for nodes or a group. */
export function openColorMenu(
  context: EditorContext,
  client: Point,
  current: string | undefined,
  pick: (color: string | undefined) => void,
): void {
  const words = texts().canvas;
  const names = Object.keys(canvasColors) as CanvasColor[];
  openMenu(context, words.menu.color, client, [
    {
      value: 'none',
      label: words.menu.noColor,
      isCurrent: current === undefined,
      act: () => {
        pick(undefined);
      },
    },
    ...names.map((name) => ({
      value: name,
      label: words.colors[name],
      isCurrent: current === canvasColors[name],
      act: () => {
        pick(canvasColors[name]);
      },
    })),
  ]);
}

function openCanvasMenu(context: EditorContext, client: Point, graph: Point): void {
  const words = texts().canvas.menu;
  const { host } = context;
  const command = (value: string, label: string, shortcut?: string): MenuEntry => ({
    value,
    label,
    ...(shortcut !== undefined && { shortcut }),
    act: () => {
      host.command(value);
    },
  });
  openMenu(context, words.canvas, client, [
    {
      value: 'add',
      label: words.addNode,
      shortcut: 'Shift+A',
      act: () => {
        host.openPalette({ at: client, pos: graph });
      },
    },
    {
      value: 'add-group',
      label: words.addGroup,
      act: () => {
        host.edit({
          kind: 'group-add',
          bounds: [Math.round(graph[0]), Math.round(graph[1]), 360, 240],
        });
      },
    },
    command('paste', words.paste, 'Ctrl+V'),
    command('select-all', words.selectAll, 'Ctrl+A'),
    command('arrange', words.arrange),
    command('fit', words.fit, '.'),
  ]);
}

/** Where a menu asked for by key opens: at the first selected node, else in the middle of the canvas. */
export function menuPlace(context: EditorContext): {
  readonly client: Point;
  readonly graph: Point;
} {
  const [id] = context.selection;
  const view = id === undefined ? undefined : context.scene.views.get(id);
  const [width, height] = context.stage.size();
  const { left, top } = context.element.getBoundingClientRect();
  if (!view) {
    const client: Point = [left + width / 2, top + height / 2];
    const { scale, offset } = context.stage.view.ds;
    return {
      client,
      graph: [width / 2 / scale - (offset[0] ?? 0), height / 2 / scale - (offset[1] ?? 0)],
    };
  }
  const graph: Point = [view.layout.pos[0] + 30, view.layout.pos[1] - 15];
  return { client: toClient(context, graph), graph };
}
