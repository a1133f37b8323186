import { texts } from '../texts/texts.js';
import { canvasColors, type CanvasColor } from './canvas-colors.js';
import { toClient, type EditorContext } from './editor-context.js';
import type { ChoiceRequest } from './host.js';
import type { Point } from './intents.js';

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
