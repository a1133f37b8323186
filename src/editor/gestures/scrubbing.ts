import type { NodeId } from '../../core/graph/types.js';
import type { EditorContext } from '../editor-context.js';
import { passAt, type Area } from '../zone-view.js';
import type { Gesture, Pointer } from './gesture.js';

/** Drags a zone's scrubber: the pass under the pointer is shown at once. */
export function beginScrubbing(
  context: EditorContext,
  start: Pointer,
  startId: NodeId,
  track: Area,
): Gesture {
  const scrub = ({ graph }: Pointer): void => {
    const run = context.run.zone(startId);
    if (run) context.host.scrub(startId, passAt(track, graph[0], run));
  };
  scrub(start);
  return { move: scrub, end: scrub, cancel: () => undefined };
}
