import { openContextMenu, openLinkMenu } from './open-menus.js';
import { toGraph, type EditorContext } from './editor-context.js';
import type { Gesture, Pointer } from './gestures/gesture.js';
import { beginMovingGroup, beginResizingGroup } from './gestures/grouping.js';
import { beginLinking } from './gestures/linking.js';
import { beginMinimap } from './gestures/minimapping.js';
import { beginMoving } from './gestures/moving.js';
import { beginPanning, reportView } from './gestures/panning.js';
import { createPinch } from './gestures/pinching.js';
import { beginPressingWidget } from './gestures/pressing-widget.js';
import { addPoint, beginRerouting } from './gestures/rerouting.js';
import { beginResizing } from './gestures/resizing.js';
import { beginScrubbing } from './gestures/scrubbing.js';
import { beginSelecting } from './gestures/selecting.js';
import { createEdgePan } from './edge-pan.js';
import { hitTest, type Hit } from './hit-test.js';
import { createHover } from './hovering.js';
import type { Point } from './intents.js';
import { isDoubleClickMeant } from './double-click.js';
import { setPoint } from './setting-points.js';
import { turnWheel } from './wheel.js';

const longPressMs = 550;
const doubleClickMs = 350;

/** What keys tell the pointer. */
export interface PointerMode {
  /** Space is held: drags move the view. */
  isPanning: boolean;
}

/** What keys and changes of the scene may ask of the pointer. */
export interface Pointing {
  /** Ends the gesture under way without an edit; whether there was one. */
  cancel(): boolean;
  /** The scene has changed under the pointer. */
  refresh(): void;
}

/** Listens to pointers and the wheel on the canvas and turns them into gestures, until `signal` aborts. */
export function listenToPointers(
  context: EditorContext,
  mode: PointerMode,
  signal: AbortSignal,
): Pointing {
  const { element } = context;
  const down = new Map<number, Point>();
  let gesture: Gesture | undefined;
  let pinch: ((a: Point, b: Point) => void) | undefined;
  let longPress: ReturnType<typeof setTimeout> | undefined;
  let lastClick = { at: 0, x: 0, y: 0 };
  const hover = createHover(context, signal);
  const edgePan = createEdgePan(context);

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
  const drop = (): boolean => {
    edgePan.stop();
    const dropped = gesture;
    gesture = undefined;
    dropped?.cancel();
    return dropped !== undefined;
  };

  on('pointerdown', (event) => {
    element.focus({ preventScroll: true });
    event.preventDefault();
    clearTimeout(longPress);
    down.set(event.pointerId, [event.clientX, event.clientY]);
    capture(element, event.pointerId);
    const [a, b] = [...down.values()];
    if (a && b) {
      hover.leave();
      drop();
      pinch = createPinch(context, a, b);
      return;
    }
    if (event.button === 2) return;
    const pointer = read(event);
    if (isDoubleClick(event) && isDoubleClickMeant(context, pointer)) return;
    gesture = begin(context, pointer, event.button, mode.isPanning);
    // Only now: the mark half way along a link is there while the link is pointed at.
    hover.leave();
    if (pointer.isTouch) {
      longPress = setTimeout(() => {
        drop();
        openContextMenu(context, pointer.client, pointer.graph);
      }, longPressMs);
    }
  });
  on('pointermove', (event) => {
    const pointer = read(event);
    const from = down.get(event.pointerId);
    if (!from) {
      hover.move(pointer);
      return;
    }
    const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
    if (Math.hypot(dx, dy) > 10) clearTimeout(longPress);
    if (pinch) {
      down.set(event.pointerId, [event.clientX, event.clientY]);
      const [a, b] = [...down.values()];
      if (a && b) pinch(a, b);
    } else if (gesture) {
      gesture.move(pointer);
      if (gesture.pansAtEdge === true) edgePan.follow(gesture, pointer);
    }
  });
  const release = (event: PointerEvent, isEnd: boolean): void => {
    clearTimeout(longPress);
    if (!down.delete(event.pointerId)) return;
    if (pinch) {
      if (down.size === 0) {
        pinch = undefined;
        reportView(context);
      }
      return;
    }
    edgePan.stop();
    const ended = gesture;
    gesture = undefined;
    if (isEnd) ended?.end(read(event));
    else ended?.cancel();
    hover.move(read(event));
  };
  on('pointerup', (event) => {
    release(event, true);
  });
  on('pointercancel', (event) => {
    release(event, false);
  });
  on('pointerleave', () => {
    if (down.size === 0) hover.leave();
  });
  on('contextmenu', (event) => {
    event.preventDefault();
    // A long press has opened the menu already.
    if (event instanceof PointerEvent && event.pointerType === 'touch') return;
    openContextMenu(context, [event.clientX, event.clientY], read(event).graph);
  });
  on('wheel', (event) => {
    event.preventDefault();
    hover.leave();
    turnWheel(context, event);
  });

  function isDoubleClick(event: PointerEvent): boolean {
    const now = event.timeStamp;
    const isNear = Math.hypot(event.clientX - lastClick.x, event.clientY - lastClick.y) < 8;
    const isDouble = event.button === 0 && isNear && now - lastClick.at < doubleClickMs;
    lastClick = { at: isDouble ? 0 : now, x: event.clientX, y: event.clientY };
    return isDouble;
  }
  return {
    cancel: drop,
    refresh: () => {
      hover.refresh();
    },
  };
}

function capture(element: HTMLElement, pointerId: number): void {
  try {
    element.setPointerCapture(pointerId);
  } catch (error) {
    // A pointer that a script made up cannot be captured; the drag works without.
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
  }
}

function begin(
  context: EditorContext,
  pointer: Pointer,
  button: number,
  isPanning: boolean,
): Gesture | undefined {
  const minimap = beginMinimap(context, pointer);
  if (minimap) return minimap;
  if (button === 1 || isPanning) return beginPanning(context, pointer);
  const hit = hitTest(context, pointer.graph, pointer.isTouch);
  if (context.options.isLocked && hit.kind !== 'scrubber' && hit.kind !== 'pass') {
    return beginPanning(context, pointer);
  }
  return beginAt(context, pointer, hit);
}

function beginAt(context: EditorContext, pointer: Pointer, hit: Hit): Gesture | undefined {
  switch (hit.kind) {
    case 'socket':
      return beginLinking(context, pointer, hit.view, hit.side, hit.name);
    case 'widget':
      return beginPressingWidget(context, pointer, hit.view, hit.row);
    case 'resize':
      return hit.view.layout.pinned
        ? beginMoving(context, pointer, hit.view)
        : beginResizing(context, pointer, hit.view);
    case 'fold':
      return beginMoving(context, pointer, hit.view, () => {
        context.host.edit({ kind: 'collapse', ids: [hit.view.face.id] });
      });
    case 'picture':
      return beginMoving(context, pointer, hit.view, () => {
        if (setPoint(context, hit.view, pointer)) return;
        context.host.openPictures(hit.view.face.id);
      });
    case 'title':
    case 'body':
      return beginMoving(context, pointer, hit.view);
    case 'scrubber':
      return beginScrubbing(context, pointer, hit.startId, hit.track);
    case 'pass':
      context.host.scrub(hit.startId, hit.pass);
      return undefined;
    case 'via':
      return beginRerouting(context, pointer, hit.link, hit.point);
    case 'middle':
      openLinkMenu(context, pointer.client, hit.link, pointer.graph);
      return undefined;
    case 'link':
      if (!pointer.alt) return beginOnCanvas(context, pointer);
      addPoint(context, hit.link, hit.piece, pointer.graph);
      return undefined;
    case 'group':
      return hit.part === 'title'
        ? beginMovingGroup(context, pointer, hit.view)
        : beginResizingGroup(context, pointer, hit.view);
    case 'zone':
    case 'canvas':
      return beginOnCanvas(context, pointer);
  }
}

function beginOnCanvas(context: EditorContext, pointer: Pointer): Gesture {
  return pointer.ctrl || pointer.shift
    ? beginSelecting(context, pointer)
    : beginPanning(context, pointer);
}
