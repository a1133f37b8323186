import { addNode } from '../core/graph/edits.js';
import { linkRefusal, type Endpoint } from '../core/graph/link-edits.js';
import { adjacencyOf, reachable } from '../core/graph/links.js';
import { own } from '../core/graph/own.js';
import { isLink, type GraphDocument, type NodeId, type NodeRecord } from '../core/graph/types.js';
import { isAssignable, isWidget, wiringOf } from '../core/graph/wiring.js';
import type { AnyNodeDefinition } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';

/** The outputs that an input could be connected to, the nearest on the canvas first. */
export function fittingOutputs(
  document: GraphDocument,
  registry: NodeRegistry,
  node: NodeId,
  input: string,
): readonly Endpoint[] {
  const wiring = wiringOf(document, registry);
  const wanted = own(wiring.sockets(node)?.inputs ?? {}, input)?.type;
  if (wanted === undefined) return [];
  const to = { node, name: input };
  return Object.keys(document.nodes)
    .flatMap((id) =>
      Object.entries(wiring.sockets(id)?.outputs ?? {}).flatMap(([name, { type }]) =>
        isAssignable(type, wanted) ? [{ node: id, name }] : [],
      ),
    )
    .filter((from) => linkRefusal(document, registry, from, to) === undefined)
    .sort((a, b) => distance(document, a.node, node) - distance(document, b.node, node));
}

function distance({ layout }: GraphDocument, from: NodeId, to: NodeId): number {
  const [[ax, ay], [bx, by]] = [from, to].map((id) => layout.nodes[id]?.pos ?? [0, 0]) as [
    readonly [number, number],
    readonly [number, number],
  ];
  return Math.hypot(ax - bx, ay - by);
}

/** A record as a node of another definition: links and values that it understands are kept, the rest takes defaults. */
export function withReplacement(old: NodeRecord, definition: AnyNodeDefinition): NodeRecord {
  const inputs: Record<string, NodeRecord['inputs'][string]> = {};
  for (const [name, spec] of Object.entries(definition.inputs)) {
    const stored = own(old.inputs, name);
    if (stored !== undefined && (isLink(stored) || isWidget(spec))) inputs[name] = stored;
    else if (isWidget(spec)) inputs[name] = spec.default;
  }
  return { ...old, type: definition.type, version: definition.version, inputs };
}

/** The document with a Preview Image behind the picture that nothing reads; undefined when there are none or several. */
export function withOutputNode(
  document: GraphDocument,
  registry: NodeRegistry,
): GraphDocument | undefined {
  const preview = registry.get('PreviewImage');
  const [input] = Object.keys(preview?.inputs ?? {});
  const { consumers } = adjacencyOf(document.nodes);
  const wiring = wiringOf(document, registry);
  const ends = Object.keys(document.nodes).flatMap((node) =>
    consumers.get(node)?.length === 0
      ? Object.entries(wiring.sockets(node)?.outputs ?? {}).flatMap(([name, { type }]) =>
          type === 'IMAGE' ? [{ node, name }] : [],
        )
      : [],
  );
  const [end] = ends;
  if (!preview || input === undefined || end === undefined || ends.length > 1) return undefined;
  const [x, y] = document.layout.nodes[end.node]?.pos ?? [0, 0];
  const inputs = { [input]: { link: [end.node, end.name] as const } };
  return addNode(document, preview, { pos: [x + 320, y], inputs }).document;
}

/** The document with a Denoise End that takes what the zone's start carries from the last node that gives it. */
export function withZoneEnd(
  document: GraphDocument,
  registry: NodeRegistry,
  start: NodeId,
): GraphDocument | undefined {
  const end = [...registry.values()].find(({ zone }) => zone?.kind === 'end');
  if (end === undefined) return undefined;
  const wiring = wiringOf(document, registry);
  const { consumers } = adjacencyOf(document.nodes);
  const body = [start, ...reachable(start, consumers)];
  const inputs: Record<string, NodeRecord['inputs'][string]> = {};
  let [x, y] = document.layout.nodes[start]?.pos ?? [0, 0];
  for (const [name, spec] of Object.entries(end.inputs)) {
    const givers = body.flatMap((node) =>
      Object.entries(wiring.sockets(node)?.outputs ?? {}).flatMap(([output, { type }]) =>
        isAssignable(type, spec.type) ? [{ node, output }] : [],
      ),
    );
    const last = givers.findLast(({ node }) => consumers.get(node)?.length === 0) ?? givers.at(-1);
    if (last === undefined) continue;
    inputs[name] = { link: [last.node, last.output] };
    const pos = document.layout.nodes[last.node]?.pos;
    if (pos !== undefined) [x, y] = pos;
  }
  return addNode(document, end, { pos: [x + 320, y], inputs }).document;
}
