import type { Zone } from '../core/graph/zones.js';
import type { PassPicture } from '../editor/run-view.js';
import type { BitmapCache } from './bitmaps.js';
import type { NodeRecordOfRun, RunRecord } from './run-record.js';

/**
 * One small picture for each pass of a zone that showed one, in order: of the node inside that showed the most
 * passes. What a cancelled run left counts too. Pictures whose bitmap is still being made are missing.
 */
export function stripOf(
  record: RunRecord,
  zone: Zone,
  bitmaps: BitmapCache,
): readonly PassPicture[] {
  let most: NodeRecordOfRun | undefined;
  for (const id of [...zone.body, ...zone.side]) {
    const node = record.nodes.get(id);
    if (node && node.pictures.size > (most?.pictures.size ?? 0)) most = node;
  }
  return [...(most?.pictures ?? [])]
    .filter(([pass]) => pass >= 0)
    .sort(([a], [b]) => a - b)
    .flatMap(([pass, [shown]]) => {
      const bitmap = shown && bitmaps.of(shown.picture);
      return bitmap && bitmap.width > 0 ? [{ pass, bitmap }] : [];
    });
}
