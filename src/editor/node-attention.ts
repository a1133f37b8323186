import type { WidgetValue } from '../core/graph/types.js';

/** What of a node the pointer and the keyboard are at. */
export interface NodeAttention {
  readonly isSelected: boolean;
  readonly hoveredRow: string | undefined;
  /** A wipe's place across the node's pictures, 0..1. */
  readonly wipe: number | undefined;
  /** Values that a drag shows before the document has them. */
  readonly draftOf: (name: string) => WidgetValue | undefined;
  readonly editedRow: string | undefined;
  /** Type of the link that is being dragged and could end on this side. */
  readonly wanted:
    | {
        readonly side: 'input' | 'output';
        /** The socket that it would snap to. */
        readonly target: string | undefined;
        readonly fits: (name: string) => boolean;
      }
    | undefined;
}
