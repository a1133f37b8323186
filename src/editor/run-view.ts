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
  | {
      readonly kind: 'done';
      readonly elapsedMs: number;
      /** Inside a zone: how many of its passes were kept from before, of how many. */
      readonly resumed?: { readonly kept: number; readonly passes: number };
    }
  | { readonly kind: 'cached' }
  | { readonly kind: 'failed'; readonly reason: string };

/** A picture ready to be drawn. */
export interface NodePicture {
  readonly label: string;
  readonly bitmap: ImageBitmap;
  /** A look at unfinished work. */
  readonly isPreview: boolean;
  /** Written on the picture when it is not what the node will show in the end. */
  readonly note?: string;
}

/** What the canvas shows of a node besides the document: state, faults and pictures. */
export interface NodeRunView {
  readonly status: NodeStatus | undefined;
  readonly warnings: readonly string[];
  /** Faults that the document holds, in words, with the input they concern. */
  readonly problems: readonly { readonly input: string | undefined; readonly message: string }[];
  readonly pictures: readonly NodePicture[];
  /** What the node took in the last run that computed it, all its passes together. */
  readonly cost?: {
    readonly elapsedMs: number;
    /** Bytes of its outputs; of the last pass inside a zone. */
    readonly byteLength: number;
    /** How often it executed. */
    readonly times: number;
  };
  /** The document has changed above the node since its results were computed. */
  readonly isStale?: boolean;
  /** The node is a copy of a published subgraph that has been published anew since. */
  readonly isOutdated?: boolean;
  /** Named repairs of the node's problems, for its menu; see `EditorHost.fix`. */
  readonly fixes?: readonly { readonly name: string; readonly label: string }[];
}

/** What the canvas shows of a zone, by the id of its start node. */
export interface ZoneRunView {
  /** First pass and one past the last, once known. */
  readonly passes: readonly [first: number, end: number] | undefined;
  /** Passes that have been computed so far, counted from the first. */
  readonly finished: number;
  /** The pass whose pictures are shown; undefined follows the newest. */
  readonly shown: number | undefined;
  /** The diffusion timestep of each pass, from the first, where it is known. */
  readonly timesteps?: readonly number[];
  /** Where the last run went on from kept passes: the first computed pass, and the share of passes saved (0..1). */
  readonly resumed?: { readonly at: number; readonly saved: number };
}

/** A small picture of one pass. */
export interface PassPicture {
  readonly pass: number;
  readonly bitmap: ImageBitmap;
}

/** What an attention lens draws on a node's picture. */
export type NodeLens =
  /** The place that asks, in shares from the upper left. */
  | { readonly kind: 'asks'; readonly at: readonly [x: number, y: number] }
  /** Where it looks: one pixel a cell, over the middle of the picture in the shape of the cells. */
  | {
      readonly kind: 'seen';
      readonly heat: OffscreenCanvas;
      /** What is looked at, in words. */
      readonly note: string;
    };

/** Looks up what to show of nodes and zones. */
export interface RunView {
  /** What a lens shows on a node's picture while the pointer is over a result. */
  lens?(id: NodeId): NodeLens | undefined;
  node(id: NodeId): NodeRunView;
  zone(startId: NodeId): ZoneRunView | undefined;
  /** One picture for each pass that has one, in order; asked only while a filmstrip is shown. */
  strip?(startId: NodeId): readonly PassPicture[];
  /** A short text for what an output gives, such as `1×4×64×64 f32, 64 KiB`; asked only while links show it. */
  linkNote?(from: { readonly node: NodeId; readonly name: string }): string | undefined;
}

/** A run view in which nothing ever ran. */
export const idleRunView: RunView = {
  node: () => ({ status: undefined, warnings: [], problems: [], pictures: [] }),
  zone: () => undefined,
};
