import type { Zone } from '../core/graph/zones.js';
import { boundsOfAll, type NodeView } from './node-view.js';
import type { ZoneRunView } from './run-view.js';

/** A rectangle in graph coordinates. */
export type Area = readonly [x: number, y: number, width: number, height: number];

const margin = 28;
const header = 40;

/** Where a zone's tinted area lies: around its start, end and body, with a header on top. */
export function zoneArea(zone: Zone, views: ReadonlyMap<string, NodeView>): Area | undefined {
  const inside = [zone.start, zone.end, ...zone.body, ...zone.side].flatMap((id) => {
    const view = views.get(id);
    return view ? [view] : [];
  });
  const bounds = boundsOfAll(inside);
  if (!bounds) return undefined;
  const [x, y, width, height] = bounds;
  return [x - margin, y - margin - header, width + margin * 2, height + margin * 2 + header];
}

/** The part of a zone's area that holds its title and scrubber. */
export function zoneHeader([x, y, width]: Area): Area {
  return [x, y, width, header];
}

/** The scrubber's track, or undefined while the number of passes is not known. */
export function scrubberTrack(area: Area, run: ZoneRunView | undefined): Area | undefined {
  if (!run?.passes || run.finished === 0) return undefined;
  const [x, y, width] = area;
  const left = x + Math.min(300, width * 0.5);
  return [left, y + header / 2 - 3, Math.max(40, x + width - 24 - left), 6];
}

/** The pass that a point on the scrubber's track stands for; only finished passes can be chosen. */
export function passAt(track: Area, x: number, run: ZoneRunView): number {
  const [first, end] = run.passes ?? [0, 1];
  const share = Math.min(1, Math.max(0, (x - track[0]) / track[2]));
  const pass = first + Math.round(share * (end - 1 - first));
  return Math.min(pass, first + Math.max(0, run.finished - 1));
}

/** Where on the track a pass lies. */
export function trackX(track: Area, pass: number, run: ZoneRunView): number {
  const [first, end] = run.passes ?? [0, 1];
  return track[0] + (end - 1 > first ? (pass - first) / (end - 1 - first) : 1) * track[2];
}

/** What the header says about the zone's passes. */
export function zoneCaption(run: ZoneRunView | undefined): string {
  if (!run?.passes) return 'one pass a step';
  const [first, end] = run.passes;
  const count = end - first;
  if (run.finished === 0) return `${String(count)} passes`;
  const shown = run.shown ?? first + run.finished - 1;
  return `pass ${String(shown - first + 1)} of ${String(count)}`;
}
