import type { SketchView } from './sketch.js';

/** A stored graph as the shelf shows it. */
export interface ShelvedGraph {
  readonly id: string;
  readonly title: string;
  readonly nodeCount: number;
  /** When it was last stored, in words. */
  readonly time: string;
  readonly isOpen: boolean;
  readonly sketch: SketchView;
}

/** What a user wants of a stored graph. */
export type GraphWish =
  | { readonly kind: 'open'; readonly id: string }
  /** Everything that is stored into one file, and back. */
  | { readonly kind: 'save-everything' }
  | { readonly kind: 'bring-back-everything' }
  | { readonly kind: 'duplicate'; readonly id: string }
  | { readonly kind: 'delete'; readonly id: string }
  | { readonly kind: 'rename'; readonly id: string; readonly title: string };
