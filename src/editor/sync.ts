import type { GraphDocument, NodeId, NodeLayout } from '../core/graph/types.js';
import { wiringOf, type Wiring } from '../core/graph/wiring.js';
import { createRegistry, type NodeRegistry } from '../core/node/registry.js';
import type { LGraphNode, Stage } from './litegraph.js';
import { faceOf } from './node-face.js';
import { createNodeView, isLaidOutAlike, movedView, type NodeView } from './node-view.js';
import { linksOf, type SceneLink } from './scene-link.js';

/** The document as it stands on the stage. */
export interface Scene {
  readonly document: GraphDocument;
  readonly views: ReadonlyMap<NodeId, NodeView>;
  readonly links: readonly SceneLink[];
  readonly wiring: Wiring;
}

const origin: NodeLayout = { pos: [0, 0] };

/** A scene with nothing in it. */
export function emptyScene(): Scene {
  const document: GraphDocument = {
    format: 'crossweave-graph',
    version: 1,
    nodes: {},
    layout: { nodes: {}, groups: [] },
  };
  return { document, views: new Map(), links: [], wiring: wiringOf(document, createRegistry([])) };
}

/**
 * Brings the stage from one document to the next and returns the new scene. Records are immutable, so a node
 * whose record, layout and neighbourhood are the same objects keeps its view.
 */
export function syncStage(
  stage: Stage,
  previous: Scene,
  document: GraphDocument,
  registry: NodeRegistry,
  hasPictures: (id: NodeId) => boolean,
): Scene {
  const wiring = wiringOf(document, registry);
  const views = new Map<NodeId, NodeView>();
  for (const [id, record] of Object.entries(document.nodes)) {
    const layout = document.layout.nodes[id] ?? origin;
    const old = previous.views.get(id);
    const isSameFace =
      old !== undefined &&
      previous.document.nodes[id] === record &&
      (old.geometry.picture !== undefined) === (hasPictures(id) || old.face.showsPictures) &&
      !(previous.wiring !== wiring && needsNeighbours(old));
    if (isSameFace && isLaidOutAlike(old.layout, layout)) {
      views.set(id, old.layout === layout ? old : movedView(old, layout));
      continue;
    }
    const face = faceOf(document, id, wiring);
    if (face) views.set(id, createNodeView(face, layout, hasPictures(id)));
  }
  stage.setNodes(inDrawingOrder(stage.graph._nodes, views));
  return { document, views, links: linksOf(document, views), wiring };
}

/** Faces of missing types and of zone boundaries depend on other nodes too. */
function needsNeighbours(view: NodeView): boolean {
  return view.face.isMissing || view.face.zone !== undefined;
}

/** Nodes stay in the order in which they lay on each other; new ones come on top. */
function inDrawingOrder(
  before: readonly LGraphNode[],
  views: ReadonlyMap<NodeId, NodeView>,
): readonly LGraphNode[] {
  const known = new Set(before.map(({ id }) => id));
  const kept = before.flatMap(({ id }) => views.get(id)?.node ?? []);
  const added = [...views].flatMap(([id, { node }]) => (known.has(id) ? [] : [node]));
  return [...kept, ...added];
}
