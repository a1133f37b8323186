import type { NodeId } from '../graph/types.js';
import type { PlannedNode } from './execution-plan.js';

/** An output of a task: what flows along a link in one pass. */
export interface ValueRef<Services = never> {
  readonly task: Task<Services>;
  readonly output: string;
}

/** A linked input of a task; with `pass` it takes that slice of the sequence. */
export interface TaskInput<Services = never> {
  readonly input: string;
  readonly ref: ValueRef<Services>;
  readonly pass: number | undefined;
}

/** One course of passes through a zone: a nested zone has one for every pass around it. */
export interface LoopCourse {
  /** First pass, and one past the last. */
  readonly passes: readonly [first: number, end: number];
  readonly around: LoopCourse | undefined;
  /** Whether any of its passes computes something in this run. */
  busy: boolean;
}

/** One execution of a node that a run may need: a node, in one pass when it lies in a zone. */
export interface Task<Services = never> {
  /** Every task has a higher number than those that feed it. */
  readonly order: number;
  readonly node: PlannedNode<Services>;
  readonly role: 'node' | 'zone-end';
  readonly pass: number | undefined;
  readonly course: LoopCourse | undefined;
  readonly inputs: readonly TaskInput<Services>[];
  readonly signature: string;
  /** It failed, or something that it needs did. */
  failed: boolean;
  /** Its end was told in this run, as executed, cached or failed. */
  told: boolean;
}

/** The place that a task's events name. */
export function placeOf<Services>({ node, pass }: Task<Services>): {
  readonly nodeId: NodeId;
  readonly pass?: number;
} {
  return pass === undefined ? { nodeId: node.id } : { nodeId: node.id, pass };
}
