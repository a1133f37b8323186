/** Colours and letters of the timeline, read from the theme. */
export interface TimelineColors {
  /** The family of its letters. */
  readonly font: string;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly field: string;
  readonly accent: string;
  readonly appearance: string;
  readonly structure: string;
  readonly c: string;
  readonly d: string;
  readonly e: string;
  readonly f: string;
  readonly ink: string;
  readonly computed: string;
  readonly stale: string;
}

/** The theme's colours at an element; `known` itself as long as they are the same. */
export function timelineColors(element: Element, known?: TimelineColors): TimelineColors {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const colors = {
    font: style.fontFamily,
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
  return JSON.stringify(colors) === JSON.stringify(known) && known ? known : colors;
}
