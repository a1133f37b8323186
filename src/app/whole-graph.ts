import { keyAt, subgraphAt } from '../core/graph/inner-document.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { AppState } from './app-state.js';

type Place = Pick<AppState, 'document' | 'root' | 'path'>;

/** The whole graph of the shown tab, whichever part of it is drawn: what is stored, run, exported and shared. */
export function wholeGraph({ document, root, path }: Place): GraphDocument {
  return path.length === 0 ? document : root;
}

/** One step of the way from the whole graph to the part that is drawn. */
export interface Crumb {
  /** Goes there when given to `session.goTo`. */
  readonly path: readonly NodeId[];
  /** The title of the graph or of the subgraph; empty for a graph without one. */
  readonly title: string;
}

/** The way from the whole graph to the part that is drawn, both ends included. */
export function crumbsOf(state: Place): readonly Crumb[] {
  const whole = wholeGraph(state);
  const inner = state.path.map((_, index) => {
    const path = state.path.slice(0, index + 1);
    return { path, title: subgraphAt(whole, path)?.title ?? '' };
  });
  return [{ path: [], title: whole.title ?? '' }, ...inner];
}

/** The longest beginning of a path that leads somewhere in a document. */
export function reachable(document: GraphDocument, path: readonly NodeId[]): readonly NodeId[] {
  let length = path.length;
  while (length > 0 && keyAt(document, path.slice(0, length)) === undefined) length -= 1;
  return length === path.length ? path : path.slice(0, length);
}
