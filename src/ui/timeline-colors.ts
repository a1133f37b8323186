import type { TimelineColors } from './draw-timeline.js';

/** The theme's colours at an element. */
export function timelineColors(element: Element): TimelineColors {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: color('--cw-text'),
    dim: color('--cw-text-dim'),
    line: color('--cw-line'),
    field: color('--cw-field'),
    accent: color('--cw-accent'),
    appearance: color('--cw-appearance'),
    structure: color('--cw-structure'),
    c: color('--cw-source-c'),
    d: color('--cw-source-d'),
    e: color('--cw-source-e'),
    f: color('--cw-source-f'),
    ink: color('--cw-lane-ink'),
    computed: color('--cw-done'),
    stale: color('--cw-warning'),
  };
}
