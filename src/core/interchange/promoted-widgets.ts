import { agreedValue, instancesOf, withValue } from '../graph/promoted-widgets.js';
import { own } from '../graph/own.js';
import { inOrder, subgraphKey } from '../graph/subgraph-registry.js';
import { freeSocket } from '../graph/subgraph-make.js';
import {
  isLink,
  type GraphDocument,
  type NodeId,
  type NodeRecord,
  type Subgraph,
  type SubgraphInput,
} from '../graph/types.js';
import { isWidget } from '../graph/wiring.js';
import type { NodeRegistry } from '../node/registry.js';
import { idOf, jsonOf, objectsOf, textOf, type Json } from './foreign-values.js';

/** A widget that an instance of a subgraph shows: the inner node, or `-1` for an input of the instance, and its name. */
export type Proxy = readonly [node: string, widget: string];

/** The inputs that stand for the shown widgets of inner nodes, by {@link proxyKey}. */
export type PromotedNames = ReadonlyMap<string, string>;

/** A text of its own for each shown widget. */
export function proxyKey([node, widget]: Proxy): string {
  return JSON.stringify([node, widget]);
}

/** The widgets that a node's `proxyWidgets` name, in the order of its values; undefined when it has no such list. */
export function proxiesOf(node: Json): readonly Proxy[] | undefined {
  const list = jsonOf(node['properties'])['proxyWidgets'];
  if (!Array.isArray(list)) return undefined;
  return list.map((entry: unknown) => {
    const [from, name] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
    return [idOf(from) ?? '', textOf(name) ?? ''];
  });
}

/** The most shown widgets of one subgraph that are read; no person looks through more. */
const most = 256;

/** The widgets that instances of each subgraph show, by the definition's id, over all levels of a file. */
export function shownWidgets(
  file: Json,
  definitions: readonly Json[],
): ReadonlyMap<string, readonly Proxy[]> {
  const shown = new Map<string, Map<string, Proxy>>();
  for (const node of [file, ...definitions].flatMap((level) => objectsOf(level['nodes']))) {
    const type = textOf(node['type']);
    const proxies = type === undefined ? undefined : proxiesOf(node);
    if (type === undefined || !proxies) continue;
    const found = shown.get(type) ?? new Map<string, Proxy>();
    for (const proxy of proxies) {
      if (found.size < most && proxy[0] !== '-1') found.set(proxyKey(proxy), proxy);
    }
    shown.set(type, found);
  }
  return new Map([...shown].map(([id, proxies]) => [id, [...proxies.values()]]));
}

/**
 * Makes inputs of the widgets that the instances of a subgraph show; `ids` are its nodes by the ids of the file. A widget
 * that an input feeds already is that input's; `wished` are names for the others. What is not known here stays with the
 * instances as the file held it.
 */
export function withPromoted(
  subgraph: Subgraph,
  registry: NodeRegistry,
  proxies: readonly Proxy[],
  ids: ReadonlyMap<string, NodeId>,
  wished: Readonly<Record<string, unknown>>,
): { readonly subgraph: Subgraph; readonly names: PromotedNames } {
  const inputs: Record<string, SubgraphInput> = { ...subgraph.inputs };
  const names = new Map<string, string>();
  const fed = new Map<string, string>();
  for (const [name, { to }] of Object.entries(inputs)) {
    for (const end of to) fed.set(proxyKey(end), name);
  }
  const wishes = new Map(
    Object.entries(wished).map(([name, held]) => [JSON.stringify(held), name]),
  );
  for (const proxy of proxies.slice(0, 2 * most)) {
    const node = ids.get(proxy[0]);
    const record = node === undefined ? undefined : own(subgraph.nodes, node);
    if (node === undefined || !record) continue;
    const specs = registry.get(record.type)?.inputs ?? {};
    // Some versions write the inner node's id before the name of a widget that it shows itself.
    const input = [proxy[1], proxy[1].replace(/^[^:]*: /, '')].find((each) => own(specs, each));
    const spec = input === undefined ? undefined : own(specs, input);
    if (input === undefined || !spec || !isWidget(spec)) continue;
    const there = fed.get(proxyKey([node, input]));
    if (there === undefined && isLink(own(record.inputs, input))) continue;
    const name = there ?? freeSocket(wishes.get(proxyKey([node, input])) ?? input, inputs);
    if (there === undefined) {
      const order = Object.keys(inputs).length;
      inputs[name] = { type: spec.type, to: [[node, input]], order, promoted: true };
      fed.set(proxyKey([node, input]), name);
    }
    names.set(proxyKey(proxy), name);
  }
  return { subgraph: { ...subgraph, inputs }, names };
}

/** A subgraph as a workflow writes it: what its instances show is not among its inputs. */
export interface PromotedParts {
  readonly subgraph: Subgraph;
  /** The inputs that are written as shown widgets, with what they stand for. */
  readonly shown: Readonly<Record<string, Proxy>>;
}

/**
 * Takes the promoted widgets out of the inputs of every subgraph, by key, but for those that a link feeds somewhere. Where
 * all instances have the same value the inner widget has it too, for programs that know no other.
 */
export function promotedParts(document: GraphDocument): ReadonlyMap<string, PromotedParts> {
  const entries = Object.entries(document.subgraphs ?? {}).map(([key, subgraph]) => {
    const instances = instancesOf(document, key);
    const isLinked = (name: string) => instances.some(({ inputs }) => isLink(own(inputs, name)));
    const promoted = inOrder(subgraph.inputs).flatMap(([name, { promoted: is, to }]) => {
      const [end] = to;
      return is && end && to.length === 1 && !isLinked(name) ? [[name, end] as const] : [];
    });
    let bare = subgraph;
    for (const [name, end] of promoted) {
      const value = agreedValue(document, key, name);
      if (value !== undefined) bare = withValue(bare, [end], value);
    }
    const shown = Object.fromEntries(promoted);
    const left = Object.entries(bare.inputs).filter(([name]) => own(shown, name) === undefined);
    return [key, { subgraph: { ...bare, inputs: Object.fromEntries(left) }, shown }] as const;
  });
  return new Map(entries);
}

/** The list of shown widgets of an instance, and their values in its order. */
export interface ProxyList {
  readonly proxies: readonly unknown[];
  readonly values: readonly unknown[];
}

/**
 * What an instance of a subgraph shows, as a workflow writes it: as its file had it, without what is shown no longer and
 * with what is shown since. Undefined for other nodes, and where nothing is or was shown.
 */
export function proxyList(
  record: NodeRecord,
  registry: NodeRegistry,
  parts: ReadonlyMap<string, PromotedParts>,
): ProxyList | undefined {
  const part = parts.get(subgraphKey(record.type) ?? '');
  if (!part) return undefined;
  const data = jsonOf(record.foreign?.data);
  const given = proxiesOf(data);
  const specs = registry.get(record.type)?.inputs ?? {};
  const shown = new Map(Object.entries(part.shown).map(([name, end]) => [proxyKey(end), name]));
  if (!given && shown.size === 0) return undefined;
  const had: unknown = jsonOf(data['properties'])['proxyWidgets'];
  const list: unknown = data['widgets_values'];
  const row = (given ?? []).flatMap((proxy, at) => {
    const name = proxy[0] === '-1' ? proxy[1] : shown.get(proxyKey(proxy));
    if (name === undefined && isKnown(part, registry, proxy)) return [];
    if (name !== undefined) shown.delete(proxyKey(proxy));
    const old: unknown = Array.isArray(list) ? list[at] : undefined;
    return [{ name, proxy: Array.isArray(had) ? (had[at] as unknown) : proxy, old }];
  });
  const inputs = Object.keys(specs).filter((name) => {
    const spec = own(specs, name);
    return !given && spec !== undefined && isWidget(spec) && own(part.shown, name) === undefined;
  });
  const added = [
    ...inputs.map((name) => ({ name, proxy: ['-1', name] })),
    ...[...shown].map(([key, name]) => ({ name, proxy: JSON.parse(key) as unknown })),
  ];
  const all = [...row, ...added.map((each) => ({ ...each, old: undefined }))];
  const values = all.map(({ name, old }) => {
    const stored = name === undefined ? undefined : own(record.inputs, name);
    return stored === undefined || isLink(stored) ? old : stored;
  });
  const length = values.findLastIndex((value) => value !== undefined) + 1;
  const filled = values.slice(0, length).map((value, at) => {
    const spec = own(specs, all[at]?.name ?? '');
    return value ?? (spec && isWidget(spec) ? spec.default : null);
  });
  return { proxies: all.map(({ proxy }) => proxy), values: filled };
}

/** Whether a shown widget could be an input here: then somebody has taken it off. */
function isKnown({ subgraph }: PromotedParts, registry: NodeRegistry, [node, widget]: Proxy) {
  const spec = own(registry.get(own(subgraph.nodes, node)?.type ?? '')?.inputs ?? {}, widget);
  return spec !== undefined && isWidget(spec);
}
