import type { GraphDocument, NodeId, NodeLayout } from '../core/graph/types.js';
import { isLink } from '../core/graph/types.js';
import { wiringOf, type Wiring } from '../core/graph/wiring.js';
import { createRegistry, type NodeRegistry } from '../core/node/registry.js';
import { LLink, type Stage } from './litegraph.js';
import { faceOf } from './node-face.js';
import { createNodeView, type NodeView } from './node-view.js';

/** The document as it stands on the stage. */
export interface Scene {
  readonly document: GraphDocument;
  readonly views: ReadonlyMap<NodeId, NodeView>;
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
  return { document, views: new Map(), wiring: wiringOf(document, createRegistry([])) };
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
  for (const [id, view] of previous.views) {
    if (!document.nodes[id]) removeView(stage, view);
  }
  for (const [id, record] of Object.entries(document.nodes)) {
    const layout = document.layout.nodes[id] ?? origin;
    const old = previous.views.get(id);
    const isKept =
      old?.layout === layout &&
      previous.document.nodes[id] === record &&
      (old.geometry.picture !== undefined) === (hasPictures(id) || old.face.showsPictures) &&
      !needsNeighbours(old);
    if (isKept) {
      old.draft = {};
      views.set(id, old);
      continue;
    }
    const face = faceOf(document, id, wiring);
    if (!face) continue;
    const view = createNodeView(face, layout, hasPictures(id));
    replaceView(stage, old, view);
    views.set(id, view);
  }
  relink(stage, document, views);
  return { document, views, wiring };
}

/** Faces of missing types and of zone boundaries depend on other nodes too. */
function needsNeighbours(view: NodeView): boolean {
  return view.face.isMissing || view.face.zone !== undefined;
}

function removeView(stage: Stage, view: NodeView): void {
  view.node.inputs = [];
  view.node.outputs = [];
  stage.graph.remove(view.node);
}

/** Puts the new view where the old one was in the drawing order. */
function replaceView(stage: Stage, old: NodeView | undefined, view: NodeView): void {
  const nodes = stage.graph._nodes;
  const place = old ? nodes.indexOf(old.node) : -1;
  if (old) removeView(stage, old);
  stage.graph.add(view.node, true);
  if (place >= 0 && place < nodes.length - 1) {
    nodes.pop();
    nodes.splice(place, 0, view.node);
  }
}

function relink(stage: Stage, document: GraphDocument, views: ReadonlyMap<NodeId, NodeView>): void {
  stage.graph.links = {};
  let next = 1;
  for (const [id, view] of views) {
    const inputs = document.nodes[id]?.inputs ?? {};
    view.node.inputs.forEach((input, slot) => {
      const stored = inputs[input.name];
      input.link = null;
      if (!isLink(stored)) return;
      const source = views.get(stored.link[0]);
      const output = source?.node.outputs.findIndex(({ name }) => name === stored.link[1]) ?? -1;
      if (!source || output < 0) return;
      const type = source.node.outputs[output]?.type ?? input.type;
      stage.graph.links[next] = new LLink(next, type, source.face.id, output, id, slot);
      input.link = next;
      next += 1;
    });
  }
}
