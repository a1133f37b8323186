import { own } from './own.js';
import { isLink, type GraphDocument, type NodeId, type NodeRecord } from './types.js';

/** What changed about a node that both documents have. */
export interface NodeChange {
  readonly id: NodeId;
  /** Names of the inputs whose value or link differs. */
  readonly inputs: readonly string[];
  /** Type, version, title, mode or carried values differ. */
  readonly record: boolean;
  /** Place, size, colour or folding differ. */
  readonly layout: boolean;
}

/** How one document differs from another: what an editor has to draw anew. */
export interface DocumentDiff {
  readonly added: readonly NodeId[];
  readonly removed: readonly NodeId[];
  readonly changed: readonly NodeChange[];
  readonly groups: boolean;
  readonly view: boolean;
  readonly title: boolean;
}

/** Finds the differences; parts that are the same object are not looked into, so an edit's diff is cheap. */
export function diffDocuments(before: GraphDocument, after: GraphDocument): DocumentDiff {
  const sameNodes = before.nodes === after.nodes;
  const sameLayouts = before.layout.nodes === after.layout.nodes;
  const ids = sameNodes && sameLayouts ? [] : Object.keys(after.nodes);
  const missing = (id: NodeId) => own(after.nodes, id) === undefined;
  return {
    added: sameNodes ? [] : ids.filter((id) => own(before.nodes, id) === undefined),
    removed: sameNodes ? [] : Object.keys(before.nodes).filter(missing),
    changed: ids.flatMap((id) => nodeChange(id, before, after) ?? []),
    groups: !isEqual(before.layout.groups, after.layout.groups),
    view: !isEqual(before.layout.view, after.layout.view),
    title: before.title !== after.title,
  };
}

function nodeChange(
  id: NodeId,
  before: GraphDocument,
  after: GraphDocument,
): NodeChange | undefined {
  const [old, now] = [own(before.nodes, id), own(after.nodes, id)];
  if (old === undefined || now === undefined) return undefined;
  const layout = !isEqual(own(before.layout.nodes, id), own(after.layout.nodes, id));
  const inputs = old === now ? [] : changedInputs(old, now);
  const record = old !== now && !isEqual({ ...old, inputs: 0 }, { ...now, inputs: 0 });
  return layout || record || inputs.length > 0 ? { id, inputs, record, layout } : undefined;
}

function changedInputs({ inputs: old }: NodeRecord, { inputs: now }: NodeRecord): string[] {
  if (old === now) return [];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => {
    const [a, b] = [own(old, name), own(now, name)];
    if (!isLink(a) || !isLink(b)) return a !== b;
    return a.link[0] !== b.link[0] || a.link[1] !== b.link[1];
  });
}

/** Whether two pieces of plain data say the same, whatever the order of their keys. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && isEqual(value, right.get(key)))
  );
}
