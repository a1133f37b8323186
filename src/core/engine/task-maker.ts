import type { NodeId } from '../graph/types.js';
import { failTask, gatherInputs } from './execute-task.js';
import type { PlannedLink, PlannedNode } from './execution-plan.js';
import { pull } from './pull.js';
import type { RunState } from './run-state.js';
import { factsOf, type OutputFacts, type SequenceFacts } from './sequence-facts.js';
import { baseSignature, taskSignature, type LinkSignature } from './signature.js';
import type { LoopCourse, Task, TaskInput, ValueRef } from './task.js';

/** Where a task is made: in which pass of which zone, or outside all. */
interface TaskPlace {
  readonly pass: number | undefined;
  readonly course: LoopCourse | undefined;
}

/** Makes the tasks of one run, in order. */
export interface TaskMaker<Services> {
  /** The task of a node with resolved links; `failed` when something above it, or its fingerprint, failed. */
  make(
    node: PlannedNode<Services>,
    links: readonly { readonly link: PlannedLink; readonly from: ValueRef<Services> | 'failed' }[],
    place: TaskPlace,
    role?: Task<Services>['role'],
  ): Promise<Task<Services> | 'failed'>;
  /** The passes that a zone's start asks for; undefined when it failed. */
  passesOf(start: Task<Services>): Promise<readonly [first: number, end: number] | undefined>;
}

/** Makes a {@link TaskMaker} that adds its tasks to `tasks`; `runKey` is different for every run. */
export function createTaskMaker<Services>(
  state: RunState<Services>,
  tasks: Task<Services>[],
  runKey: string,
): TaskMaker<Services> {
  const bases = new Map<NodeId, string>();

  const baseOf = async (node: PlannedNode<Services>, inputs: readonly TaskInput<Services>[]) => {
    const known = bases.get(node.id);
    if (known !== undefined) return known;
    const named = node.definition.fingerprint !== undefined;
    const base = baseSignature(node, named ? await fingerprintOf(state, node, inputs) : undefined);
    if (!named || inputs.length === 0) bases.set(node.id, base);
    return base;
  };

  return {
    make: async (node, links, { pass, course }, role = 'node') => {
      const inputs: TaskInput<Services>[] = [];
      const signatures: LinkSignature[] = [];
      for (const { link, from } of links) {
        if (from === 'failed') return 'failed';
        const slice = link.slice ? pass : undefined;
        const facts = slice === undefined ? undefined : await demandFacts(state, from.task);
        if (from.task.failed) return 'failed';
        const sequence = facts?.get(from.output);
        inputs.push({ input: link.input, ref: from, pass: sequence && slice });
        signatures.push(linkSignature(link.input, from, sequence, slice));
      }
      try {
        const base = await baseOf(node, inputs);
        const once =
          node.definition.cache === 'never' ? `${runKey}.${String(tasks.length)}` : undefined;
        const signature = taskSignature(base, signatures, once);
        if (once !== undefined) state.useless.push(signature);
        const order = tasks.length;
        const task = {
          order,
          node,
          role,
          pass,
          course,
          inputs,
          signature,
          failed: false,
          told: false,
        };
        tasks.push(task);
        state.places.task(node.id, pass, signature);
        return task;
      } catch (cause) {
        state.signal.throwIfAborted();
        failTask(state, { node, pass, failed: false, told: false }, cause);
        return 'failed';
      }
    },
    passesOf: async (start) => {
      const facts = await demandFacts(state, start);
      if (start.failed) return undefined;
      for (const { first, end } of facts.values()) return [first, end];
      failTask(state, start, new Error('It gives no sequence, so its zone has no passes.'));
      return undefined;
    },
  };
}

function linkSignature<Services>(
  input: string,
  ref: ValueRef<Services>,
  sequence: SequenceFacts | undefined,
  pass: number | undefined,
): LinkSignature {
  const { task, output } = origin(ref);
  if (sequence === undefined || pass === undefined) return [input, task.signature, output];
  const key = sequence.keys?.[pass - sequence.first];
  return key === undefined ? [input, task.signature, output, pass] : [input, { key }];
}

/** Where a value comes from that nodes on its way only look at differently. */
function origin<Services>(ref: ValueRef<Services>): ValueRef<Services> {
  const { node, inputs } = ref.task;
  const same = node.definition.outputs[ref.output]?.sameAs;
  const source = same === undefined ? undefined : inputs.find(({ input }) => input === same);
  return source ? origin(source.ref) : ref;
}

/** The facts of a task's outputs: remembered, or read from its outputs, which are then kept for the whole run. */
async function demandFacts<Services>(
  state: RunState<Services>,
  task: Task<Services>,
): Promise<OutputFacts> {
  const known = state.facts.get(task.signature);
  if (known !== undefined) return known;
  state.cache.pin(task.signature);
  await pull(state, [task]);
  const outputs = state.cache.get(task.signature)?.outputs;
  if (task.failed || outputs === undefined) return new Map();
  try {
    const facts = factsOf(outputs);
    state.facts.set(task.signature, facts);
    return facts;
  } catch (cause) {
    failTask(state, task, cause);
    return new Map();
  }
}

/** A node's fingerprint, awaited after whatever feeds the node was computed. */
async function fingerprintOf<Services>(
  state: RunState<Services>,
  node: PlannedNode<Services>,
  inputs: readonly TaskInput<Services>[],
): Promise<string | undefined> {
  for (const { ref } of inputs) state.cache.pin(ref.task.signature);
  await pull(
    state,
    inputs.map(({ ref }) => ref.task),
  );
  if (inputs.some(({ ref }) => ref.task.failed)) return undefined;
  // The definition's own types vouch for the inputs, as they do in `executeTask`.
  const values = gatherInputs(state, { node, inputs }) as never;
  return node.definition.fingerprint?.(values, state.services);
}
