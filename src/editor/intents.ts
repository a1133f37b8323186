import type { Endpoint } from '../core/graph/link-edits.js';
import type { NodeId, WidgetValue } from '../core/graph/types.js';

/** A point in graph coordinates. */
export type Point = readonly [x: number, y: number];

/** One end of a link: a node and the name of its input or output. */
export type End = Endpoint;

/** What a gesture asks of the document. Each one is one step of undo. */
export type EditIntent =
  | {
      readonly kind: 'add';
      readonly type: string;
      readonly pos: Point;
      /** A link to make to the new node: from an output, or into an input, that was dragged from. */
      readonly link?: { readonly side: 'input' | 'output'; readonly end: End };
      /** Widget values in place of the defaults. */
      readonly values?: Readonly<Record<string, WidgetValue>>;
    }
  | { readonly kind: 'connect'; readonly from: End; readonly to: End; readonly instead?: End }
  | { readonly kind: 'disconnect'; readonly to: End }
  | { readonly kind: 'move'; readonly positions: ReadonlyMap<NodeId, Point> }
  | { readonly kind: 'resize'; readonly id: NodeId; readonly size: Point }
  | {
      readonly kind: 'set';
      readonly id: NodeId;
      readonly values: Readonly<Record<string, WidgetValue>>;
    }
  | {
      readonly kind: 'preset';
      readonly preset: string;
      /** All nodes that have the preset, when absent. */
      readonly ids?: readonly NodeId[];
    }
  | { readonly kind: 'delete'; readonly ids: readonly NodeId[] }
  | { readonly kind: 'collapse'; readonly ids: readonly NodeId[] }
  | { readonly kind: 'mode'; readonly ids: readonly NodeId[]; readonly mode: 'mute' | 'bypass' }
  | { readonly kind: 'rename'; readonly id: NodeId; readonly title: string }
  | {
      readonly kind: 'clone';
      readonly ids: readonly NodeId[];
      readonly offset: Point;
    };
