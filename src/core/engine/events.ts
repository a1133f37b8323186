import type { ErrorDetails } from '../errors.js';
import type { NodeId } from '../graph/types.js';
import type { Warning } from '../memory-step.js';
import type { Picture } from '../node/definition.js';

/** Where in a run something happened: a node, and the pass when it lies in a denoise zone. */
export interface RunPlace {
  readonly nodeId: NodeId;
  readonly pass?: number;
}

/** What a run tells while it goes on, in ComfyUI's words. Plain data: crosses a thread by structured clone. */
export type RunEvent =
  | {
      readonly type: 'execution-start';
      /** Nodes the run will visit, in order. */
      readonly nodes: readonly NodeId[];
    }
  | (RunPlace & {
      readonly type: 'executing';
      /** First pass and one past the last, inside a zone. */
      readonly passes?: readonly [first: number, end: number];
    })
  | (RunPlace & { readonly type: 'progress'; readonly done: number; readonly total: number })
  | (RunPlace & { readonly type: 'preview'; readonly picture: Picture })
  | (RunPlace & {
      readonly type: 'executed';
      readonly elapsedMs: number;
      /** Bytes of the node's outputs. */
      readonly byteLength: number;
      readonly pictures: readonly { readonly label: string; readonly picture: Picture }[];
      readonly warnings: readonly Warning[];
    })
  | (RunPlace & {
      readonly type: 'execution-cached';
      /** Pictures that the node showed when it was computed. */
      readonly pictures: readonly { readonly label: string; readonly picture: Picture }[];
      readonly warnings: readonly Warning[];
    })
  | (RunPlace & { readonly type: 'execution-error'; readonly details: ErrorDetails })
  | { readonly type: 'execution-interrupted' }
  | { readonly type: 'execution-success'; readonly elapsedMs: number };
