import { own } from '../core/graph/own.js';
import type { GraphDocument, Subgraph } from '../core/graph/types.js';
import type { GraphTab } from './app-state.js';
import type { ParkedSession } from './document-session.js';

/** One open graph with all that its tab keeps. */
export interface OpenGraph {
  readonly id: string;
  readonly createdAt: number;
  /** Its document and history; of the shown tab as they were when it came to the front. */
  parked: ParkedSession;
  /** The document as it came from a file or was last exported; undefined when it never was. */
  clean: GraphDocument | undefined;
  /** Another window stores the graph. */
  isElsewhere: boolean;
  /** The last text that is known to be stored. */
  savedText: string | undefined;
  /** Steps since the last version, the newest last. */
  steps: string[];
}

/** The card of an open graph. */
export function tabOf(graph: OpenGraph, document: GraphDocument): GraphTab {
  return {
    id: graph.id,
    // A title from a file may be as long as the file.
    title: (document.title ?? '').slice(0, 200),
    isChanged: isChanged(graph, document),
    isElsewhere: graph.isElsewhere,
  };
}

/** Whether a graph differs from the file it came from, the view aside. */
export function isChanged({ clean }: OpenGraph, document: GraphDocument): boolean {
  if (clean === document) return false;
  if (clean === undefined)
    return Object.keys(document.nodes).length > 0 || document.title !== undefined;
  const [a, b] = [clean.layout, document.layout];
  return (
    clean.nodes !== document.nodes ||
    clean.title !== document.title ||
    !isSameInside(clean.subgraphs, document.subgraphs) ||
    a.nodes !== b.nodes ||
    a.groups !== b.groups
  );
}

type Subgraphs = GraphDocument['subgraphs'];

/** Whether two tables hold the same definitions; looking inside one changes nothing but its view. */
function isSameInside(before: Subgraphs = {}, after: Subgraphs = {}): boolean {
  if (before === after) return true;
  const keys = Object.keys(after);
  return (
    keys.length === Object.keys(before).length &&
    keys.every((key) => {
      const [a, b] = [own(before, key), own(after, key)];
      return a === b || (a && b && contentOf(a) === contentOf(b));
    })
  );
}

function contentOf({ title, nodes, inputs, outputs, layout }: Subgraph): string {
  const places = Object.keys(nodes).map((id) => own(layout.nodes, id));
  return JSON.stringify([title, nodes, inputs, outputs, places, layout.groups]);
}

/** Whether nothing was ever done with a graph and nothing is in it. */
export function isBlank({ history }: ParkedSession): boolean {
  const { present, past, future } = history;
  return Object.keys(present.nodes).length === 0 && past.length + future.length === 0;
}

/** The list with one entry at another place. */
export function movedTo<Entry>(list: readonly Entry[], from: number, to: number): readonly Entry[] {
  const entry = list[from];
  if (entry === undefined || from === to) return list;
  const rest = list.filter((_, index) => index !== from);
  const place = Math.max(0, Math.min(rest.length, to));
  return [...rest.slice(0, place), entry, ...rest.slice(place)];
}
