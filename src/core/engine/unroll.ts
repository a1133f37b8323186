import type { NodeId } from '../graph/types.js';
import type { ExecutionPlan, PlannedLink, PlannedUnit, PlannedZone } from './execution-plan.js';
import type { RunState } from './run-state.js';
import type { LoopCourse, Task, ValueRef } from './task.js';
import { createTaskMaker, type TaskMaker } from './task-maker.js';

/** A node in one pass, or what stands in its place when something above it failed. */
type Slot<Services> = Task<Services> | 'failed';

type Resolved<Services> = ValueRef<Services> | 'failed';

/** The values that the nodes of one pass, or those outside all zones, see. */
interface Frame<Services> {
  readonly around: Frame<Services> | undefined;
  readonly start: NodeId | undefined;
  readonly pass: number | undefined;
  readonly course: LoopCourse | undefined;
  readonly slots: Map<NodeId, Slot<Services>>;
  /** What the zone's start gives in this pass in place of its own outputs. */
  readonly carried: ReadonlyMap<string, Resolved<Services>>;
}

/** All tasks of a run in order, and those that are pulled. */
export interface Unrolled<Services> {
  readonly tasks: readonly Task<Services>[];
  readonly wanted: readonly Task<Services>[];
}

/**
 * Turns a plan into tasks, every zone pass by pass, each with its signature. Values are computed on the way only
 * where a signature depends on them: the passes of a zone, and the keys of slices not met before.
 * @throws `signal.reason` when the run was stopped.
 */
export async function unroll<Services>(
  state: RunState<Services>,
  plan: ExecutionPlan<Services>,
  runKey: string,
): Promise<Unrolled<Services>> {
  const tasks: Task<Services>[] = [];
  const maker = createTaskMaker(state, tasks, runKey);
  const outside: Frame<Services> = {
    around: undefined,
    start: undefined,
    pass: undefined,
    course: undefined,
    slots: new Map(),
    carried: new Map(),
  };
  for (const unit of plan.units) await visit(state, maker, unit, outside);
  return { tasks, wanted: tasks.filter(({ node }) => plan.targets.has(node.id)) };
}

async function visit<Services>(
  state: RunState<Services>,
  maker: TaskMaker<Services>,
  unit: PlannedUnit<Services>,
  frame: Frame<Services>,
): Promise<void> {
  if (unit.kind === 'zone') await visitZone(state, maker, unit, frame);
  else frame.slots.set(unit.id, await maker.make(unit, linked(unit.links, frame), frame));
}

async function visitZone<Services>(
  state: RunState<Services>,
  maker: TaskMaker<Services>,
  zone: PlannedZone<Services>,
  frame: Frame<Services>,
): Promise<void> {
  const { start, end, added } = zone;
  const ownLinks = start.links.filter(({ input }) => !added.includes(input));
  const first = await maker.make(start, linked(ownLinks, frame), frame);
  frame.slots.set(start.id, first);
  frame.slots.set(end.id, 'failed');
  const passes = first === 'failed' ? undefined : await maker.passesOf(first);
  if (first === 'failed' || passes === undefined) return;
  const course: LoopCourse = { passes, around: frame.course, busy: false };
  let carried = new Map<string, Resolved<Services>>();
  for (const name of zone.carries) carried.set(name, { task: first, output: name });
  for (const link of start.links) {
    if (added.includes(link.input)) carried.set(link.input, resolve(link, frame));
  }
  for (let pass = passes[0]; pass < passes[1]; pass += 1) {
    await state.breathe();
    const inner = { around: frame, start: start.id, pass, course, slots: new Map(), carried };
    noteCarried(state, start.id, pass, carried);
    for (const unit of zone.units) await visit(state, maker, unit, inner);
    carried = new Map(carried);
    for (const link of end.links) carried.set(link.input, resolve(link, inner));
  }
  const last = end.links.map((link) => ({ link, from: carried.get(link.input) ?? 'failed' }));
  frame.slots.set(end.id, await maker.make(end, last, frame, 'zone-end'));
}

function noteCarried<Services>(
  { places }: RunState<Services>,
  start: NodeId,
  pass: number,
  carried: ReadonlyMap<string, Resolved<Services>>,
): void {
  for (const [output, from] of carried) {
    if (from === 'failed') continue;
    places.carried(start, pass, output, { signature: from.task.signature, output: from.output });
  }
}

interface Linked<Services> {
  readonly link: PlannedLink;
  readonly from: Resolved<Services>;
}

function linked<Services>(
  links: readonly PlannedLink[],
  frame: Frame<Services>,
): readonly Linked<Services>[] {
  return links.map((link) => ({ link, from: resolve(link, frame) }));
}

/** What a link brings in a pass: looked up there, then in what lies around. */
function resolve<Services>(
  { node, output }: PlannedLink,
  frame: Frame<Services>,
): Resolved<Services> {
  for (let at: Frame<Services> | undefined = frame; at !== undefined; at = at.around) {
    const carried = at.start === node ? at.carried.get(output) : undefined;
    if (carried !== undefined) return carried;
    const slot = at.slots.get(node);
    if (slot !== undefined) return slot === 'failed' ? slot : { task: slot, output };
  }
  return 'failed';
}
