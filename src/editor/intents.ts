import type { Endpoint } from '../core/graph/link-edits.js';
import type { Alignment } from '../core/graph/arrange-edits.js';
import type { DrawnSizes, GroupPatch } from '../core/graph/group-edits.js';
import type { Promotion } from '../core/graph/promoted-widgets.js';
import type { SocketChange } from '../core/graph/subgraph-sockets.js';
import type { GroupLayout, NodeId, Point, WidgetValue } from '../core/graph/types.js';

export type { Point } from '../core/graph/types.js';

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
      /** The input whose link the new node is put into. */
      readonly insert?: End;
      /** Widget values in place of the defaults. */
      readonly values?: Readonly<Record<string, WidgetValue>>;
    }
  | {
      readonly kind: 'connect';
      readonly from: End;
      readonly to: End;
      readonly instead?: End;
      /** Further inputs that the output is linked to in the same step. */
      readonly also?: readonly End[];
    }
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
    }
  /** A frame around nodes; `sizes` as they are drawn, here and below. */
  | { readonly kind: 'group'; readonly ids: readonly NodeId[]; readonly sizes?: DrawnSizes }
  | { readonly kind: 'group-add'; readonly bounds: GroupLayout['bounds'] }
  | { readonly kind: 'group-set'; readonly index: number; readonly patch: GroupPatch }
  | {
      readonly kind: 'group-move';
      readonly index: number;
      readonly by: Point;
      /** The nodes that go with the frame. */
      readonly ids: readonly NodeId[];
    }
  | { readonly kind: 'group-delete'; readonly index: number }
  | { readonly kind: 'pin'; readonly ids: readonly NodeId[] }
  /** No colour gives nodes that of their kind back. */
  | { readonly kind: 'color'; readonly ids: readonly NodeId[]; readonly color?: string }
  | {
      readonly kind: 'align';
      readonly ids: readonly NodeId[];
      readonly edge: Alignment;
      readonly sizes?: DrawnSizes;
    }
  | {
      readonly kind: 'distribute';
      readonly ids: readonly NodeId[];
      readonly axis: 'x' | 'y';
      readonly sizes?: DrawnSizes;
    }
  /** Puts a node that is there onto the link into `to`, and moves it to `pos` in the same step. */
  | { readonly kind: 'insert'; readonly id: NodeId; readonly to: End; readonly pos?: Point }
  /** Leads the link into `to` through points. */
  | { readonly kind: 'via'; readonly to: End; readonly points: readonly Point[] }
  /** Makes an output a value that the zone of a start or an end carries from pass to pass. */
  | { readonly kind: 'carry'; readonly from: End; readonly zone: NodeId; readonly name?: string }
  | { readonly kind: 'uncarry'; readonly start: NodeId; readonly name: string }
  | {
      readonly kind: 'rename-carried';
      readonly start: NodeId;
      readonly name: string;
      readonly to: string;
    }
  | SubgraphIntent
  | PromotionIntent
  /** Puts another kind of node in a node's place; links and values that fit stay. */
  | { readonly kind: 'replace'; readonly id: NodeId; readonly type: string };

/** What a gesture asks of subgraphs. */
export type SubgraphIntent =
  /** Makes nodes one node. */
  | { readonly kind: 'subgraph'; readonly ids: readonly NodeId[] }
  /** Puts the nodes of an instance in its place. */
  | { readonly kind: 'unpack'; readonly id: NodeId }
  /** Inside a subgraph: makes an input of a node one of the subgraph's. */
  | { readonly kind: 'expose'; readonly to: End; readonly name?: string }
  /** Changes a socket of the subgraph that a node is an instance of, or, inside, of the one that is edited. */
  | {
      readonly kind: 'subgraph-socket';
      readonly id: NodeId;
      readonly side: 'input' | 'output';
      readonly name: string;
      readonly change: SocketChange;
    };

/** What a gesture asks of the widgets that a subgraph shows on its instances: inside, or on one of these. */
export type PromotionIntent = Promotion;
