import { gridStep } from './canvas-options.js';
import { openContextMenu } from './open-menus.js';
import { menuPlace } from './menu.js';
import type { EditorContext } from './editor-context.js';
import { removePoint } from './gestures/rerouting.js';
import type { NodeId } from '../core/graph/types.js';
import type { Point } from './intents.js';
import type { PointerMode, Pointing } from './pointing.js';

const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The canvas' own keys, while it has the focus: arrows move the selection (a grid step, with Shift one unit) or the
 * view, Space held pans, Escape ends a gesture, Delete removes a chosen reroute point or group, Enter enters a
 * subgraph, the menu key opens the menu. What is not used here goes on to the application's commands.
 */
export function listenToKeys(
  context: EditorContext,
  mode: PointerMode,
  pointing: Pointing,
  signal: AbortSignal,
): void {
  const { element } = context;
  element.addEventListener(
    'keydown',
    (event) => {
      if (!act(context, mode, pointing, event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  const letGo = (): void => {
    mode.isPanning = false;
  };
  element.addEventListener(
    'keyup',
    ({ key }) => {
      if (key === ' ') letGo();
    },
    { signal },
  );
  element.addEventListener('blur', letGo, { signal });
}

function act(
  context: EditorContext,
  mode: PointerMode,
  pointing: Pointing,
  event: KeyboardEvent,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const step = steps[event.key];
  if (step) {
    nudge(context, step, event.shiftKey);
    return true;
  }
  switch (event.key) {
    case ' ':
      mode.isPanning = true;
      context.element.style.cursor = 'grab';
      return true;
    case 'Escape':
      return pointing.cancel();
    case 'Delete':
    case 'Backspace':
      return removeChosen(context);
    case 'Enter':
      return enter(context);
    case 'F10':
    case 'ContextMenu': {
      if (event.key === 'F10' && !event.shiftKey) return false;
      const { client, graph } = menuPlace(context);
      openContextMenu(context, client, graph);
      return true;
    }
    default:
      return false;
  }
}

/** Moves the selected nodes, or the view when nothing is selected. */
function nudge(context: EditorContext, [x, y]: Point, isFine: boolean): void {
  const { selection, scene, stage } = context;
  if (selection.size === 0) {
    const { ds } = stage.view;
    ds.offset[0] = (ds.offset[0] ?? 0) - (x * 80) / ds.scale;
    ds.offset[1] = (ds.offset[1] ?? 0) - (y * 80) / ds.scale;
    context.redrawMoved();
    const [left, top] = [ds.offset[0], ds.offset[1]];
    context.host.viewChanged({ scale: ds.scale, offset: [left, top] });
    return;
  }
  const by = isFine ? 1 : gridStep;
  const positions = new Map<NodeId, Point>();
  for (const id of selection) {
    const layout = scene.views.get(id)?.layout;
    if (layout && !layout.pinned) {
      positions.set(id, [layout.pos[0] + x * by, layout.pos[1] + y * by]);
    }
  }
  if (positions.size > 0 && !context.options.isLocked) {
    context.host.edit({ kind: 'move', positions });
  }
}

function removeChosen(context: EditorContext): boolean {
  if (context.options.isLocked) return false;
  const { point, group, selection } = context;
  if (selection.size > 0) return false;
  if (point) {
    removePoint(context, point);
    return true;
  }
  if (group === undefined) return false;
  context.group = undefined;
  context.host.edit({ kind: 'group-delete', index: group });
  return true;
}

function enter(context: EditorContext): boolean {
  const [id, ...others] = context.selection;
  if (id === undefined || others.length > 0) return false;
  if (context.scene.views.get(id)?.face.isSubgraph !== true) return false;
  context.host.command('enter');
  return true;
}
