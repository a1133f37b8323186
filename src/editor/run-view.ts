import type { NodeId } from '../core/graph/types.js';

/** What a node is doing in the current or last run. */
export type NodeStatus =
  | { readonly kind: 'queued' }
  | {
      readonly kind: 'running';
      /** Parts done of parts in all, within the node or within the passes of its zone. */
      readonly done: number;
      readonly total: number;
      /** Whether the parts are passes of a denoise zone. */
      readonly isPass: boolean;
    }
  | { readonly kind: 'done'; readonly elapsedMs: number }
  | { readonly kind: 'cached' }
  | { readonly kind: 'failed'; readonly reason: string };

/** A picture ready to be drawn. */
export interface NodePicture {
  readonly label: string;
  readonly bitmap: ImageBitmap;
  /** A look at unfinished work. */
  readonly isPreview: boolean;
}

/** What the canvas shows of a node besides the document: state, faults and pictures. */
export interface NodeRunView {
  readonly status: NodeStatus | undefined;
  readonly warnings: readonly string[];
  /** Faults that the document holds, in words, with the input they concern. */
  readonly problems: readonly { readonly input: string | undefined; readonly message: string }[];
  readonly pictures: readonly NodePicture[];
}

/** What the canvas shows of a zone, by the id of its start node. */
export interface ZoneRunView {
  /** First pass and one past the last, once known. */
  readonly passes: readonly [first: number, end: number] | undefined;
  /** Passes that have been computed so far, counted from the first. */
  readonly finished: number;
  /** The pass whose pictures are shown; undefined follows the newest. */
  readonly shown: number | undefined;
}

/** Looks up what to show of nodes and zones. */
export interface RunView {
  node(id: NodeId): NodeRunView;
  zone(startId: NodeId): ZoneRunView | undefined;
}

/** A run view in which nothing ever ran. */
export const idleRunView: RunView = {
  node: () => ({ status: undefined, warnings: [], problems: [], pictures: [] }),
  zone: () => undefined,
};
