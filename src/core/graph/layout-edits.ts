import { withOptional } from './edits.js';
import { own } from './own.js';
import type { GraphDocument, GroupLayout, Layout, NodeId, NodeLayout, Point } from './types.js';

/** Puts nodes at new places. */
export function moveNodes(
  document: GraphDocument,
  positions: ReadonlyMap<NodeId, NodeLayout['pos']>,
): GraphDocument {
  return changePlaces(document, [...positions.keys()], (place, id) => {
    const [x, y] = positions.get(id) ?? place.pos;
    // Rounding may leave a negative zero, which JSON does not know.
    const pos = [x + 0, y + 0] as const;
    return pos[0] === place.pos[0] && pos[1] === place.pos[1] ? place : { ...place, pos };
  });
}

/** Gives a node a size. */
export function resizeNode(
  document: GraphDocument,
  id: NodeId,
  size: readonly [width: number, height: number],
): GraphDocument {
  return changePlaces(document, [id], (place) =>
    place.size?.[0] === size[0] && place.size[1] === size[1] ? place : { ...place, size },
  );
}

/** Folds nodes to their titles, or unfolds them. */
export function setCollapsed(
  document: GraphDocument,
  ids: readonly NodeId[],
  collapsed: boolean,
): GraphDocument {
  return changePlaces(document, ids, (place) =>
    withOptional(place, 'collapsed', collapsed || undefined),
  );
}

/** Fastens nodes where they are, or lets them move again. */
export function setPinned(
  document: GraphDocument,
  ids: readonly NodeId[],
  pinned: boolean,
): GraphDocument {
  return changePlaces(document, ids, (place) => withOptional(place, 'pinned', pinned || undefined));
}

/** Colours nodes; `undefined` gives them the colour of their kind back. */
export function setColor(
  document: GraphDocument,
  ids: readonly NodeId[],
  color: string | undefined,
): GraphDocument {
  return changePlaces(document, ids, (place) => withOptional(place, 'color', color));
}

/** Says whether the form view offers an input of a node. */
export function setInForm(
  document: GraphDocument,
  id: NodeId,
  input: string,
  isOffered: boolean,
): GraphDocument {
  return changePlaces(document, [id], (layout) => ({
    ...layout,
    form: { ...layout.form, [input]: isOffered },
  }));
}

/** Leads the link into an input through points; none lets it run straight. */
export function setVia(
  document: GraphDocument,
  node: NodeId,
  input: string,
  points: readonly Point[],
): GraphDocument {
  return changePlaces(document, [node], (place) => {
    if (points.length === 0 && own(place.via ?? {}, input) === undefined) return place;
    const others = Object.entries(place.via ?? {}).filter(([name]) => name !== input);
    const all = points.length === 0 ? others : [...others, [input, points] as const];
    return withOptional(place, 'via', all.length === 0 ? undefined : Object.fromEntries(all));
  });
}

/** Replaces the groups: their order is the order in which they are drawn. */
export function setGroups(document: GraphDocument, groups: readonly GroupLayout[]): GraphDocument {
  return withLayout(document, { ...document.layout, groups });
}

/** Remembers what part of the canvas is seen; undefined for the whole graph. History takes no notice of it. */
export function setView(document: GraphDocument, view: Layout['view']): GraphDocument {
  if (view === document.layout.view) return document;
  return withLayout(document, withOptional(document.layout, 'view', view));
}

function changePlaces(
  document: GraphDocument,
  ids: readonly NodeId[],
  change: (place: NodeLayout, id: NodeId) => NodeLayout,
): GraphDocument {
  const changed: Record<NodeId, NodeLayout> = {};
  for (const id of ids) {
    if (own(document.nodes, id) === undefined) continue;
    const place = own(document.layout.nodes, id);
    const next = change(place ?? { pos: [0, 0] }, id);
    if (next !== place) changed[id] = next;
  }
  if (Object.keys(changed).length === 0) return document;
  const nodes = { ...document.layout.nodes, ...changed };
  return withLayout(document, { ...document.layout, nodes });
}

function withLayout(document: GraphDocument, layout: Layout): GraphDocument {
  return { ...document, layout };
}
