import { own } from '../core/graph/own.js';
import { isLink, type GraphDocument, type NodeId } from '../core/graph/types.js';
import { socketAt } from './geometry.js';
import type { End, Point } from './intents.js';
import { geometryOf, positionOf, type NodeView } from './node-view.js';

/** A link as it stands on the stage. */
export interface SceneLink {
  readonly from: End;
  readonly to: End;
  readonly type: string;
  /** Reroute points between output and input. */
  readonly via: readonly Point[];
}

/** The links of a document between nodes that are on the stage, in the order of their targets. */
export function linksOf(
  document: GraphDocument,
  views: ReadonlyMap<NodeId, NodeView>,
): readonly SceneLink[] {
  const links: SceneLink[] = [];
  for (const [id, view] of views) {
    const { face } = view;
    const inputs = document.nodes[id]?.inputs ?? {};
    for (const { name } of [...face.inputs, ...face.widgets]) {
      const stored = own(inputs, name);
      if (!isLink(stored)) continue;
      const [node, output] = stored.link;
      const type = views.get(node)?.face.outputs.find((slot) => slot.name === output)?.type;
      if (type === undefined) continue;
      const via = own(view.layout.via ?? {}, name) ?? [];
      links.push({ from: { node, name: output }, to: { node: id, name }, type, via });
    }
  }
  return links;
}

/** The place of a socket in graph coordinates; undefined when its node is not on the stage. */
export function socketPoint(
  views: ReadonlyMap<NodeId, NodeView>,
  side: 'input' | 'output',
  end: End,
): Point | undefined {
  const view = views.get(end.node);
  if (!view) return undefined;
  const [x, y] = positionOf(view);
  const [dx, dy] = socketAt(geometryOf(view), side, end.name);
  return [x + dx, y + dy];
}

/** The points that a link runs through now: output, reroute points, input. */
export function pointsOf(
  views: ReadonlyMap<NodeId, NodeView>,
  link: SceneLink,
  via: readonly Point[] = link.via,
): readonly Point[] | undefined {
  const from = socketPoint(views, 'output', link.from);
  const to = socketPoint(views, 'input', link.to);
  return from && to && [from, ...via, to];
}

/** Whether two ends are the same socket. */
export function isSameEnd(a: End | undefined, b: End | undefined): boolean {
  return a !== undefined && a.node === b?.node && a.name === b.name;
}
