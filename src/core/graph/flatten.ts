import { own } from './own.js';
import type { Problem } from './problems.js';
import { innermostFirst, subgraphKey } from './subgraph-registry.js';
import { isLink, type GraphDocument, type Link, type NodeId, type NodeRecord } from './types.js';

type Nodes = GraphDocument['nodes'];
type Inputs = NodeRecord['inputs'];
type Subgraphs = NonNullable<GraphDocument['subgraphs']>;

/** The most nodes that a graph is expanded to; beyond, its subgraphs stay as they are and count as unknown. */
const flatLimit = 20_000;

const known = new WeakMap<Nodes, { readonly subgraphs: Subgraphs; readonly nodes: Nodes }>();

/**
 * The document with every instance of a subgraph replaced by the nodes in it, under ids such as `7/3`: node 3 of
 * the subgraph that node 7 is. Muted and bypassed instances stay, as do those of subgraphs that are missing or
 * contain themselves. The same document when there is nothing to expand; else its `nodes` are remembered.
 */
export function flatten(document: GraphDocument): GraphDocument {
  const { nodes, subgraphs } = document;
  if (subgraphs === undefined) return document;
  const found = known.get(nodes);
  const flat = found?.subgraphs === subgraphs ? found.nodes : expandAll(nodes, subgraphs);
  known.set(nodes, { subgraphs, nodes: flat });
  return flat === nodes ? document : { ...document, nodes: flat };
}

function expandAll(nodes: Nodes, subgraphs: Subgraphs): Nodes {
  const sizes = sizesOf(subgraphs);
  const isUsed = Object.values(nodes).some((record) => isExpanded(record, sizes));
  if (!isUsed || sizeOf(nodes, sizes) > flatLimit) return nodes;
  const flat: Record<NodeId, NodeRecord> = {};
  expand({ nodes, subgraphs, sizes, prefix: '', given: {}, feeds: new Map() }, flat);
  return flat;
}

/** How many nodes each sound subgraph expands to. */
function sizesOf(subgraphs: Subgraphs): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const key of innermostFirst(subgraphs)) {
    sizes.set(key, sizeOf(own(subgraphs, key)?.nodes ?? {}, sizes));
  }
  return sizes;
}

function sizeOf(nodes: Nodes, sizes: ReadonlyMap<string, number>): number {
  let size = 0;
  for (const { type } of Object.values(nodes))
    size += 1 + (sizes.get(subgraphKey(type) ?? '') ?? 0);
  return size;
}

function isExpanded({ type, mode }: NodeRecord, sizes: ReadonlyMap<string, number>): boolean {
  const key = subgraphKey(type);
  return key !== undefined && mode === undefined && sizes.has(key);
}

/** One level: the nodes of the document or of one instance. */
interface Scope {
  readonly nodes: Nodes;
  readonly subgraphs: Subgraphs;
  readonly sizes: ReadonlyMap<string, number>;
  readonly prefix: string;
  /** What the instance is given, by input name, in flat ids. */
  readonly given: Inputs;
  /** Which inner inputs are fed by which input of the instance. */
  readonly feeds: ReadonlyMap<NodeId, readonly (readonly [input: string, name: string])[]>;
}

function expand(scope: Scope, flat: Record<NodeId, NodeRecord>): void {
  for (const [id, record] of Object.entries(scope.nodes)) {
    const inputs = inputsOf(scope, id, record);
    if (isExpanded(record, scope.sizes)) {
      expand(innerScope(scope, id, record, inputs), flat);
    } else
      flat[scope.prefix + id] =
        scope.prefix || inputs !== record.inputs ? { ...record, inputs } : record;
  }
}

function innerScope(scope: Scope, id: NodeId, record: NodeRecord, given: Inputs): Scope {
  const subgraph = own(scope.subgraphs, subgraphKey(record.type) ?? '');
  const feeds = new Map<NodeId, (readonly [string, string])[]>();
  for (const [name, { to }] of Object.entries(subgraph?.inputs ?? {})) {
    for (const [node, input] of to) {
      const list = feeds.get(node) ?? [];
      list.push([input, name]);
      feeds.set(node, list);
    }
  }
  const nodes = subgraph?.nodes ?? {};
  return { ...scope, nodes, prefix: `${scope.prefix}${id}/`, given, feeds };
}

function inputsOf(scope: Scope, id: NodeId, { inputs }: NodeRecord): Inputs {
  const entries = Object.entries(inputs).map(
    ([name, stored]) => [name, isLink(stored) ? resolve(scope, stored) : stored] as const,
  );
  const fed = (scope.feeds.get(id) ?? []).flatMap(([input, name]) => {
    const stored = own(scope.given, name);
    return stored === undefined ? [] : [[input, stored] as const];
  });
  const isSame = fed.length === 0 && entries.every(([name, stored]) => inputs[name] === stored);
  return isSame ? inputs : Object.fromEntries([...entries, ...fed]);
}

/** A link in flat ids, looked through the outputs of instances. */
function resolve({ nodes, subgraphs, sizes, prefix }: Scope, stored: Link): Link {
  let [node, output] = stored.link;
  let [within, at] = [nodes, prefix];
  for (;;) {
    const record = own(within, node);
    const subgraph =
      record && isExpanded(record, sizes)
        ? own(subgraphs, subgraphKey(record.type) ?? '')
        : undefined;
    const from = subgraph && own(subgraph.outputs, output)?.from;
    if (!subgraph || !from) break;
    at = `${at}${node}/`;
    within = subgraph.nodes;
    [node, output] = from;
  }
  const isSame = at === '' && node === stored.link[0] && output === stored.link[1];
  return isSame ? stored : { ...stored, link: [at + node, output] };
}

/**
 * Problems of a flattened document as they are seen at a level: those inside the instances of `path` (none for
 * the document itself), each on the node of that level that holds it, and on its input where it is one.
 */
export function problemsAt(
  document: GraphDocument,
  problems: readonly Problem[],
  path: readonly NodeId[],
): readonly Problem[] {
  const prefix = path.map((id) => `${id}/`).join('');
  const seen = new Set<string>();
  return problems.flatMap((problem) => {
    const { nodeId, input, ...rest } = problem;
    if (nodeId === undefined) return [problem];
    if (!nodeId.startsWith(prefix)) return [];
    const [id = '', ...inner] = nodeId.slice(prefix.length).split('/');
    if (inner.length === 0) return [{ ...problem, nodeId: id }];
    const shown = inputAt(document, nodeId, path.length, input);
    const key = JSON.stringify([id, shown, rest.code, shown === undefined ? nodeId : '']);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ ...rest, nodeId: id, ...(shown !== undefined && { input: shown }), at: nodeId }];
  });
}

/** The input of the node at a level that feeds an input of a flat node; undefined when nothing there does. */
function inputAt(
  { nodes, subgraphs = {} }: GraphDocument,
  flatId: NodeId,
  level: number,
  input: string | undefined,
): string | undefined {
  const ids = flatId.split('/');
  const holders: Subgraphs[string][] = [];
  let within = nodes;
  for (const id of ids.slice(0, -1)) {
    const subgraph = own(subgraphs, subgraphKey(own(within, id)?.type ?? '') ?? '');
    if (!subgraph) return undefined;
    holders.push(subgraph);
    within = subgraph.nodes;
  }
  let name = input;
  for (let depth = holders.length - 1; depth >= level && name !== undefined; depth -= 1) {
    const inner = name;
    name = Object.entries(holders[depth]?.inputs ?? {}).find(([, { to }]) =>
      to.some(([node, fed]) => node === ids[depth + 1] && fed === inner),
    )?.[0];
  }
  return name;
}

/** The flat nodes that run when a node of a level is asked for: itself, or what gives an instance's outputs and results. */
export function flatTargets(document: GraphDocument, ids: readonly NodeId[]): readonly NodeId[] {
  const { nodes } = flatten(document);
  return ids.flatMap((id) =>
    own(nodes, id) ? [id] : Object.keys(nodes).filter((flat) => flat.startsWith(`${id}/`)),
  );
}
