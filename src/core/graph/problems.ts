import type { NodeId } from './types.js';

/** The kinds of mistake that a graph can hold before it runs. */
export type ProblemCode =
  | 'input/missing'
  | 'input/out-of-range'
  | 'input/not-an-option'
  | 'input/wrong-type'
  | 'link/dangling'
  | 'link/type-mismatch'
  | 'graph/cycle'
  | 'graph/no-outputs'
  | 'node/unknown-type'
  | 'node/too-new'
  | 'node/not-migrated'
  | 'node/needs-zone'
  | 'zone/end-without-start'
  | 'zone/start-without-end'
  | 'zone/ambiguous-nesting'
  | 'zone/escape'
  | 'zone/end-cycle'
  /** What the node is given is well-formed, and will be refused when it runs. */
  | 'input/will-fail';

/** A mistake as a value: which node, which input, what is wrong and what to do, in words. */
export interface Problem {
  readonly code: ProblemCode;
  readonly nodeId: NodeId | undefined;
  readonly input?: string;
  /** The node inside a subgraph at fault, such as `7/3`; `nodeId` is then the subgraph's node. */
  readonly at?: NodeId;
  /** One sentence that names the thing and the remedy. */
  readonly message: string;
}
