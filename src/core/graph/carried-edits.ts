import type { NodeRegistry } from '../node/registry.js';
import { changeNodes, withOptional, withoutLinks } from './edits.js';
import type { EditResult } from './link-edits.js';
import { nodeName } from './node-name.js';
import { own } from './own.js';
import type { GraphDocument, NodeId } from './types.js';
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
