import { changeNodes } from '../core/graph/edits.js';
import { flatId, placeOf } from '../core/graph/flat-places.js';
import { innerDocument, withInner } from '../core/graph/inner-document.js';
import { own } from '../core/graph/own.js';
import { graphRegistry, subgraphKey } from '../core/graph/subgraph-registry.js';
import type { GraphDocument, NodeId, NodeRecord } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';

/** What happens to a seed before a run that was asked for. */
export const seedControls = ['fixed', 'increment', 'decrement', 'randomize'] as const;

/** One of {@link seedControls}. */
export type SeedControl = (typeof seedControls)[number];

/** A seed widget of a graph. */
export interface SeedWidget {
  /** The flat id; of a definition with several instances, the first one's. */
  readonly node: NodeId;
  readonly input: string;
  readonly value: number;
  readonly control: SeedControl;
  readonly min: number;
  readonly max: number;
}

/** New seeds stay below this, so that they can be read out and typed. */
const seedLimit = 2 ** 32;

/**
 * The seed widgets whose value is set on the node, in the order of the document; those inside a subgraph once, however
 * many instances it has: they are its definition's.
 */
export function seedsOf(document: GraphDocument, registry: NodeRegistry): readonly SeedWidget[] {
  return seedsAt(document, registry, [], new Set());
}

function seedsAt(
  document: GraphDocument,
  registry: NodeRegistry,
  path: readonly NodeId[],
  seen: Set<string>,
): readonly SeedWidget[] {
  const kinds = graphRegistry(document, registry);
  return Object.entries(innerDocument(document, path).nodes).flatMap(([id, record]) => {
    const key = subgraphKey(record.type);
    if (key !== undefined) {
      if (seen.has(key)) return [];
      seen.add(key);
      return seedsAt(document, registry, [...path, id], seen);
    }
    return Object.entries(kinds.get(record.type)?.inputs ?? {}).flatMap(([input, spec]) => {
      const value = own(record.inputs, input);
      if (spec.type !== 'INT' || !('min' in spec) || !/(^|_)seed$/.test(input)) return [];
      if (typeof value !== 'number') return [];
      const { min, max } = spec;
      return [
        { node: flatId(path, id), input, value, min, max, control: controlOf(record, input) },
      ];
    });
  });
}

/**
 * Says what shall happen to a seed of the whole graph, named by its flat id; kept in the document beside the node's
 * inputs, where no run reads it.
 */
export function setSeedControl(
  document: GraphDocument,
  node: NodeId,
  input: string,
  control: SeedControl,
): GraphDocument {
  return changeNode(document, node, (record) => {
    if (controlOf(record, input) === control) return record;
    const seedControl = { ...storedControls(record), [input]: control };
    return { ...record, seedControl };
  });
}

/**
 * The document with every seed that is not fixed moved on: what is then run is what the document says. Seeds that
 * are drawn and were equal stay equal, as inversions of one seed share their noise. `random` gives 0..1, 1 excluded.
 */
export function advanceSeeds(
  document: GraphDocument,
  registry: NodeRegistry,
  random: () => number,
): GraphDocument {
  const drawn = new Map<number, number>();
  let next = document;
  for (const seed of seedsOf(document, registry)) {
    const value = advanced(seed, drawn, random);
    if (value === seed.value) continue;
    next = changeNode(next, seed.node, (record) => ({
      ...record,
      inputs: { ...record.inputs, [seed.input]: value },
    }));
  }
  return next;
}

/** Changes a node that is named by its flat id, inside a definition for all its instances. */
function changeNode(
  document: GraphDocument,
  node: NodeId,
  change: (record: NodeRecord) => NodeRecord,
): GraphDocument {
  const { path, id } = placeOf(node);
  const inner = innerDocument(document, path);
  const changed = changeNodes(inner, [id], change);
  return changed === inner ? document : withInner(document, path, changed);
}

function advanced(
  { value, control, min, max }: SeedWidget,
  drawn: Map<number, number>,
  random: () => number,
): number {
  switch (control) {
    case 'fixed':
      return value;
    case 'increment':
      return value < max ? value + 1 : min;
    case 'decrement':
      return value > min ? value - 1 : max;
    case 'randomize': {
      const span = Math.min(seedLimit, max - min + 1);
      const found = drawn.get(value) ?? min + Math.floor(random() * span);
      drawn.set(value, found);
      return found;
    }
  }
}

function storedControls(record: NodeRecord): object {
  const stored: unknown = 'seedControl' in record ? record.seedControl : undefined;
  return typeof stored === 'object' && stored !== null ? stored : {};
}

function controlOf(record: NodeRecord, input: string): SeedControl {
  const stored: unknown = own(storedControls(record) as Record<string, unknown>, input);
  return seedControls.find((control) => control === stored) ?? 'fixed';
}
