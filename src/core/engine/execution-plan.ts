import type { Problem } from '../graph/problems.js';
import type { NodeId } from '../graph/types.js';
import type { AnyNodeDefinition } from '../node/definition.js';

/** A link as the run follows it: bypassed nodes looked through, links to stopped nodes left out. */
export interface PlannedLink {
  readonly input: string;
  readonly node: NodeId;
  readonly output: string;
  /** The input takes one slice a pass. */
  readonly slice: boolean;
}

/** A node of the run with everything about it that is the same in every pass. */
export interface PlannedNode<Services = never> {
  readonly kind: 'node';
  readonly id: NodeId;
  readonly definition: AnyNodeDefinition<Services>;
  /** Values of the widgets that no link replaces, defaults filled in. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly links: readonly PlannedLink[];
}

/** A zone of the run: one unit, run pass by pass. */
export interface PlannedZone<Services = never> {
  readonly kind: 'zone';
  readonly start: PlannedNode<Services>;
  readonly end: PlannedNode<Services>;
  /** Names of the values that the start declares, and of those that the user added. */
  readonly carries: readonly string[];
  readonly added: readonly string[];
  /** What runs in each pass, in order. */
  readonly units: readonly PlannedUnit<Services>[];
}

/** A step of a plan. */
export type PlannedUnit<Services = never> = PlannedNode<Services> | PlannedZone<Services>;

/** What a run will do. */
export interface ExecutionPlan<Services = never> {
  /** In an order in which everything comes after what feeds it. */
  readonly units: readonly PlannedUnit<Services>[];
  /** The nodes of the units, flattened. */
  readonly nodes: readonly NodeId[];
  /** The output nodes that are pulled. */
  readonly targets: ReadonlySet<NodeId>;
  /** Mistakes of the nodes that the run was asked for; those outputs are left out. */
  readonly problems: readonly Problem[];
}
