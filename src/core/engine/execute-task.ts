import type { Warning } from '../memory-step.js';
import { AppError, assert, type ErrorDetails } from '../errors.js';
import { widgetMistake } from '../graph/widget-values.js';
import { isWidget } from '../graph/wiring.js';
import { own } from '../graph/own.js';
import type { ExecuteContext, Picture } from '../node/definition.js';
import { resourcesIn } from './resource.js';
import { tally, type RunState } from './run-state.js';
import { isSequence } from './sequence.js';
import { placeOf, type Task } from './task.js';

/**
 * Executes one task and stores its outputs. A failure is told, noted, and leaves the task failed.
 * @throws `signal.reason` when the run was stopped.
 */
export async function executeTask<Services>(
  state: RunState<Services>,
  task: Task<Services>,
): Promise<void> {
  const { signal, emit } = state;
  await state.breathe();
  const place = placeOf(task);
  emit({ type: 'executing', ...place, ...(task.course && { passes: task.course.passes }) });
  const began = performance.now();
  const pictures: { readonly label: string; readonly picture: Picture }[] = [];
  const warnings: Warning[] = [];
  try {
    const outputs = await computeOutputs(state, task, pictures, warnings);
    const byteLength = bytesOf(outputs);
    const entry = { outputs, pictures, warnings };
    // Before the cache may evict it.
    state.safe?.keep(task.signature, entry);
    state.cache.store(task.signature, entry);
    task.told = true;
    tally(state, task, 'executed');
    const elapsedMs = performance.now() - began;
    emit({ type: 'executed', ...place, elapsedMs, byteLength, pictures, warnings });
  } catch (cause) {
    signal.throwIfAborted();
    failTask(state, task, cause);
  }
}

/** Marks a task as failed and tells why. */
export function failTask<Services>(
  state: RunState<Services>,
  task: Pick<Task<Services>, 'node' | 'pass'> & { failed: boolean; told: boolean },
  cause: unknown,
): void {
  task.failed = true;
  task.told = true;
  const details: ErrorDetails = {
    code: 'execution/node-failed',
    nodeId: task.node.id,
    type: task.node.definition.type,
    reason: cause instanceof Error ? cause.message : String(cause),
    ...(task.pass !== undefined && { pass: task.pass }),
    ...(cause instanceof AppError && { causeDetails: cause.details }),
  };
  state.failures.push(new AppError(details, { cause }));
  const pass = task.pass === undefined ? {} : { pass: task.pass };
  state.emit({ type: 'execution-error', nodeId: task.node.id, ...pass, details });
}

async function computeOutputs<Services>(
  state: RunState<Services>,
  task: Task<Services>,
  pictures: { readonly label: string; readonly picture: Picture }[],
  warnings: Warning[],
): Promise<Readonly<Record<string, unknown>>> {
  const inputs = gatherInputs(state, task);
  if (task.role === 'zone-end') {
    for (const value of Object.values(inputs)) {
      for (const resource of resourcesIn(value)) resource.retain();
    }
    return inputs;
  }
  const { definition } = task.node;
  // The definition's own types vouch for the inputs: validation has compared every link with them.
  const given = inputs as never;
  const result: unknown = await definition.execute(
    given,
    contextOf(state, task, pictures, warnings),
  );
  return checkedOutputs(task, result);
}

function contextOf<Services>(
  { signal, previews, emit, services }: RunState<Services>,
  task: Task<Services>,
  pictures: { readonly label: string; readonly picture: Picture }[],
  warnings: Warning[],
): ExecuteContext<Services> {
  const place = placeOf(task);
  return {
    signal,
    services,
    pass: task.pass,
    progress: (done, total) => {
      emit({ type: 'progress', ...place, done, total });
    },
    preview: async (make) => {
      if (previews) emit({ type: 'preview', ...place, picture: await make() });
    },
    show: (label, picture) => {
      pictures.push({ label, picture });
    },
    warn: (warning) => {
      warnings.push(warning);
    },
  };
}

/** The values of a task's inputs: widget values, and what its links bring, sliced where the node asks for it. */
export function gatherInputs<Services>(
  { cache }: RunState<Services>,
  { node, inputs }: Pick<Task<Services>, 'node' | 'inputs'>,
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = { ...node.values };
  for (const { input, ref, pass } of inputs) {
    const entry = cache.get(ref.task.signature);
    assert(entry !== undefined, `the output ${ref.output} of node ${ref.task.node.id} is gone`);
    const value = entry.outputs[ref.output];
    values[input] = pass !== undefined && isSequence(value) ? value.at(pass) : value;
    checkLinkedWidget(node, input, values[input]);
  }
  return values;
}

function checkLinkedWidget<Services>(
  { definition }: Task<Services>['node'],
  input: string,
  value: unknown,
): void {
  const spec = own(definition.inputs, input);
  if (spec === undefined || !isWidget(spec)) return;
  const mistake = widgetMistake(spec, value);
  if (mistake === undefined) return;
  const remedy = 'Change the value that the link brings.';
  throw new AppError({ code: 'input/invalid', input, reason: `${input} ${mistake.text}`, remedy });
}

function checkedOutputs<Services>(
  { node: { definition } }: Task<Services>,
  result: unknown,
): Readonly<Record<string, unknown>> {
  const outputs: Record<string, unknown> = {};
  const given = typeof result === 'object' && result !== null ? { ...result } : {};
  const missing = Object.keys(definition.outputs).filter((name) => {
    outputs[name] = own<unknown>(given, name);
    return outputs[name] === undefined;
  });
  if (missing.length === 0) return outputs;
  for (const resource of Object.values(given).flatMap(resourcesIn)) resource.dispose();
  throw new Error(`${definition.type} did not return the output ${missing.join(', ')}.`);
}

function bytesOf(outputs: Readonly<Record<string, unknown>>): number {
  const resources = new Set(Object.values(outputs).flatMap(resourcesIn));
  let bytes = 0;
  for (const { byteLength } of resources) bytes += byteLength;
  return bytes;
}
