import type { EditorContext } from './editor-context.js';
import type { NodeRecord } from '../core/graph/types.js';
import { texts } from '../texts/texts.js';
import { picturePlace } from './draw-lens.js';
import { BLANK } from './geometry.js';
import type { Pointer } from './gestures/gesture.js';
import { hitTest, nodeOf, type Hit } from './hit-test.js';
import type { HoverTarget } from './host.js';
import type { End } from './intents.js';
import { onMinimap } from './minimap.js';
import { pointsOf, pointUnder } from './setting-points.js';
import { isSameEnd } from './scene-link.js';

const restMs = 350;

/** What a pointer that is not pressed shows: cursor, tooltip, marks, and the value of what it rests on. */
export interface Hover {
  move(pointer: Pointer): void;
  leave(): void;
  /** The scene has changed: a value of a node that is another one now is no longer shown. */
  refresh(): void;
}

/** Makes it for a canvas; it ends with `signal`. */
export function createHover(context: EditorContext, signal: AbortSignal): Hover {
  let rest: ReturnType<typeof setTimeout> | undefined;
  let asked: HoverTarget | undefined;
  let askedRecord: NodeRecord | undefined;
  signal.addEventListener('abort', () => {
    clearTimeout(rest);
  });

  const ask = (target: HoverTarget | undefined): void => {
    const isSame = target && asked && isSameEnd(target, asked) && target.side === asked.side;
    if (isSame) return;
    clearTimeout(rest);
    if (asked) context.host.hover(undefined);
    asked = target;
    askedRecord = target && context.scene.document.nodes[target.node];
    if (!target) return;
    rest = setTimeout(() => {
      context.host.hover(target);
    }, restMs);
  };
  let isLooking = false;
  const look = (place: ReturnType<typeof placeIn>): void => {
    if (place || isLooking) context.host.look(place);
    isLooking = place !== undefined;
  };
  const leave = (): void => {
    ask(undefined);
    look(undefined);
    if (!context.hover && !context.pointed) return;
    context.hover = context.pointed = undefined;
    context.redraw();
  };
  return {
    leave,
    refresh() {
      if (asked && context.scene.document.nodes[asked.node] !== askedRecord) ask(undefined);
    },
    move(pointer) {
      if (pointer.isTouch) return;
      if (onMinimap(context, pointer.client)) {
        leave();
        context.element.style.cursor = 'move';
        return;
      }
      const hit = hitTest(context, pointer.graph, false);
      const { element } = context;
      const cursor = pointable(context, hit, pointer) ? 'crosshair' : cursorFor(hit);
      element.style.cursor = context.options.isLocked ? 'grab' : cursor;
      show(context, pointer, hit);
      const title = pointable(context, hit, pointer)
        ? texts().canvas.setPoint
        : tooltipFor(context, hit);
      if (element.title !== title) element.title = title;
      ask(targetOf(hit, pointer));
      look(placeIn(context, hit, pointer));
    },
  };
}

function show(context: EditorContext, pointer: Pointer, hit: Hit): void {
  const view = nodeOf(hit);
  const row = hit.kind === 'widget' ? hit.row.name : hit.kind === 'picture' ? 'picture' : undefined;
  const next = view && { id: view.face.id, row, x: pointer.graph[0] - view.layout.pos[0] };
  const before = context.hover;
  context.hover = next;
  const link = pointedLink(hit);
  const isSameLink = link === context.pointed?.link || isSameEnd(link, context.pointed?.link);
  if (!isSameLink) context.pointed = link && { link };
  if (!isSameLink) context.redraw();
  else if (before?.id !== next?.id || before?.row !== next?.row || row === 'picture') {
    context.redraw();
  }
}

/** The place of a picture that the pointer is over, in shares. */
function placeIn(context: EditorContext, hit: Hit, { graph: [x, y] }: Pointer) {
  if (hit.kind !== 'picture') return undefined;
  const { id } = hit.view.face;
  const [left, top] = hit.view.layout.pos;
  const place = picturePlace(hit.view, context.run.node(id).pictures, x - left);
  if (!place) return undefined;
  const at = [(x - left - place.x) / place.width, (y - top - place.y) / place.height] as const;
  return at.every((share) => share >= 0 && share < 1) ? { node: id, at } : undefined;
}

/** Whether a press sets a point of the node. */
function pointable(context: EditorContext, hit: Hit, pointer: Pointer): boolean {
  return (
    hit.kind === 'picture' &&
    pointsOf(hit.view) !== undefined &&
    pointUnder(context, hit.view, pointer) !== undefined
  );
}

function pointedLink(hit: Hit): End | undefined {
  return hit.kind === 'link' || hit.kind === 'middle' || hit.kind === 'via'
    ? hit.link.to
    : undefined;
}

/** The value that may be looked at: of a socket, or of the output that a link comes from. */
function targetOf(hit: Hit, { client }: Pointer): HoverTarget | undefined {
  if (hit.kind === 'socket') {
    if (hit.name === BLANK) return undefined;
    return { node: hit.view.face.id, side: hit.side, name: hit.name, at: client };
  }
  if (hit.kind !== 'link' && hit.kind !== 'middle') return undefined;
  return { ...hit.link.from, side: 'output', at: client };
}

function cursorFor(hit: Hit): string {
  switch (hit.kind) {
    case 'socket':
      return 'crosshair';
    case 'resize':
      return hit.view.layout.pinned ? 'default' : 'nwse-resize';
    case 'scrubber':
      return 'ew-resize';
    case 'widget':
      return hit.row.widget?.spec.type === 'INT' || hit.row.widget?.spec.type === 'FLOAT'
        ? 'ew-resize'
        : 'pointer';
    case 'fold':
    case 'picture':
    case 'pass':
    case 'middle':
    case 'link':
      return 'pointer';
    case 'via':
      return 'move';
    case 'group':
      return hit.part === 'corner' ? 'nwse-resize' : 'move';
    case 'title':
    case 'body':
      return 'default';
    case 'zone':
    case 'canvas':
      return 'grab';
  }
}

function tooltipFor({ scene }: EditorContext, hit: Hit): string {
  const words = texts().canvas;
  if (hit.kind === 'widget') return hit.row.widget?.spec.tooltip ?? words.presets;
  if (hit.kind === 'via') return words.reroutePoint;
  if (hit.kind === 'link' || hit.kind === 'middle') {
    const { from, to, type } = hit.link;
    const titleOf = ({ node, name }: End): string =>
      `${scene.views.get(node)?.face.title ?? node} · ${name}`;
    return words.linkTooltip(titleOf(from), titleOf(to), type);
  }
  if (hit.kind !== 'socket') return '';
  const { face } = hit.view;
  const slots = hit.side === 'input' ? face.inputs : face.outputs;
  const slot = slots.find(({ name }) => name === hit.name);
  return slot ? `${slot.type}. ${slot.tooltip}` : '';
}
