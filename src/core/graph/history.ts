import type { GraphDocument, NodeId } from './types.js';

/** One step that can be undone. */
export interface HistoryEntry {
  /** What the user did, such as `Move 3 nodes`. */
  readonly name: string;
  /** The document on the other side of the step. */
  readonly document: GraphDocument;
  /** Edits in a row with the same key are one step. */
  readonly gesture: string | undefined;
  /** The instances of subgraphs inside which it was done, the outermost first; none for the graph itself. */
  readonly place?: readonly NodeId[];
}

/** A document with the steps that led to it and those that were undone. Immutable. */
export interface History {
  readonly present: GraphDocument;
  /** Oldest first. */
  readonly past: readonly HistoryEntry[];
  /** The next to be redone last. */
  readonly future: readonly HistoryEntry[];
}

/** How an edit is remembered. */
export interface EditNote {
  readonly name: string;
  /** Names a drag, or the typing in one widget: edits in a row with the same gesture become one entry. */
  readonly gesture?: string;
  /** The instances of subgraphs inside which it is done. */
  readonly place?: readonly NodeId[];
}

const entryLimit = 500;

/** A history that begins with a document. */
export function createHistory(document: GraphDocument): History {
  return { present: document, past: [], future: [] };
}

/**
 * Goes on to an edited document. An edit that changes nothing, or only the view, makes no entry; a gesture that
 * goes on adds to its entry; anything else makes a new one and drops what could be redone.
 */
export function record(
  history: History,
  document: GraphDocument,
  { name, gesture, place }: EditNote,
): History {
  const { present, past } = history;
  if (document === present) return history;
  if (differsInViewOnly(present, document)) return { ...history, present: document };
  const last = past.at(-1);
  if (gesture !== undefined && last?.gesture === gesture && history.future.length === 0) {
    return { ...history, present: document };
  }
  const entry = { name, document: present, gesture, ...(place && { place }) };
  return { present: document, past: [...past, entry].slice(-entryLimit), future: [] };
}

/** Ends a gesture: the next edit makes an entry of its own, whatever its key. */
export function endGesture(history: History): History {
  const last = history.past.at(-1);
  if (last?.gesture === undefined) return history;
  return { ...history, past: [...history.past.slice(0, -1), { ...last, gesture: undefined }] };
}

/** Takes the last step back; the view stays where it is. The same history when there is none. */
export function undo(history: History): History {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  const { present, past, future } = history;
  return {
    present: withViewOf(last.document, present),
    past: past.slice(0, -1),
    future: [...future, { ...last, document: present, gesture: undefined }],
  };
}

/** Does the step again that was undone last; the view stays where it is. */
export function redo(history: History): History {
  const next = history.future.at(-1);
  if (next === undefined) return history;
  const { present, past, future } = history;
  return {
    present: withViewOf(next.document, present),
    past: [...past, { ...next, document: present, gesture: undefined }],
    future: future.slice(0, -1),
  };
}

/** Whether two documents differ in nothing but where the user looks. */
export function differsInViewOnly(a: GraphDocument, b: GraphDocument): boolean {
  return hasSame(a, b, 'layout') && hasSame(a.layout, b.layout, 'view');
}

/** Whether two objects hold the same values under every key but one. */
function hasSame<Value extends object>(a: Value, b: Value, except: keyof Value): boolean {
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  left.delete(String(except));
  right.delete(String(except));
  return left.size === right.size && [...left].every(([key, value]) => right.get(key) === value);
}

function withViewOf(document: GraphDocument, seen: GraphDocument): GraphDocument {
  const { view } = seen.layout;
  if (view === undefined || view === document.layout.view) return document;
  return { ...document, layout: { ...document.layout, view } };
}
