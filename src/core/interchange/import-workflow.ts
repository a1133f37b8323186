import { emptyDocument } from '../graph/edits.js';
import { isUnsafeKey } from '../graph/limits.js';
import { boundaryIds, graphRegistry } from '../graph/subgraph-registry.js';
import type { GraphDocument, NodeId, Subgraph } from '../graph/types.js';
import type { NodeRegistry } from '../node/registry.js';
import { idOf, jsonOf, objectsOf, pairOf, textOf, type Json } from './foreign-values.js';
import { importLevel, led, type ReadSubgraphs } from './import-level.js';
import {
  proxiesOf,
  shownWidgets,
  withPromoted,
  type PromotedNames,
  type Proxy,
} from './promoted-widgets.js';
import { looseReroutes } from './workflow-links.js';

/**
 * Reads a LiteGraph or ComfyUI workflow (0.4 or 1.0) as a document. Nodes of unknown type become placeholders; Reroute
 * nodes and native reroutes become points of links; definitions become subgraphs. What has no place in a document is
 * kept in `foreign` for an export.
 */
export function importWorkflow(file: Json, registry: NodeRegistry): GraphDocument {
  const definitions = objectsOf(jsonOf(file['definitions'])['subgraphs']);
  const keys = keysOf(definitions);
  const shown = shownWidgets(file, definitions);
  const promoted = new Map<string, PromotedNames>();
  const read = { keys, promoted };
  let subgraphs: Record<string, Subgraph> = {};
  for (const definition of orderedInnerFirst(definitions)) {
    const known = graphRegistry({ subgraphs }, registry);
    const id = idOf(definition['id']) ?? '';
    const key = keys.get(id);
    if (key === undefined) continue;
    const { subgraph, names } = importSubgraph(definition, known, read, shown.get(id) ?? []);
    promoted.set(key, names);
    subgraphs = { ...subgraphs, [key]: subgraph };
  }
  const known = definitions.length > 0 ? graphRegistry({ subgraphs }, registry) : registry;
  const { nodes, layout } = importLevel(file, known, read);
  const title = textOf(jsonOf(jsonOf(file['extra'])['crossweave'])['title']);
  const foreign = restOf(file, ['definitions', 'config', 'last_node_id', 'last_link_id']);
  return {
    ...emptyDocument(),
    ...(title !== undefined && { title }),
    nodes,
    layout,
    ...(definitions.length > 0 && { subgraphs }),
    ...(foreign && { foreign }),
  };
}

/** A key for each definition by its id: that itself where a graph of ours was exported, else a free one. */
function keysOf(definitions: readonly Json[]): ReadonlyMap<string, string> {
  const ids = [...new Set(definitions.map((definition) => idOf(definition['id']) ?? ''))];
  const isKey = (id: string) => /^s[1-9][0-9]{0,5}$/.test(id);
  const taken = new Set(ids.filter(isKey));
  let next = 1;
  return new Map(
    ids.map((id) => {
      if (isKey(id)) return [id, id];
      while (taken.has(`s${String(next)}`)) next += 1;
      const key = `s${String(next)}`;
      taken.add(key);
      return [id, key];
    }),
  );
}

function orderedInnerFirst(definitions: readonly Json[]): readonly Json[] {
  const byId = new Map(definitions.map((definition) => [idOf(definition['id']) ?? '', definition]));
  const done = new Set<Json>();
  const open = definitions.map((definition) => ({ definition, isLeaving: false })).reverse();
  const seen = new Set<Json>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at.isLeaving) done.add(at.definition);
    else if (!seen.has(at.definition)) {
      seen.add(at.definition);
      open.push({ definition: at.definition, isLeaving: true });
      for (const { type } of objectsOf(at.definition['nodes'])) {
        const inner = byId.get(textOf(type) ?? '');
        if (inner && !seen.has(inner)) open.push({ definition: inner, isLeaving: false });
      }
    }
  }
  return [...done];
}

/** What every level has a place for in a document, or is counted anew. */
const placed = ['nodes', 'links', 'groups', 'reroutes', 'state', 'version', 'extra'];

/** What a level of a file holds besides; undefined for nothing. */
function restOf(level: Json, known: readonly string[]): Json | undefined {
  const {
    ds: _ds,
    app: _app,
    crossweave: _crossweave,
    reroutes: _reroutes,
    linkExtensions: _extensions,
    ...extra
  } = jsonOf(level['extra']);
  const reroutes = looseReroutes(level);
  const others = Object.entries(level).filter(
    ([key]) => !placed.includes(key) && !known.includes(key),
  );
  const config = jsonOf(level['config']);
  const rest = {
    ...Object.fromEntries(others),
    ...(Object.keys(config).length > 0 && { config }),
    ...(reroutes.length > 0 && { reroutes }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return Object.keys(rest).length > 0 ? rest : undefined;
}

function importSubgraph(
  definition: Json,
  registry: NodeRegistry,
  read: ReadSubgraphs,
  shown: readonly Proxy[],
): ReturnType<typeof withPromoted> {
  const ends = {
    inputs: idOf(jsonOf(definition['inputNode'])['id']) ?? '-10',
    outputs: idOf(jsonOf(definition['outputNode'])['id']) ?? '-20',
  };
  const level = importLevel(definition, registry, read, ends);
  const { nodes, layout, entering, leaving } = level;
  const to = new Map<number, (readonly [NodeId, string])[]>();
  for (const [slot, node, input] of entering) {
    to.set(slot, [...(to.get(slot) ?? []), [node, input]]);
  }
  const from = new Map(leaving.map(([slot, node, output]) => [slot, [node, output] as const]));
  const named = (side: string) =>
    objectsOf(definition[side]).flatMap((socket, order) => {
      const name = textOf(socket['name']) ?? `${side}_${String(order)}`;
      return isUnsafeKey(name) ? [] : [{ name, order, type: textOf(socket['type']) ?? '*' }];
    });
  const inputs = named('inputs').map(
    ({ name, order, type }) => [name, { type, order, to: to.get(order) ?? [] }] as const,
  );
  const outputs = named('outputs').map(({ name, order, type }) => {
    const source = from.get(order);
    return [name, { type, order, ...(source && { from: source }) }] as const;
  });
  const description = textOf(definition['description']);
  const foreign = foreignOf(definition);
  const subgraph: Subgraph = {
    title: textOf(definition['name']) ?? 'Subgraph',
    ...(description !== undefined && { description }),
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    nodes,
    layout: { ...layout, nodes: { ...layout.nodes, ...endPlaces(definition, leaving) } },
    ...(foreign && { foreign }),
  };
  const wished = jsonOf(jsonOf(jsonOf(definition['extra'])['crossweave'])['promoted']);
  const ours = Object.values(wished).flatMap(
    (held) => proxiesOf({ properties: { proxyWidgets: [held] } }) ?? [],
  );
  return withPromoted(subgraph, registry, [...ours, ...shown], level.ids, wished);
}

/** What else a definition holds; nothing of one that was exported from here and held nothing more. */
function foreignOf(definition: Json): Json | undefined {
  const mark = jsonOf(jsonOf(definition['extra'])['crossweave']);
  const isOurs = 'sockets' in mark && mark['foreign'] !== true;
  const made = isOurs
    ? ['id', 'inputs', 'outputs', 'inputNode', 'outputNode', 'revision', 'widgets']
    : [];
  return restOf(definition, ['name', 'description', ...made]);
}

/** Where the sockets of a subgraph are drawn, and the points of the links into its outputs. */
function endPlaces(
  definition: Json,
  leaving: ReturnType<typeof importLevel>['leaving'],
): Subgraph['layout']['nodes'] {
  const isPlaced = jsonOf(jsonOf(definition['extra'])['crossweave'])['unplaced'] !== true;
  const places: Record<NodeId, Subgraph['layout']['nodes'][string]> = {};
  for (const side of ['inputs', 'outputs'] as const) {
    const { bounding } = jsonOf(definition[side === 'inputs' ? 'inputNode' : 'outputNode']);
    const pos = pairOf(bounding);
    if (isPlaced && pos) places[boundaryIds[side]] = { pos };
  }
  for (const [slot, , , via] of leaving) {
    const name = textOf(objectsOf(definition['outputs'])[slot]?.['name']);
    const place = places[boundaryIds.outputs];
    if (name !== undefined && !isUnsafeKey(name) && place) {
      places[boundaryIds.outputs] = led(place, name, via);
    }
  }
  return places;
}
