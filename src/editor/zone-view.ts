import type { Zone } from '../core/graph/zones.js';
import { texts } from '../texts/texts.js';
import type { EditorContext } from './editor-context.js';
import { boundsOfAll, type NodeView } from './node-view.js';
import type { PassPicture, ZoneRunView } from './run-view.js';

/** A rectangle in graph coordinates. */
export type Area = readonly [x: number, y: number, width: number, height: number];

const margin = 28;
const header = 40;
const stripHeight = 84;
const frame = { width: 64, gap: 6 };

/** Where a zone's tinted area lies: around its start, end and body, with a header on top. */
export function zoneArea(
  zone: Zone,
  views: ReadonlyMap<string, NodeView>,
  hasStrip = false,
): Area | undefined {
  const inside = [zone.start, zone.end, ...zone.body, ...zone.side].flatMap((id) => {
    const view = views.get(id);
    return view ? [view] : [];
  });
  const bounds = boundsOfAll(inside);
  if (!bounds) return undefined;
  const [x, y, width, height] = bounds;
  const footer = hasStrip ? stripHeight : 0;
  return [
    x - margin,
    y - margin - header,
    width + margin * 2,
    height + margin * 2 + header + footer,
  ];
}

/** The zones of the scene where they are drawn now, outer ones first. */
export function zoneAreas(
  context: EditorContext,
): readonly { readonly zone: Zone; readonly area: Area }[] {
  return context.scene.wiring.zones.zones.flatMap((zone) => {
    const area = zoneArea(zone, context.scene.views, context.options.showsFilmstrip);
    return area ? [{ zone, area }] : [];
  });
}

/** The part of a zone's area that holds its title and scrubber. */
export function zoneHeader([x, y, width]: Area): Area {
  return [x, y, width, header];
}

/** The scrubber's track, or undefined while the number of passes is not known. */
export function scrubberTrack(area: Area, run: ZoneRunView | undefined): Area | undefined {
  if (!run?.passes || run.finished === 0) return undefined;
  const [x, y, width] = area;
  const left = x + Math.min(330, width * 0.5);
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

/** The pass whose pictures a zone shows. */
export function shownPass(run: ZoneRunView): number {
  return run.shown ?? (run.passes?.[0] ?? 0) + Math.max(0, run.finished - 1);
}

/** What the header says about the zone's passes: which one is seen, its timestep, and what was kept. */
export function zoneCaption(run: ZoneRunView | undefined): string {
  const words = texts().canvas.zone;
  if (!run?.passes) return words.eachStep;
  const [first, end] = run.passes;
  const count = end - first;
  if (run.finished === 0) return words.passes(count);
  const pass = shownPass(run);
  const parts = [words.pass(pass - first + 1, count)];
  const t = run.timesteps?.[pass - first];
  if (t !== undefined) parts.push(words.timestep(t));
  if (run.resumed) parts.push(words.resumed(run.resumed.at - first + 1, run.resumed.saved));
  return parts.join(' · ');
}

/** A frame of a filmstrip and where it lies. */
export interface StripFrame extends PassPicture {
  readonly box: Area;
}

/** The frames of a zone's filmstrip that fit side by side, spread evenly over its passes, the last one included. */
export function stripFrames(area: Area, pictures: readonly PassPicture[]): readonly StripFrame[] {
  const [x, y, width, height] = area;
  const room = Math.max(
    1,
    Math.floor((width - margin * 2 + frame.gap) / (frame.width + frame.gap)),
  );
  const count = Math.min(room, pictures.length);
  const frames: StripFrame[] = [];
  for (let i = 0; i < count; i++) {
    const at =
      count > 1 ? Math.round((i * (pictures.length - 1)) / (count - 1)) : pictures.length - 1;
    const picture = pictures[at];
    if (!picture) continue;
    const left = x + margin + i * (frame.width + frame.gap);
    frames.push({
      ...picture,
      box: [left, y + height - stripHeight - 4, frame.width, frame.width],
    });
  }
  return frames;
}
