import { isLink } from '../../core/graph/types.js';
import { own } from '../../core/graph/own.js';
import type { EditorContext, LinkDrag } from '../editor-context.js';
import { hitTest, socketNear } from '../hit-test.js';
import type { End } from '../intents.js';
import { fits, fittingEnd, outputTypeOf, whyRefused } from '../link-rules.js';
import { inputType, type NodeView } from '../node-view.js';
import { hasMoved, type Gesture, type Pointer } from './gesture.js';

/**
 * Draws a link out of a socket. From a linked input it takes the link's end off. Let go over a node it goes to
 * the fitting socket, over the canvas it asks for a node that fits; where it may not end it says why.
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
  const clear = (): void => {
    context.link = undefined;
    context.redraw(true);
  };
  return {
    move(pointer) {
      link.to = pointer.graph;
      aim(context, link, pointer);
      context.redraw(true);
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
  const end: End = { node: view.face.id, name };
  const stored = own(context.scene.document.nodes[end.node]?.inputs ?? {}, name);
  const drag = { to: start.graph, target: undefined, refusal: undefined };
  if (side === 'input' && isLink(stored)) {
    const from: End = { node: stored.link[0], name: stored.link[1] };
    const type = outputTypeOf(context.scene, from);
    if (type !== undefined) return { side: 'output', end: from, type, takenFrom: end, ...drag };
  }
  const type =
    side === 'input' ? inputType(view.face, name) : (outputTypeOf(context.scene, end) ?? '*');
  return { side, end, type, takenFrom: undefined, ...drag };
}

/** Finds where the link would end, or why it cannot. */
function aim(context: EditorContext, link: LinkDrag, pointer: Pointer): void {
  link.target = undefined;
  link.refusal = undefined;
  const hit = hitTest(context, pointer.graph, pointer.isTouch);
  if (!('view' in hit)) return;
  const id = hit.view.face.id;
  if (id === link.end.node) return;
  const wanted = link.side === 'output' ? 'input' : 'output';
  const near = socketNear(hit.view, pointer.graph, 60);
  const named =
    hit.kind === 'widget' && wanted === 'input'
      ? hit.row.name
      : near?.side === wanted
        ? near.name
        : undefined;
  const fitting = fittingEnd(context.scene, id, link);
  // A row under the pointer counts when it fits; else the link snaps to the node's fitting socket.
  const name = named !== undefined && fitsAt(context, link, id, named) ? named : fitting;
  const target = { node: id, name: name ?? named ?? '' };
  if (name === undefined && named === undefined) {
    const title = hit.view.face.title;
    link.refusal = `“${title}” has no ${wanted} for ${link.type}.`;
    return;
  }
  const [from, to] = link.side === 'output' ? [link.end, target] : [target, link.end];
  link.refusal = whyRefused(context.scene, context.registry, from, to);
  if (link.refusal === undefined) link.target = target;
}

function fitsAt(context: EditorContext, link: LinkDrag, node: string, name: string): boolean {
  const face = context.scene.views.get(node)?.face;
  if (!face) return false;
  return link.side === 'output'
    ? fits(link.type, inputType(face, name))
    : fits(outputTypeOf(context.scene, { node, name }) ?? '', link.type);
}

function settle(context: EditorContext, link: LinkDrag, pointer: Pointer): void {
  const { host } = context;
  const { target, takenFrom } = link;
  if (target) {
    if (takenFrom?.node === target.node && takenFrom.name === target.name) return;
    const [from, to] = link.side === 'output' ? [link.end, target] : [target, link.end];
    host.edit({ kind: 'connect', from, to, ...(takenFrom && { instead: takenFrom }) });
    return;
  }
  if (link.refusal !== undefined) {
    host.say(link.refusal);
    return;
  }
  if (takenFrom) {
    host.edit({ kind: 'disconnect', to: takenFrom });
    return;
  }
  const hit = hitTest(context, pointer.graph, pointer.isTouch);
  if ('view' in hit) return;
  const { side, end, type } = link;
  host.openPalette({ at: pointer.client, pos: pointer.graph, link: { side, end, type } });
}
