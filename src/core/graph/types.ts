/** Key of a node in a document; a decimal number written as text. */
export type NodeId = string;

/** Where an input's value comes from: an output of another node, by name. */
export interface Link {
  readonly link: readonly [node: NodeId, output: string];
}

/** A value stored in the document for a widget. */
export type WidgetValue = number | string | boolean;

/** One node as the document keeps it. Keys the program does not know are kept and saved back. */
export interface NodeRecord {
  readonly type: string;
  readonly version: number;
  /** Widget values and links, by input name. */
  readonly inputs: Readonly<Record<string, WidgetValue | Link>>;
  readonly title?: string;
  /** `mute`: does not run, nor does what needs it. `bypass`: passes its first input of an output's type through. */
  readonly mode?: 'mute' | 'bypass';
  /** On the start of a zone: values carried from pass to pass besides its own, name to socket type. */
  readonly carried?: Readonly<Record<string, string>>;
  /** On the two nodes that stand for the sockets of a subgraph while it is edited: name to socket type. */
  readonly sockets?: Readonly<Record<string, string>>;
  /** What another program's file held of the node, kept for the way back; all that is known of one of unknown type. */
  readonly foreign?: ForeignNode;
}

/** A node of another program as its file held it. */
export interface ForeignNode {
  /** The node as JSON, all its keys included; of a known type without its id, place and links. */
  readonly data: unknown;
  /** Its outputs in the order of their slots, name and type; links to it are stored by these names. */
  readonly outputs: readonly (readonly [name: string, type: string])[];
}

/** A point in graph coordinates. */
export type Point = readonly [x: number, y: number];

/** Where a node is drawn. */
export interface NodeLayout {
  readonly pos: readonly [x: number, y: number];
  readonly size?: readonly [width: number, height: number];
  readonly collapsed?: boolean;
  readonly pinned?: boolean;
  readonly color?: string;
  /** Points that the link into an input is led through, from its output on, by input name. */
  readonly via?: Readonly<Record<string, readonly (readonly [x: number, y: number])[]>>;
  /** For each of these points, by input name, the Reroute node that it was in another program's file, as JSON, or null. */
  readonly reroutes?: Readonly<Record<string, readonly unknown[]>>;
  /** Whether the form view offers an input, by its name; what is not told has a default. */
  readonly form?: Readonly<Record<string, boolean>>;
}

/** A coloured frame behind nodes. */
export interface GroupLayout {
  readonly title: string;
  readonly bounds: readonly [x: number, y: number, width: number, height: number];
  readonly color?: string;
  /** What else another program's file held of it, as JSON. */
  readonly foreign?: unknown;
}

/** How the document is drawn; never part of its meaning. */
export interface Layout {
  readonly nodes: Readonly<Record<NodeId, NodeLayout>>;
  readonly groups: readonly GroupLayout[];
  readonly view?: { readonly scale: number; readonly offset: readonly [number, number] };
}

/** A value that goes into a subgraph, to every inner input that it feeds. */
export interface SubgraphInput {
  readonly type: string;
  readonly to: readonly (readonly [node: NodeId, input: string])[];
  /** Its place among the inputs; those without one come last, by name. */
  readonly order?: number;
  /** It is a widget of an inner node that is shown on the instances; files of other programs name it instead of linking it. */
  readonly promoted?: true;
}

/** A value that comes out of a subgraph; without `from` nothing gives it yet. */
export interface SubgraphOutput {
  readonly type: string;
  readonly from?: readonly [node: NodeId, output: string];
  readonly order?: number;
}

/** A graph that is used as a node: a node of type `subgraph:<key>` is an instance of it. */
export interface Subgraph {
  readonly title: string;
  readonly description?: string;
  readonly inputs: Readonly<Record<string, SubgraphInput>>;
  readonly outputs: Readonly<Record<string, SubgraphOutput>>;
  readonly nodes: Readonly<Record<NodeId, NodeRecord>>;
  readonly layout: Layout;
  /** When it is a copy of one that was published: of which, and how that one was then. */
  readonly published?: PublishedMark;
  /** What else another program's file held of it, as JSON; its sockets included. */
  readonly foreign?: unknown;
}

/** By which a copy of a published subgraph knows where it is from. */
export interface PublishedMark {
  /** The title under which it was published. */
  readonly title: string;
  /** When, as an ISO 8601 time in UTC: of two of one title the later is the newer. */
  readonly at: string;
  /** A hash of what was published; see `publishedContent`. */
  readonly content: string;
}

/** The saved graph: immutable, edited by pure functions, meaning apart from layout. */
export interface GraphDocument {
  readonly format: 'crossweave-graph';
  readonly version: number;
  readonly title?: string;
  readonly nodes: Readonly<Record<NodeId, NodeRecord>>;
  readonly layout: Layout;
  /** The definitions that nodes of type `subgraph:<key>` are instances of, by key. */
  readonly subgraphs?: Readonly<Record<string, Subgraph>>;
  /** What another program's file held besides its nodes, links and frames, as JSON. */
  readonly foreign?: unknown;
}

/** Whether a stored input is a link. */
export function isLink(value: unknown): value is Link {
  return typeof value === 'object' && value !== null && 'link' in value;
}
