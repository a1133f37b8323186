import type { SketchView } from './sketch.js';

/** A version of a graph as the list shows it. */
export interface ListedVersion {
  readonly id: string;
  /** When it was stored, in words. */
  readonly time: string;
  /** The step that led to it. */
  readonly step: string;
  readonly nodeCount: number;
  readonly isKept: boolean;
  readonly sketch: SketchView;
  /** The address of a small picture of what a run of it gave; empty for none. */
  readonly picture: string;
}

/** What a user wants of a version. */
export interface VersionWish {
  readonly kind: 'show' | 'restore' | 'keep' | 'download';
  readonly id: string;
}
