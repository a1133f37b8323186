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
}

/** Where a node is drawn. */
export interface NodeLayout {
  readonly pos: readonly [x: number, y: number];
  readonly size?: readonly [width: number, height: number];
  readonly collapsed?: boolean;
  readonly pinned?: boolean;
  readonly color?: string;
}

/** A coloured frame behind nodes. */
export interface GroupLayout {
  readonly title: string;
  readonly bounds: readonly [x: number, y: number, width: number, height: number];
  readonly color?: string;
}

/** How the document is drawn; never part of its meaning. */
export interface Layout {
  readonly nodes: Readonly<Record<NodeId, NodeLayout>>;
  readonly groups: readonly GroupLayout[];
  readonly view?: { readonly scale: number; readonly offset: readonly [number, number] };
}

/** The saved graph: immutable, edited by pure functions, meaning apart from layout. */
export interface GraphDocument {
  readonly format: 'crossweave-graph';
  readonly version: number;
  readonly title?: string;
  readonly nodes: Readonly<Record<NodeId, NodeRecord>>;
  readonly layout: Layout;
}

/** Whether a stored input is a link. */
export function isLink(value: unknown): value is Link {
  return typeof value === 'object' && value !== null && 'link' in value;
}
