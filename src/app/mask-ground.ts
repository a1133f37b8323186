import { flatSocket } from '../core/graph/flat-places.js';
import { flatten } from '../core/graph/flatten.js';
import { own } from '../core/graph/own.js';
import type { NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { AppState } from './app-state.js';
import { wholeGraph } from './whole-graph.js';

/** What a mask is painted on, as the run sees it: whatever subgraphs lie around the node, or between it and its links. */
export interface MaskGround {
  /** The name of the picture; empty when none is chosen. */
  readonly image: string;
  /** The text of what is painted already; empty for nothing. */
  readonly mask: string;
  /** The output that is linked to `base`, by its id in the flattened document. */
  readonly base:
    | {
        readonly node: NodeId;
        readonly output: string;
        readonly type: string;
        /** The threshold that is set on it, where it has one. */
        readonly threshold: number | undefined;
      }
    | undefined;
}

/**
 * Finds what the node with that id, in the part of the graph that is drawn, is painted on. It may be the node of a
 * subgraph that has the mask of a node inside for an input.
 */
export function maskGround(
  state: Pick<AppState, 'document' | 'root' | 'path'>,
  registry: NodeRegistry,
  node: NodeId,
): MaskGround {
  const whole = wholeGraph(state);
  const flat = flatten(whole);
  const painter = flatSocket(whole, state.path, { node, side: 'input', name: 'mask' })?.node;
  const inputs = (painter === undefined ? undefined : own(flat.nodes, painter))?.inputs ?? {};
  const text = (name: string): string => {
    const value = own(inputs, name);
    return typeof value === 'string' ? value : '';
  };
  const source =
    painter === undefined ? undefined : wiringOf(flat, registry).source(painter, 'base');
  return {
    image: text('image'),
    mask: text('mask'),
    base:
      source?.kind === 'link'
        ? {
            node: source.node,
            output: source.output,
            type: own(flat.nodes, source.node)?.type ?? '',
            threshold: numberOf(own(flat.nodes, source.node)?.inputs['threshold']),
          }
        : undefined,
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
