import type { NodeRegistry } from '../node/registry.js';
import { changeNodes, withOptional, withoutLinks } from './edits.js';
import { connect, type EditResult, type Endpoint } from './link-edits.js';
import { nodeName } from './node-name.js';
import { own } from './own.js';
import { isLink, type GraphDocument, type NodeId } from './types.js';
import { wiringOf } from './wiring.js';

/**
 * Adds a value that a zone carries from pass to pass: an input and an output `name` on its start and on its end.
 * Refused when the node opens no zone or one of the two already has something of that name.
 */
export function addCarried(
  document: GraphDocument,
  registry: NodeRegistry,
  startId: NodeId,
  name: string,
  type: string,
): EditResult {
  const record = own(document.nodes, startId);
  const called = nodeName(document.nodes, registry, startId);
  if (registry.get(record?.type ?? '')?.zone?.kind !== 'start') {
    return { refused: `${called} opens no zone that could carry a value.` };
  }
  if (!/^[a-z][a-z0-9_]*$/.test(name) || name === 'constructor' || name === 'prototype') {
    return { refused: `“${name}” cannot be a name. Use small letters, digits and underscores.` };
  }
  const wiring = wiringOf(document, registry);
  const end = wiring.zones.byBoundary.get(startId)?.end;
  const taken = [startId, ...(end === undefined ? [] : [end])].some((id) => {
    const sockets = wiring.sockets(id);
    return [sockets?.inputs, sockets?.outputs].some((named) => own<unknown>(named ?? {}, name));
  });
  if (taken) return { refused: `${called} or its end already has a value named ${name}.` };
  return {
    document: changeNodes(document, [startId], (start) => ({
      ...start,
      carried: { ...start.carried, [name]: type },
    })),
  };
}

/** Takes a carried value away, with the links to and from it. */
export function removeCarried(
  document: GraphDocument,
  registry: NodeRegistry,
  startId: NodeId,
  name: string,
): GraphDocument {
  if (own(own(document.nodes, startId)?.carried ?? {}, name) === undefined) return document;
  const end = wiringOf(document, registry).zones.byBoundary.get(startId)?.end;
  const isBoundary = (id: NodeId) => id === startId || id === end;
  return changeNodes(document, Object.keys(document.nodes), (record, id) => {
    const kept = withoutLinks(record, (node, output) => isBoundary(node) && output === name);
    if (!isBoundary(id)) return kept;
    const inputs = Object.entries(kept.inputs).filter(([input]) => input !== name);
    const boundary = { ...kept, inputs: Object.fromEntries(inputs) };
    if (id !== startId) return boundary;
    const left = Object.entries(record.carried ?? {}).filter(([carried]) => carried !== name);
    return withOptional(boundary, 'carried', left.length ? Object.fromEntries(left) : undefined);
  });
}

/** Gives a carried value another name, on both boundaries and in every link. */
export function renameCarried(
  document: GraphDocument,
  registry: NodeRegistry,
  startId: NodeId,
  name: string,
  to: string,
): EditResult {
  const type = own(own(document.nodes, startId)?.carried ?? {}, name);
  if (type === undefined) return { refused: `Nothing named ${name} is carried.` };
  if (to === name) return { document };
  const end = wiringOf(document, registry).zones.byBoundary.get(startId)?.end;
  const added = addCarried(document, registry, startId, to, type);
  if (!added.document) return added;
  const isBoundary = (id: NodeId) => id === startId || id === end;
  const renamed = changeNodes(added.document, Object.keys(document.nodes), (record, id) => {
    const inputs = Object.entries(record.inputs).map(([input, stored]) => {
      const called = isBoundary(id) && input === name ? to : input;
      const moves = isLink(stored) && isBoundary(stored.link[0]) && stored.link[1] === name;
      return [called, moves ? { ...stored, link: [stored.link[0], to] as const } : stored] as const;
    });
    const isSame = inputs.every(([input, stored]) => own(record.inputs, input) === stored);
    return isSame ? record : { ...record, inputs: Object.fromEntries(inputs) };
  });
  return { document: removeCarried(renamed, registry, startId, name) };
}

/**
 * Carries an output's value through the zone that a start or an end belongs to: a carried value is added under
 * `name` (else the output's name in small letters, with a number when taken), and the output is linked to it.
 */
export function carryValue(
  document: GraphDocument,
  registry: NodeRegistry,
  from: Endpoint,
  boundary: NodeId,
  name?: string,
): EditResult {
  const wiring = wiringOf(document, registry);
  const type = own(wiring.sockets(from.node)?.outputs ?? {}, from.name)?.type;
  if (type === undefined) return { refused: `There is no output ${from.name} to carry.` };
  const zone = wiring.zones.byBoundary.get(boundary);
  const start = zone?.start ?? boundary;
  const taken = [start, zone?.end ?? boundary].flatMap((id) => {
    const sockets = wiring.sockets(id);
    return [...Object.keys(sockets?.inputs ?? {}), ...Object.keys(sockets?.outputs ?? {})];
  });
  const added = addCarried(document, registry, start, name ?? freeName(from.name, taken), type);
  if (!added.document) return added;
  const called = Object.keys(own(added.document.nodes, start)?.carried ?? {}).at(-1) ?? '';
  return connect(added.document, registry, from, { node: boundary, name: called });
}

/** A name in small letters that is not among `taken`, made from another one. */
export function freeName(wish: string, taken: readonly string[]): string {
  const plain = wish.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '_');
  const base = /^[a-z]/.test(plain) ? plain : 'value';
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}_${String(count)}`;
    if (!taken.includes(name) && name !== 'constructor' && name !== 'prototype') return name;
  }
}
