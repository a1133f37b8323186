import { executeTask } from './execute-task.js';
import { tellCached, type RunState } from './run-state.js';
import type { LoopCourse, Task } from './task.js';

/**
 * Brings the outputs of `wanted` into the cache: executes what has no kept result, and of what feeds it only
 * that which is missing, in the order of the tasks. `all` (in order) are told as kept on the way when they are.
 * Values are pinned until the last of their readers ran. @throws `signal.reason` when the run was stopped.
 */
export async function pull<Services>(
  state: RunState<Services>,
  wanted: readonly Task<Services>[],
  all: readonly Task<Services>[] = wanted,
): Promise<void> {
  const needed = collectMissing(state, wanted);
  for (const task of needed) markBusy(task.course);
  const wantedTasks = new Set(wanted);
  const walk = all === wanted ? inOrder(needed, wanted) : all;
  for (const task of walk) {
    if (needed.has(task)) await settle(state, task);
    else if (wantedTasks.has(task) || isTold(task)) tellCached(state, task);
  }
}

/** The tasks above `wanted` (and those among them) that have to execute; pins everything they read. */
function collectMissing<Services>(
  { cache }: RunState<Services>,
  wanted: readonly Task<Services>[],
): ReadonlySet<Task<Services>> {
  const needed = new Set<Task<Services>>();
  const open = [...wanted];
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    if (needed.has(task) || task.failed || cache.get(task.signature) !== undefined) continue;
    needed.add(task);
    for (const { ref } of task.inputs) {
      cache.pin(ref.task.signature);
      open.push(ref.task);
    }
  }
  return needed;
}

async function settle<Services>(state: RunState<Services>, task: Task<Services>): Promise<void> {
  if (task.inputs.some(({ ref }) => ref.task.failed)) {
    task.failed = true;
  } else if (state.cache.has(task.signature)) {
    // A task with the same signature ran earlier in this run.
    tellCached(state, task);
  } else {
    await executeTask(state, task);
  }
  for (const { ref } of task.inputs) state.cache.unpin(ref.task.signature);
}

function inOrder<Services>(
  needed: ReadonlySet<Task<Services>>,
  wanted: readonly Task<Services>[],
): readonly Task<Services>[] {
  return [...new Set([...needed, ...wanted])].sort((a, b) => a.order - b.order);
}

function markBusy(course: LoopCourse | undefined): void {
  for (let at = course; at !== undefined && !at.busy; at = at.around) at.busy = true;
}

/** Of a zone that computes nothing only the last pass is told: none of its passes was visited. */
function isTold<Services>({ course, pass }: Task<Services>): boolean {
  return course === undefined || course.busy || pass === course.passes[1] - 1;
}
