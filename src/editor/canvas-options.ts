import type { LinkShape } from './link-path.js';

/** What the user chose about the canvas. */
export interface CanvasOptions {
  readonly linkShape: LinkShape;
  /** Dragged things stop at multiples of the grid; Shift turns it the other way round. */
  readonly snapsToGrid: boolean;
  readonly showsMinimap: boolean;
  /** Time and bytes on nodes. */
  readonly showsTimes: boolean;
  /** Shape and type of values on links. */
  readonly showsLinkNotes: boolean;
  /** Pictures of all passes under zones. */
  readonly showsFilmstrip: boolean;
  /** Nothing can be moved or changed by pointer; drags move the view. */
  readonly isLocked: boolean;
}

/** What holds before the user chose anything. */
export const defaultCanvasOptions: CanvasOptions = {
  linkShape: 'curve',
  snapsToGrid: false,
  showsMinimap: false,
  showsTimes: true,
  showsLinkNotes: false,
  showsFilmstrip: false,
  isLocked: false,
};

/** Distance of the canvas' dots, in graph units. */
export const gridStep = 24;

/** A coordinate on the grid, or as it is. */
export function toGrid(value: number, snaps: boolean): number {
  return snaps ? Math.round(value / gridStep) * gridStep : Math.round(value);
}
