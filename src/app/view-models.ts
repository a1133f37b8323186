import { placeOf } from '../core/graph/flat-places.js';
import { innerDocument } from '../core/graph/inner-document.js';
import { shownTitle } from '../core/graph/node-name.js';
import { own } from '../core/graph/own.js';
import { graphRegistry } from '../core/graph/subgraph-registry.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { texts } from '../texts/texts.js';
import type { DeviceInfo } from '../ui/cw-toolbar.js';
import type { DeviceVerdict } from '../worker/messages.js';

/** How a node is called on screen. */
export function titleOf(document: GraphDocument, registry: NodeRegistry, id: NodeId): string {
  const record = own(document.nodes, id);
  const type =
    graphRegistry(document, registry).get(record?.type ?? '')?.displayName ?? record?.type ?? id;
  return shownTitle(record?.title ?? type);
}

/** How a node of the flattened document is called: the titles of the subgraphs around it come first. */
export function flatTitle(document: GraphDocument, registry: NodeRegistry, flat: NodeId): string {
  const { path, id } = placeOf(flat);
  return [...path, id]
    .map((node, depth) => titleOf(innerDocument(document, path.slice(0, depth)), registry, node))
    .join(' › ');
}

/** The run thread's verdict in a word. */
export function deviceInfo({ provider, reason, threads }: DeviceVerdict): DeviceInfo {
  const isFallback = provider === 'wasm';
  return { label: isFallback ? texts().shell.cpu(threads) : 'WebGPU', reason, isFallback };
}
