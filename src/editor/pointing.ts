import { openContextMenu } from './context-menu.js';
import { toGraph, type EditorContext } from './editor-context.js';
import { editTitle } from './text-overlay.js';
import type { Gesture, Pointer } from './gestures/gesture.js';
import { beginLinking } from './gestures/linking.js';
import { beginMoving } from './gestures/moving.js';
import { beginPanning } from './gestures/panning.js';
import { createPinch } from './gestures/pinching.js';
import { beginPressingWidget } from './gestures/pressing-widget.js';
import { beginResizing } from './gestures/resizing.js';
import { beginScrubbing } from './gestures/scrubbing.js';
import { beginSelecting } from './gestures/selecting.js';
import { hitTest, type Hit } from './hit-test.js';
import type { Point } from './intents.js';

const longPressMs = 550;
const doubleClickMs = 350;

/** Listens to pointers and the wheel on the canvas and turns them into gestures, until `signal` aborts. */
export function listenToPointers(context: EditorContext, signal: AbortSignal): void {
  const { element } = context;
  const down = new Map<number, Point>();
  let gesture: Gesture | undefined;
  let pinch: ((a: Point, b: Point) => void) | undefined;
  let longPress: ReturnType<typeof setTimeout> | undefined;
  let lastClick = { at: 0, x: 0, y: 0 };

  const read = (event: PointerEvent | MouseEvent): Pointer => ({
    client: [event.clientX, event.clientY],
    graph: toGraph(context, event.clientX, event.clientY),
    isTouch: event instanceof PointerEvent && event.pointerType === 'touch',
    shift: event.shiftKey,
    ctrl: event.ctrlKey || event.metaKey,
    alt: event.altKey,
  });
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ): void => {
    element.addEventListener(name, listener, { signal, passive: false });
  };

  on('pointerdown', (event) => {
    element.focus({ preventScroll: true });
    event.preventDefault();
    clearTimeout(longPress);
    down.set(event.pointerId, [event.clientX, event.clientY]);
    capture(element, event.pointerId);
    const [a, b] = [...down.values()];
    if (a && b) {
      gesture?.cancel();
      gesture = undefined;
      pinch = createPinch(context, a, b);
      return;
    }
    if (event.button === 2) return;
    const pointer = read(event);
    if (isDoubleClick(event) && doubleClick(context, pointer)) return;
    gesture = begin(context, pointer, event.button);
    if (pointer.isTouch) {
      longPress = setTimeout(() => {
        gesture?.cancel();
        gesture = undefined;
        openContextMenu(context, pointer.client, pointer.graph);
      }, longPressMs);
    }
  });
  on('pointermove', (event) => {
    const pointer = read(event);
    const from = down.get(event.pointerId);
    if (!from) {
      hover(context, pointer);
      return;
    }
    const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
    if (Math.hypot(dx, dy) > 10) clearTimeout(longPress);
    if (pinch) {
      down.set(event.pointerId, [event.clientX, event.clientY]);
      const [a, b] = [...down.values()];
      if (a && b) pinch(a, b);
    } else gesture?.move(pointer);
  });
  const release = (event: PointerEvent, isEnd: boolean): void => {
    clearTimeout(longPress);
    if (!down.delete(event.pointerId)) return;
    if (pinch) {
      if (down.size === 0) pinch = undefined;
      return;
    }
    const ended = gesture;
    gesture = undefined;
    if (isEnd) ended?.end(read(event));
    else ended?.cancel();
    hover(context, read(event));
  };
  on('pointerup', (event) => {
    release(event, true);
  });
  on('pointercancel', (event) => {
    release(event, false);
  });
  on('pointerleave', () => {
    if (down.size > 0 || !context.hover) return;
    context.hover = undefined;
    context.redraw();
  });
  on('contextmenu', (event) => {
    event.preventDefault();
    // A long press has opened the menu already.
    if (event instanceof PointerEvent && event.pointerType === 'touch') return;
    openContextMenu(context, [event.clientX, event.clientY], read(event).graph);
  });
  on('wheel', (event) => {
    event.preventDefault();
    turnWheel(context, event);
  });

  function isDoubleClick(event: PointerEvent): boolean {
    const now = event.timeStamp;
    const isNear = Math.hypot(event.clientX - lastClick.x, event.clientY - lastClick.y) < 8;
    const isDouble = event.button === 0 && isNear && now - lastClick.at < doubleClickMs;
    lastClick = { at: isDouble ? 0 : now, x: event.clientX, y: event.clientY };
    return isDouble;
  }
}

function capture(element: HTMLElement, pointerId: number): void {
  try {
    element.setPointerCapture(pointerId);
  } catch (error) {
    // A pointer that a script made up cannot be captured; the drag works without.
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
  }
}

function begin(context: EditorContext, pointer: Pointer, button: number): Gesture {
  if (button === 1) return beginPanning(context, pointer);
  const hit = hitTest(context, pointer.graph, pointer.isTouch);
  switch (hit.kind) {
    case 'socket':
      return beginLinking(context, pointer, hit.view, hit.side, hit.name);
    case 'widget':
      return beginPressingWidget(context, pointer, hit.view, hit.row);
    case 'resize':
      return beginResizing(context, pointer, hit.view);
    case 'fold':
      return beginMoving(context, pointer, hit.view, () => {
        context.host.edit({ kind: 'collapse', ids: [hit.view.face.id] });
      });
    case 'picture':
      return beginMoving(context, pointer, hit.view, () => {
        context.host.openPictures(hit.view.face.id);
      });
    case 'title':
    case 'body':
      return beginMoving(context, pointer, hit.view);
    case 'scrubber':
      return beginScrubbing(context, pointer, hit.startId, hit.track);
    case 'zone':
    case 'link':
    case 'canvas':
      return pointer.ctrl || pointer.shift
        ? beginSelecting(context, pointer)
        : beginPanning(context, pointer);
  }
}

/** Whether a second click means something of its own where it was made. */
function doubleClick(context: EditorContext, pointer: Pointer): boolean {
  const hit = hitTest(context, pointer.graph, pointer.isTouch);
  if (hit.kind === 'title') editTitle(context, hit.view.face.id);
  else if ('view' in hit || hit.kind === 'scrubber') return false;
  else context.host.openPalette({ at: pointer.client, pos: pointer.graph });
  return true;
}

function hover(context: EditorContext, pointer: Pointer): void {
  if (pointer.isTouch) return;
  const hit = hitTest(context, pointer.graph, false);
  context.element.style.cursor = cursorFor(hit);
  const row = hit.kind === 'widget' ? hit.row.name : hit.kind === 'picture' ? 'picture' : undefined;
  const next =
    'view' in hit
      ? { id: hit.view.face.id, row, x: pointer.graph[0] - hit.view.layout.pos[0] }
      : undefined;
  const before = context.hover;
  context.hover = next;
  if (before?.id !== next?.id || before?.row !== next?.row || row === 'picture') context.redraw();
  context.element.title = tooltipFor(hit);
}

function cursorFor(hit: Hit): string {
  switch (hit.kind) {
    case 'socket':
      return 'crosshair';
    case 'resize':
      return 'nwse-resize';
    case 'scrubber':
      return 'ew-resize';
    case 'widget':
      return hit.row.widget?.spec.type === 'INT' || hit.row.widget?.spec.type === 'FLOAT'
        ? 'ew-resize'
        : 'pointer';
    case 'fold':
    case 'picture':
      return 'pointer';
    case 'title':
    case 'body':
      return 'default';
    case 'zone':
    case 'link':
    case 'canvas':
      return 'grab';
  }
}

function tooltipFor(hit: Hit): string {
  if (hit.kind === 'widget') return hit.row.widget?.spec.tooltip ?? 'Values that belong together.';
  if (hit.kind !== 'socket') return '';
  const { face } = hit.view;
  const slots = hit.side === 'input' ? face.inputs : face.outputs;
  const slot = slots.find(({ name }) => name === hit.name);
  return slot ? `${slot.type}. ${slot.tooltip}` : '';
}

function turnWheel(context: EditorContext, event: WheelEvent): void {
  const { ds } = context.stage.view;
  if (event.shiftKey && !event.ctrlKey) {
    ds.offset[0] = (ds.offset[0] ?? 0) - (event.deltaX || event.deltaY) / ds.scale;
  } else {
    const box = context.element.getBoundingClientRect();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
    // A pinch on a trackpad comes as a wheel with Ctrl, in small steps.
    const factor = Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0015));
    ds.changeScale(ds.scale * factor, [event.clientX - box.left, event.clientY - box.top]);
  }
  context.redraw(true);
  const [x = 0, y = 0] = ds.offset;
  context.host.viewChanged({ scale: ds.scale, offset: [x, y] });
}
