import { expect } from '@open-wc/testing';
import node from '../../nodes/denoise/injection-schedule.js';
import { initialState } from '../../src/app/app-state.js';
import { timelineView } from '../../src/app/timeline-view.js';
import { addNode, emptyDocument } from '../../src/core/graph/edits.js';
import { createRegistry } from '../../src/core/node/registry.js';
import { idleRunView } from '../../src/editor/run-view.js';
import { drawTimeline } from '../../src/ui/draw-timeline.js';
import { timelineColors, type TimelineColors } from '../../src/ui/timeline-colors.js';
import { layoutTimeline } from '../../src/ui/timeline-layout.js';
import type { DrawnTimeline } from '../../src/ui/timeline-memory.js';
import type { PassState, TimelineView } from '../../src/ui/timeline-model.js';

const registry = createRegistry<never>([node]);

function viewOf(inputs: Readonly<Record<string, string | number>>): TimelineView {
  const { document } = addNode(emptyDocument(), node, { pos: [0, 0], inputs });
  const view = timelineView(
    { ...initialState(), document },
    { registry, runs: { view: idleRunView } },
  );
  if (!view) throw new Error('no schedule is shown');
  return view;
}

function pen(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 400];
  const made = canvas.getContext('2d', { willReadFrequently: true });
  if (!made) throw new Error('no pen');
  return made;
}

describe('the drawing of the timeline', () => {
  it('shows after every edit what a canvas shows that is drawn wholly anew', () => {
    const names = Object.keys(timelineColors(document.body));
    const shades = names.map((name, i) => [name, `rgb(${String(40 + 12 * i)} 90 120)`]);
    const colors = { ...(Object.fromEntries(shades) as unknown as TimelineColors), font: 'serif' };
    const lane = 'app 11..67; struct 11..36/5';
    const ran = (stale: number): PassState[] =>
      Array.from({ length: 68 }, (_unused, pass) => (pass < stale ? 'computed' : 'stale'));
    const steps: (readonly [Parameters<typeof viewOf>[0], PassState[], number, number])[] = [
      [{}, [], 0, 0],
      [{ full_lane: lane }, [], 0, 30],
      [{ full_lane: `${lane}; struct 50..53` }, ran(50), 0, 53],
      [{ full_lane: `${lane}; struct 50..53`, guidance_lane: '1@0 lin 3@40' }, ran(0), 3, 40],
      [{ full_lane: 'app 11..; strct 9', guidance_lane: '2@0 lin 3@40' }, ran(9), 4, 2],
      [{ full_lane: lane, mask_lane: 'none; app 20..90' }, [], 5, 20],
      [{ full_lane: lane, layer_lanes: 'half.1: app 3..9' }, [], 5, 20],
      [{ full_lane: lane, steps: 50 }, [], 1, 3],
    ];
    const kept = pen();
    let last: DrawnTimeline | undefined;
    for (const [inputs, passes, row, to] of steps) {
      const view = { ...viewOf(inputs), passes };
      const cursor = { lane: row, from: to, to: to + 2, isFocused: row > 2 };
      const next = { view, layout: layoutTimeline(view, 640), colors, cursor };
      drawTimeline(kept, next, last);
      last = next;
      const fresh = pen();
      drawTimeline(fresh, next);
      const [a, b] = [kept, fresh].map((one) => one.getImageData(0, 0, 640, 400).data);
      expect(a?.every((value, i) => value === b?.[i])).to.equal(true, JSON.stringify(inputs));
      expect(a?.some((value) => value > 0)).to.equal(true);
    }
  });
});
