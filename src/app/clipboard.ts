import { copyFragment, pasteFragment } from '../core/graph/fragment.js';
import { parseDocument } from '../core/graph/parse.js';
import { serializeDocument } from '../core/graph/serialize.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { Point } from '../editor/intents.js';

/** Nodes as text for the clipboard. */
export function nodesToText(document: GraphDocument, ids: readonly NodeId[]): string {
  return serializeDocument(copyFragment(document, ids));
}

/** Whether a text on the clipboard may hold nodes. */
export function looksLikeNodes(text: string): boolean {
  return text.slice(0, 4000).includes('"crossweave-graph"');
}

/**
 * Puts nodes from a text into a document, the middle of them at `at`.
 * @throws AppError `document/*` when the text holds none.
 */
export function pasteText(
  document: GraphDocument,
  text: string,
  at: Point,
  keepLinks: boolean,
): { readonly document: GraphDocument; readonly ids: readonly NodeId[] } {
  const fragment = parseDocument(text);
  const places = Object.values(fragment.layout.nodes).map(({ pos }) => pos);
  const middle = (axis: 0 | 1): number => {
    const values = places.map((pos) => pos[axis]);
    return values.length === 0 ? 0 : (Math.min(...values) + Math.max(...values)) / 2;
  };
  const offset = [Math.round(at[0] - middle(0)), Math.round(at[1] - middle(1))] as const;
  const pasted = pasteFragment(document, fragment, { offset, keepLinks });
  return { document: pasted.document, ids: [...pasted.ids.values()] };
}
