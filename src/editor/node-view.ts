import type { NodeLayout } from '../core/graph/types.js';
import { layOut, measures, type NodeGeometry } from './geometry.js';
import { LGraphNode } from './litegraph.js';
import type { NodeFace } from './node-face.js';
import { textWidth } from './text.js';

/** A node on the stage: LiteGraph's node with the face and geometry that it is drawn from. */
export interface NodeView {
  readonly node: LGraphNode;
  readonly face: NodeFace;
  readonly layout: NodeLayout;
  readonly geometry: NodeGeometry;
  /** Position while a gesture moves or resizes the node, before the document has it. */
  draft: { readonly pos?: readonly [number, number]; readonly size?: readonly [number, number] };
}

/** Width of a text in the fonts that geometry needs. */
export const measureText = (text: string, font: 'title' | 'label'): number => textWidth(text, font);

/** Makes LiteGraph's node for a face and binds its geometry to ours. */
export function createNodeView(face: NodeFace, layout: NodeLayout, hasPictures: boolean): NodeView {
  const node = new LGraphNode(face.title);
  const view: NodeView = {
    node,
    face,
    layout,
    geometry: layOut(face, layout, hasPictures, measureText),
    draft: {},
  };
  node.id = face.id;
  node.type = face.type;
  node.size = [view.geometry.width, view.geometry.height];
  node.flags = {};
  bind(view);
  return view;
}

/** The view of a node that lies elsewhere, or wears another colour, but is laid out as before: nothing is measured. */
export function movedView(old: NodeView, layout: NodeLayout): NodeView {
  const view: NodeView = { ...old, layout, draft: {} };
  bind(view);
  return view;
}

/** Whether two layouts give a node the same inner arrangement. */
export function isLaidOutAlike(a: NodeLayout, b: NodeLayout): boolean {
  return (
    (a.collapsed ?? false) === (b.collapsed ?? false) &&
    a.size?.[0] === b.size?.[0] &&
    a.size?.[1] === b.size?.[1]
  );
}

function bind(view: NodeView): void {
  const { node, layout } = view;
  node.pos = layout.pos;
  node.getBounding = (out) => {
    const [x, y, width, height] = boundsOf(view);
    out.set([x - 8, y - 4, width + 16, height + 64]);
    return out;
  };
}

/** Socket type of an input: the socket's own, or that of a widget's value. */
export function inputType(face: NodeFace, name: string): string {
  return (
    face.inputs.find((input) => input.name === name)?.type ??
    face.widgets.find((widget) => widget.name === name)?.spec.type ??
    '*'
  );
}

/** Where a node is drawn now. */
export function positionOf(view: NodeView): readonly [number, number] {
  return view.draft.pos ?? view.layout.pos;
}

/** How a node is laid out now. */
export function geometryOf(view: NodeView): NodeGeometry {
  return view.draft.size
    ? layOut(
        view.face,
        { ...view.layout, size: view.draft.size },
        view.geometry.picture !== undefined,
        measureText,
      )
    : view.geometry;
}

/** A node's box with its title, in graph coordinates: `[x, y, width, height]`. */
export function boundsOf(view: NodeView): readonly [number, number, number, number] {
  const [x, y] = positionOf(view);
  const { width, height } = geometryOf(view);
  return [x, y - measures.title, width, height + measures.title];
}

/** The box around several nodes, or undefined when there is none. */
export function boundsOfAll(
  views: Iterable<NodeView>,
): readonly [number, number, number, number] | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const view of views) {
    const [x, y, width, height] = boundsOf(view);
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left === Infinity ? undefined : [left, top, right - left, bottom - top];
}
