import type {
  ExecutionPlan,
  PlannedNode,
  PlannedUnit,
  PlannedZone,
} from '../engine/execution-plan.js';
import { createPlan } from '../engine/plan.js';
import { isSequence, type Sequence } from '../engine/sequence.js';
import { AppError } from '../errors.js';
import type { Problem } from '../graph/problems.js';
import type { GraphDocument, NodeId } from '../graph/types.js';
import { isWidget } from '../graph/wiring.js';
import type { NodeRegistry } from '../node/registry.js';
import { forecastKey } from './forecast-key.js';
import { NotKnownYet, type ForecastContext, type NotedWork } from './node-forecast.js';
import { isKnown, type GraphOutlook, type NodeOutlook, type OutputForecast } from './outlook.js';

/** Forecasts documents; what an edit does not touch is not asked again. */
export interface Forecaster {
  forecast(document: GraphDocument, facts: unknown, targets?: readonly NodeId[]): GraphOutlook;
}

/** What a unit of the plan gave, and what it was made from. */
interface Visit {
  readonly basis: readonly unknown[];
  readonly outputs: ReadonlyMap<NodeId, ReadonlyMap<string, OutputForecast>>;
  readonly nodes: ReadonlyMap<NodeId, NodeOutlook>;
  readonly work: readonly NotedWork[];
  readonly problems: readonly Problem[];
}

/** Values by node and output. */
type Known = Map<NodeId, ReadonlyMap<string, OutputForecast>>;

/** Makes a forecaster for the given nodes. */
export function createForecaster(registry: NodeRegistry): Forecaster {
  let remembered = new Map<NodeId, Visit>();
  return {
    forecast(document, facts, targets = Object.keys(document.nodes)) {
      const plan: ExecutionPlan = createPlan(document, registry, targets);
      const next = new Map<NodeId, Visit>();
      const known: Known = new Map();
      const outlook = {
        nodes: new Map<NodeId, NodeOutlook>(),
        work: [] as NotedWork[],
        problems: [] as Problem[],
      };
      for (const unit of plan.units) {
        const id = unit.kind === 'zone' ? unit.start.id : unit.id;
        const basis = basisOf(unit, known, facts);
        const before = remembered.get(id);
        const visit =
          before && sameItems(before.basis, basis) ? before : visitUnit(unit, known, facts, basis);
        next.set(id, visit);
        for (const [node, outputs] of visit.outputs) known.set(node, outputs);
        for (const [node, one] of visit.nodes) outlook.nodes.set(node, one);
        outlook.work.push(...visit.work);
        outlook.problems.push(...visit.problems);
      }
      remembered = next;
      return { ...outlook, order: plan.nodes };
    },
  };
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => Object.is(item, b[i]));
}

/** Everything that the forecast of a unit depends on. */
function basisOf(unit: PlannedUnit, known: Known, facts: unknown): readonly unknown[] {
  const basis: unknown[] = [facts];
  const inside = new Set<NodeId>();
  const add = (one: PlannedUnit): void => {
    if (one.kind === 'zone') {
      inside.add(one.start.id);
      add(one.start);
      for (const inner of one.units) add(inner);
      add(one.end);
      return;
    }
    inside.add(one.id);
    basis.push(one.id, one.definition, ...Object.entries(one.values).flat());
    for (const { input, node, output } of one.links) {
      basis.push(input, output, inside.has(node) ? node : known.get(node)?.get(output));
    }
  };
  add(unit);
  return basis;
}

function visitUnit(
  unit: PlannedUnit,
  known: Known,
  facts: unknown,
  basis: readonly unknown[],
): Visit {
  const walk = new Walk(known, facts);
  walk.visit(unit, undefined);
  return { basis, outputs: walk.made, nodes: walk.nodes, work: walk.work, problems: walk.problems };
}

/** One evaluation of a node, or of a zone pass by pass. */
class Walk {
  readonly made: Known = new Map();
  readonly nodes = new Map<NodeId, NodeOutlook>();
  readonly work: NotedWork[] = [];
  readonly problems: Problem[] = [];
  readonly #outside: Known;
  readonly #facts: unknown;
  readonly #marks = new Map<string, number>();

  constructor(outside: Known, facts: unknown) {
    this.#outside = outside;
    this.#facts = facts;
  }

  visit(unit: PlannedUnit, pass: number | undefined): void {
    if (unit.kind === 'zone') this.#zone(unit);
    else this.#node(unit, pass);
  }

  #zone({ start, end, units, carries, added }: PlannedZone): void {
    this.#node(start, undefined);
    const first = this.made.get(start.id) ?? new Map<string, OutputForecast>();
    const steps = [...first.values()].find((value) => isKnown(value) && isSequence(value.about));
    const sequence = isKnown(steps) && isSequence(steps.about) ? steps.about : undefined;
    const carried = new Map(first);
    for (const { input, node, output } of start.links) {
      const value = this.#value(node, output);
      if (added.includes(input) && value) carried.set(input, value);
    }
    // Without passes the body is asked once, so that every node says why it does not know.
    const passes = sequence ? ([sequence.first, sequence.end] as const) : ([0, 1] as const);
    for (let pass = passes[0]; pass < passes[1]; pass += 1) {
      this.made.set(start.id, new Map(carried));
      for (const unit of units) this.visit(unit, sequence && pass);
      for (const { input, node, output } of end.links) {
        const value = this.#value(node, output);
        if (value && (carries.includes(input) || added.includes(input))) carried.set(input, value);
      }
    }
    this.made.set(start.id, first);
    const last = new Map(
      [...carried].filter(([name]) => end.links.some(({ input }) => input === name)),
    );
    this.made.set(end.id, last);
    this.nodes.set(end.id, outlookOf(last, NO_SCRATCH, 1));
  }

  #node(node: PlannedNode, pass: number | undefined): void {
    let { scratchBytes, largestScratch } = this.nodes.get(node.id) ?? NO_SCRATCH;
    const times = (this.nodes.get(node.id)?.times ?? 0) + 1;
    const noted = this.work.length;
    const execution = this.#execution(node, pass);
    const outputs = this.#outputs(node, pass, execution, (bytes, largest = 0) => {
      scratchBytes = Math.max(scratchBytes, bytes);
      largestScratch = Math.max(largestScratch, largest);
    });
    if ([...outputs.values()].some((value) => !isKnown(value))) this.work.length = noted;
    this.made.set(node.id, given(outputs, execution));
    this.nodes.set(node.id, outlookOf(outputs, { scratchBytes, largestScratch }, times));
  }

  #outputs(
    node: PlannedNode,
    pass: number | undefined,
    execution: string,
    scratch: ForecastContext['scratch'],
  ): ReadonlyMap<string, OutputForecast> {
    const { definition } = node;
    const unknown = (reason: string) =>
      new Map(Object.keys(definition.outputs).map((name) => [name, { unknown: reason }] as const));
    if (!definition.forecast) return unknown(`${definition.displayName} does not forecast`);
    try {
      const inputs = this.#inputs(node, pass);
      if (typeof inputs === 'string') return unknown(inputs);
      const { work } = this;
      // The definition's own types vouch for the inputs, as they do when it executes.
      const outputs = definition.forecast(inputs as never, {
        facts: this.#facts as never,
        pass,
        work: (item) => work.push({ nodeId: node.id, execution, item }),
        scratch,
        marks: this.#marks,
      });
      return new Map(Object.entries(outputs));
    } catch (cause) {
      return unknown(this.#reason(node, cause));
    }
  }

  /** Names an execution by what it is made from, as a run names it: equal ones are done once. */
  #execution({ definition, values, links }: PlannedNode, pass: number | undefined): string {
    const feeding = links.map(({ input, node, output, slice }) => {
      const value = this.#value(node, output);
      if (!isKnown(value)) return [input];
      if (!slice || pass === undefined || !isSequence(value.about)) return [input, value.origin];
      return [input, sliceKey(value.about, pass) ?? [value.origin, pass]];
    });
    return forecastKey([baseKey(definition.type, values), feeding]);
  }

  /** Why a node's forecast failed; a mistake of the graph becomes a problem. */
  #reason({ id, definition }: PlannedNode, cause: unknown): string {
    if (cause instanceof NotKnownYet) return cause.message;
    if (!(cause instanceof AppError) || cause.details.code !== 'input/invalid') throw cause;
    const { input, reason, remedy } = cause.details;
    const isTold = this.problems.some(({ nodeId }) => nodeId === id);
    if (!isTold) {
      const message = `${definition.displayName}: ${reason}. ${remedy}`;
      this.problems.push({ code: 'input/will-fail', nodeId: id, input, message });
    }
    return reason;
  }

  #inputs(node: PlannedNode, pass: number | undefined): Readonly<Record<string, unknown>> | string {
    const inputs: Record<string, unknown> = { ...node.values };
    for (const { input, node: from, output, slice } of node.links) {
      const value = this.#value(from, output);
      if (!isKnown(value)) return value?.unknown ?? 'what feeds it has a problem';
      const spec = node.definition.inputs[input];
      if (spec !== undefined && 'default' in spec) inputs[input] = value.about;
      else if (slice && isSequence(value.about)) {
        if (pass === undefined) return 'the passes of its zone are not known';
        inputs[input] = { ...value, about: value.about.at(pass) };
      } else inputs[input] = value;
    }
    const missing = Object.entries(node.definition.inputs).find(
      ([input, spec]) => !isWidget(spec) && spec.optional !== true && !(input in inputs),
    );
    return missing ? `nothing is linked to its input ${missing[0]}` : inputs;
  }

  #value(node: NodeId, output: string): OutputForecast | undefined {
    return (this.made.get(node) ?? this.#outside.get(node))?.get(output);
  }
}

const baseKeys = new WeakMap<object, string>();

/** What an execution is made from besides its links, told once a node. */
function baseKey(type: string, values: PlannedNode['values']): string {
  const key = baseKeys.get(values) ?? forecastKey([type, values]);
  baseKeys.set(values, key);
  return key;
}

const sliceKeys = new WeakMap<Sequence, Map<number, string | undefined>>();

/** The key of a slice, told once a sequence; undefined outside of its passes. */
function sliceKey(sequence: Sequence, pass: number): string | undefined {
  if (pass < sequence.first || pass >= sequence.end) return undefined;
  const known = sliceKeys.get(sequence) ?? new Map<number, string | undefined>();
  sliceKeys.set(sequence, known);
  if (!known.has(pass)) known.set(pass, sequence.keyAt?.(pass));
  return known.get(pass);
}

/** Outputs with the execution that gave them. */
function given(
  outputs: ReadonlyMap<string, OutputForecast>,
  execution: string,
): ReadonlyMap<string, OutputForecast> {
  const named = new Map<string, OutputForecast>(outputs);
  for (const [name, value] of outputs) {
    if (!isKnown(value)) continue;
    const { holder: _ofThisNode, ...rest } = value;
    named.set(name, { ...rest, origin: `${execution} ${name}` });
  }
  return named;
}

const NO_SCRATCH = { scratchBytes: 0, largestScratch: 0 };

function outlookOf(
  outputs: ReadonlyMap<string, OutputForecast>,
  scratch: Pick<NodeOutlook, 'scratchBytes' | 'largestScratch'>,
  times: number,
): NodeOutlook {
  const holders = new Map<string, number>();
  for (const [name, value] of outputs) {
    if (isKnown(value)) holders.set(value.holder ?? value.origin ?? name, value.byteLength);
  }
  const byteLength = [...holders.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { outputs, byteLength, ...scratch, times };
}
