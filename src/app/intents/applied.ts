import type { EditResult } from '../../core/graph/link-edits.js';
import type { GraphDocument, NodeId } from '../../core/graph/types.js';

/** A document after an edit, and the nodes that the edit made. */
export interface Applied {
  readonly document: GraphDocument;
  /** What the step is called in the history. */
  readonly name: string;
  readonly added: readonly NodeId[];
  /** Why nothing happened, for the user. */
  readonly refused?: string;
}

/** An edit that cannot be refused. */
export function applied(
  name: string,
  document: GraphDocument,
  added: readonly NodeId[] = [],
): Applied {
  return { name, document, added };
}

/** An edit that may have been refused; `before` is then what stays. */
export function appliedOrRefused(
  name: string,
  before: GraphDocument,
  result: EditResult,
  added: readonly NodeId[] = [],
): Applied {
  return result.document
    ? { name, document: result.document, added }
    : { name, document: before, added: [], refused: result.refused };
}
