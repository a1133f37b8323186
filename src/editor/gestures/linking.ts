import { isLink } from '../../core/graph/types.js';
import { own } from '../../core/graph/own.js';
import { texts } from '../../texts/texts.js';
import type { EditorContext, LinkDrag } from '../editor-context.js';
import { BLANK } from '../geometry.js';
import { hitTest, nodeOf, socketNear } from '../hit-test.js';
import type { End } from '../intents.js';
import { fits, fittingEnd, outputTypeOf, whyRefused } from '../link-rules.js';
import { inputType, type NodeView } from '../node-view.js';
import { isSameEnd } from '../scene-link.js';
import { hasMoved, type Gesture, type Pointer } from './gesture.js';

const bubbleMs = 3500;

/**
 * Draws a link out of a socket. From a linked input it takes the link's end off; with Shift it starts a further link
 * from the same output there, and from an output it takes all its links along. Let go over a node it goes to the
 * fitting socket, over the canvas it asks for a node that fits; where it may not end it says why.
 */
export function beginLinking(
  context: EditorContext,
  start: Pointer,
  view: NodeView,
  side: 'input' | 'output',
  name: string,
): Gesture {
  const link = linkFrom(context, start, view, side, name);
  context.link = link;
  context.bubble = undefined;
  const clear = (): void => {
    context.link = undefined;
    context.redraw();
  };
  return {
    pansAtEdge: true,
    move(pointer) {
      link.to = pointer.graph;
      aim(context, link, pointer);
      context.redraw();
    },
    end(pointer) {
      aim(context, link, pointer);
      clear();
      if (hasMoved(start, pointer)) settle(context, link, pointer);
    },
    cancel: clear,
  };
}

function linkFrom(
  context: EditorContext,
  start: Pointer,
  view: NodeView,
  side: 'input' | 'output',
  name: string,
): LinkDrag {
  const { scene } = context;
  const end: End = { node: view.face.id, name };
  const stored = own(scene.document.nodes[end.node]?.inputs ?? {}, name);
  const drag = {
    to: start.graph,
    target: undefined,
    refusal: undefined,
    takenFrom: undefined,
    others: [],
  };
  if (name === BLANK) return { side, end, type: '*', ...drag };
  if (side === 'input' && isLink(stored)) {
    const from: End = { node: stored.link[0], name: stored.link[1] };
    const type = outputTypeOf(scene, from);
    const takenFrom = start.shift ? undefined : end;
    if (type !== undefined) return { side: 'output', end: from, type, ...drag, takenFrom };
  }
  const type = side === 'input' ? inputType(view.face, name) : (outputTypeOf(scene, end) ?? '*');
  const others = scene.links.filter((link) => side === 'output' && isSameEnd(link.from, end));
  if (start.shift && others.length > 0) {
    return { side: 'input', end: others[0]?.to ?? end, type, ...drag, others };
  }
  return { side, end, type, ...drag };
}

/** Finds where the link would end, or why it cannot. */
function aim(context: EditorContext, link: LinkDrag, pointer: Pointer): void {
  link.target = undefined;
  link.refusal = undefined;
  const view = nodeOf(hitTest(context, pointer.graph, pointer.isTouch));
  if (!view) return;
  const words = texts().canvas;
  const { id, title } = view.face;
  const named = namedAt(view, link, pointer);
  if (id === link.end.node) {
    if (named !== undefined && named !== link.end.name) link.refusal = words.ownSocket(title);
    return;
  }
  const wanted = link.side === 'output' ? 'input' : 'output';
  if (named === BLANK && view.face.blank === wanted) {
    link.target = { node: id, name: BLANK };
    return;
  }
  const fitting = fittingEnd(context.scene, id, link);
  // A row under the pointer counts when it fits; else the link snaps to the node's fitting socket.
  const name = named !== undefined && fitsAt(context, link, id, named) ? named : fitting;
  const target = { node: id, name: name ?? named ?? '' };
  if (name === undefined && named === undefined) {
    link.refusal = words.noSocket(title, wanted, link.type);
    return;
  }
  const [from, to] = link.side === 'output' ? [link.end, target] : [target, link.end];
  // A blank socket takes the name and type of what it is linked to.
  if (link.end.name === BLANK) {
    link.target = target;
    return;
  }
  link.refusal = whyRefused(context.scene, context.registry, from, to);
  if (link.refusal === undefined) link.target = target;
}

/** The socket or widget of a node that the pointer names. */
function namedAt(view: NodeView, link: LinkDrag, pointer: Pointer): string | undefined {
  const wanted = link.side === 'output' ? 'input' : 'output';
  const near = socketNear(view, pointer.graph, 60);
  if (near?.side === wanted) return near.name;
  if (wanted === 'output') return undefined;
  const y = pointer.graph[1] - view.layout.pos[1];
  return view.geometry.widgets.find((row) => y >= row.y && y <= row.y + row.height)?.name;
}

function fitsAt(context: EditorContext, link: LinkDrag, node: string, name: string): boolean {
  const face = context.scene.views.get(node)?.face;
  if (!face || name === BLANK) return false;
  return link.side === 'output'
    ? fits(link.type, inputType(face, name))
    : fits(outputTypeOf(context.scene, { node, name }) ?? '', link.type);
}

function settle(context: EditorContext, link: LinkDrag, pointer: Pointer): void {
  const { host } = context;
  const { target, takenFrom, others } = link;
  if (target) {
    land(context, link, target);
    return;
  }
  if (link.refusal !== undefined) {
    refuse(context, link.refusal, pointer);
    return;
  }
  if (takenFrom) {
    host.edit({ kind: 'disconnect', to: takenFrom });
    return;
  }
  if (nodeOf(hitTest(context, pointer.graph, pointer.isTouch)) || others.length > 0) return;
  if (link.end.name === BLANK) return;
  const { side, end, type } = link;
  host.openPalette({ at: pointer.client, pos: pointer.graph, link: { side, end, type } });
}

function land({ host }: EditorContext, link: LinkDrag, target: End): void {
  const { takenFrom, others, end } = link;
  if (takenFrom?.node === target.node && takenFrom.name === target.name) return;
  const [from, to] = link.side === 'output' ? [end, target] : [target, end];
  if (to.name === BLANK) host.edit({ kind: 'carry', from, zone: to.node });
  else if (from.name === BLANK) host.edit({ kind: 'expose', to });
  else {
    const also = others.slice(1).map((other) => other.to);
    host.edit({
      kind: 'connect',
      from,
      to,
      ...(takenFrom && { instead: takenFrom }),
      ...(also.length > 0 && { also }),
    });
  }
}

/** The reason stays beside the pointer for a moment, and is spoken. */
function refuse(context: EditorContext, reason: string, pointer: Pointer): void {
  const bubble = { at: pointer.graph, text: reason };
  context.bubble = bubble;
  context.host.speak(reason);
  setTimeout(() => {
    if (context.bubble !== bubble) return;
    context.bubble = undefined;
    context.redraw();
  }, bubbleMs);
}
