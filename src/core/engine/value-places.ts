import type { NodeId } from '../graph/types.js';
import type { OutputCache } from './output-cache.js';
import { resourcesIn } from './resource.js';
import { isSequence } from './sequence.js';

/** Which value is meant: an output of a node, in a pass when the node lies in a zone or opens one. */
export interface ValuePlace {
  /** The scope that the run was given; see `RunOptions.scope`. */
  readonly scope?: string;
  readonly node: NodeId;
  readonly output: string;
  /** The newest kept pass when absent. */
  readonly pass?: number;
}

/** What an engine still has of a value. A kept one is claimed until it is released. */
export type PeekedValue =
  | {
      readonly kind: 'kept';
      readonly value: unknown;
      readonly pass: number | undefined;
      release(): void;
    }
  /** A run came by, but the value was not computed, or made room for others. */
  | { readonly kind: 'not-kept' }
  /** No run has come by. */
  | { readonly kind: 'never-ran' };

/** Where the values of one run lie: written while its tasks are made. */
export interface PlaceNotes {
  task(node: NodeId, pass: number | undefined, signature: string): void;
  /** The start of a zone gives this output of another task as its own in a pass. */
  carried(start: NodeId, pass: number, output: string, from: ValueSource): void;
}

/** Where values of the last runs lie, by scope. */
export interface ValuePlaces {
  /** Notes of a run; what it does not visit keeps its place from earlier runs of the same scope. */
  open(scope: string): PlaceNotes;
  /** Looks a value up without computing anything. */
  peek(cache: OutputCache, place: ValuePlace): PeekedValue;
  clear(): void;
}

/** An output of a task, by the task's signature. */
export interface ValueSource {
  readonly signature: string;
  readonly output: string;
}

/** The pass under which nodes outside zones are noted. */
const outside = -1;

interface Scope {
  readonly tasks: Map<NodeId, Map<number, string>>;
  readonly carried: Map<NodeId, Map<number, Map<string, ValueSource>>>;
}

/** Makes places that forget the scopes that were run longest ago, beyond `limit`. */
export function createValuePlaces(limit = 16): ValuePlaces {
  const scopes = new Map<string, Scope>();
  return {
    open(name) {
      const scope = scopes.get(name) ?? { tasks: new Map(), carried: new Map() };
      scopes.delete(name);
      scopes.set(name, scope);
      const oldest = scopes.size > limit ? scopes.keys().next() : undefined;
      if (oldest?.done === false) scopes.delete(oldest.value);
      return notesOf(scope);
    },
    peek(cache, place) {
      const found = sourcesOf(scopes.get(place.scope ?? ''), place);
      if (found.length === 0) return { kind: 'never-ran' };
      for (const [pass, { signature, output }] of found) {
        const entry = cache.get(signature);
        if (entry !== undefined) return claim(entry.outputs[output], pass, place.pass);
      }
      return { kind: 'not-kept' };
    },
    clear: () => {
      scopes.clear();
    },
  };
}

function notesOf({ tasks, carried }: Scope): PlaceNotes {
  // The passes of an earlier run are no passes of this one.
  const [visited, opened] = [new Set<NodeId>(), new Set<NodeId>()];
  return {
    task(node, pass, signature) {
      if (!visited.has(node)) tasks.set(node, new Map());
      visited.add(node);
      tasks.get(node)?.set(pass ?? outside, signature);
    },
    carried(start, pass, output, from) {
      const kept = opened.has(start) ? carried.get(start) : undefined;
      const passes = kept ?? new Map<number, Map<string, ValueSource>>();
      opened.add(start);
      carried.set(start, passes);
      const outputs = passes.get(pass) ?? new Map<string, ValueSource>();
      passes.set(pass, outputs);
      outputs.set(output, from);
    },
  };
}

/** Where the value may lie, the best place first. */
function sourcesOf(
  scope: Scope | undefined,
  { node, output, pass }: ValuePlace,
): readonly (readonly [pass: number, source: ValueSource])[] {
  const newestFirst = <Value>(passes: ReadonlyMap<number, Value>) =>
    [...passes].filter(([at]) => pass === undefined || at === pass).sort(([a], [b]) => b - a);
  const carried = newestFirst(scope?.carried.get(node) ?? new Map<number, never>()).flatMap(
    ([at, outputs]: readonly [number, ReadonlyMap<string, ValueSource>]) => {
      const source = outputs.get(output);
      return source === undefined ? [] : [[at, source] as const];
    },
  );
  if (carried.length > 0) return carried;
  const tasks = scope?.tasks.get(node) ?? new Map<number, string>();
  const whole = tasks.get(outside);
  if (whole !== undefined) return [[outside, { signature: whole, output }]];
  return newestFirst(tasks).map(([at, signature]) => [at, { signature, output }] as const);
}

function claim(value: unknown, foundPass: number, wantedPass: number | undefined): PeekedValue {
  const pass = foundPass === outside ? undefined : foundPass;
  const resources = resourcesIn(value);
  for (const resource of resources) resource.retain();
  const isSlice =
    wantedPass !== undefined &&
    isSequence(value) &&
    wantedPass >= value.first &&
    wantedPass < value.end;
  return {
    kind: 'kept',
    value: isSlice ? value.at(wantedPass) : value,
    pass: isSlice ? wantedPass : pass,
    release: () => {
      for (const resource of resources) resource.dispose();
    },
  };
}
