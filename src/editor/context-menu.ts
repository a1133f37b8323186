import { shownTitle } from '../core/graph/node-name.js';
import type { EditorContext } from './editor-context.js';
import { texts } from '../texts/texts.js';
import { addPoint, removePoint } from './gestures/rerouting.js';
import { boxAround, nodesIn, type GroupView } from './group-view.js';
import { hitTest, nodeOf, rowAt } from './hit-test.js';
import type { Point } from './intents.js';
import { nearestOnPath } from './link-path.js';
import { openColorMenu, openMenu, type MenuEntry } from './menu.js';
import { menuForNode } from './node-menu.js';
import { pointsOf, type SceneLink } from './scene-link.js';
import { editGroupTitle } from './text-overlay.js';

/** Opens the menu for what lies under a point. */
export function openContextMenu(context: EditorContext, client: Point, graph: Point): void {
  const hit = hitTest(context, graph, false);
  const view = nodeOf(hit);
  if (view) menuForNode(context, view, client, rowAt(view, graph)?.name);
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
  openMenu(context, shownTitle(view.group.title), client, [
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
