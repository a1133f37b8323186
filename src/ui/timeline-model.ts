import { texts } from '../texts/texts.js';

/** What a cell of a lane can hold: a source, a set of masks, or a number (undefined = off). */
export type CellValue = string | number | undefined;

/** A range of a lane's text that has ends to be dragged; those where a curve is off have the entry -1. */
export interface TimelineRange {
  readonly entry: number;
  readonly range: number;
  readonly first: number;
  readonly last: number;
  readonly every: number;
}

/** A point of a curve. */
export interface TimelinePoint {
  readonly pass: number;
  readonly value: number;
  readonly join: 'step' | 'lin' | 'smooth';
}

/** One lane of the timeline. */
export interface TimelineLane {
  readonly name: string;
  readonly label: string;
  readonly kind: 'source' | 'number' | 'mask';
  /** One value a pass. */
  readonly cells: readonly CellValue[];
  readonly ranges: readonly TimelineRange[];
  readonly points: readonly TimelinePoint[];
  /** The highest number that a cell can hold. */
  readonly max: number;
  /** The exact text: the document's, or what the node's other widgets say when the document has none. */
  readonly text: string;
  /** Whether the document has no text of the lane. */
  readonly isDerived: boolean;
  /** Whether it is the lane of a single layer, which can be taken away. */
  readonly isLayer: boolean;
  /** Whether it names passes that the axis does not have. */
  readonly isClipped: boolean;
  /** Why the text cannot be read, from which character on. */
  readonly mistake: { readonly at: number; readonly reason: string } | undefined;
  /** Such as passes that the axis does not have, or a source that is not connected. */
  readonly notes: readonly string[];
}

/** The pictures that a cell can name. */
export type SourceName = 'appearance' | 'structure' | 'c' | 'd' | 'e' | 'f';

/** What the last run knows of a pass. */
export type PassState = 'none' | 'computed' | 'stale' | 'running';

/** A schedule as the timeline shows it. */
export interface TimelineView {
  readonly node: string;
  readonly schedules: readonly { readonly id: string; readonly title: string }[];
  /** Steps of the whole axis; the first `skip` of them are never reached. */
  readonly steps: number;
  readonly skip: number;
  /** Of every step, skipped ones included. */
  readonly timesteps: readonly number[];
  /** Share of noise, 0..1, of every step. */
  readonly noise: readonly number[];
  /** One a pass. */
  readonly passes: readonly PassState[];
  readonly lanes: readonly TimelineLane[];
  /** What cells can be painted with besides the result's own; those that are not shown have nothing connected. */
  readonly sources: readonly { readonly value: SourceName; readonly isShown: boolean }[];
  /** Layers that can be given a lane. */
  readonly freeLayers: readonly string[];
  readonly presets: readonly string[];
  /** Which of the two kept schedules is shown. */
  readonly side: 'A' | 'B';
}

/** What a gesture asks of a lane; `base` is its text when the gesture began. */
export type LaneEdit =
  | {
      readonly kind: 'paint';
      readonly lane: string;
      readonly base: string;
      readonly from: number;
      readonly to: number;
      readonly every: number;
      readonly value: CellValue;
    }
  | ({ readonly kind: 'range'; readonly lane: string; readonly base: string } & TimelineRange)
  | {
      readonly kind: 'point';
      readonly lane: string;
      readonly base: string;
      /** The point that moves; a new one when undefined. */
      readonly index: number | undefined;
      readonly pass: number;
      readonly value: number;
    }
  | {
      readonly kind: 'join';
      readonly lane: string;
      readonly base: string;
      readonly index: number;
      readonly join: TimelinePoint['join'];
    }
  | {
      readonly kind: 'unpoint';
      readonly lane: string;
      readonly base: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'draw';
      readonly lane: string;
      readonly base: string;
      readonly samples: readonly { readonly pass: number; readonly value: number }[];
    }
  | {
      readonly kind: 'off';
      readonly lane: string;
      readonly base: string;
      readonly from: number;
      readonly to: number;
      readonly isOff: boolean;
    }
  | {
      readonly kind: 'shift';
      readonly lane: string;
      readonly base: string;
      readonly from: number;
      readonly to: number;
      readonly by: number;
    }
  | {
      readonly kind: 'stretch';
      readonly lane: string;
      readonly base: string;
      readonly from: number;
      readonly to: number;
      readonly newTo: number;
    }
  | { readonly kind: 'text'; readonly lane: string; readonly text: string };

/** An edit with the node it concerns; those of one gesture are one step of undo. */
export interface TimelineEdit {
  readonly node: string;
  readonly gesture: string;
  readonly edit: LaneEdit;
}

/** The highest value of a curve. */
export function topOf(lane: TimelineLane): number {
  if (lane.max <= 1) return 1.1;
  let top = 2;
  for (const { value } of lane.points) top = Math.max(top, value);
  return Math.min(10, Math.ceil(top * 1.15 * 2) / 2);
}

/** What a lane of one layer, or of a lane's masks, is called: `full.0`, `half.mask`, `full.0.mask`. */
export function laneTitle(name: string): string {
  const t = texts().timeline;
  const [scale, ...parts] = name.split('.');
  const of = scale === 'full' ? 'full' : 'half';
  const number = parts.find((part) => part !== 'mask');
  const lane = number === undefined ? t.scale(of) : t.layer(of, Number(number));
  return parts.includes('mask') ? t.masksOf(lane) : lane;
}

/** What a cell holds, in words. */
export function cellWords(value: CellValue): string {
  if (value === undefined) return texts().timeline.off;
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : value;
}

/** A column in words, for the pointer and for screen readers. */
export function columnWords(view: TimelineView, pass: number, lane: TimelineLane): string {
  const step = pass + view.skip;
  const t = view.timesteps[step];
  const noise = view.noise[step];
  const { timeline } = texts();
  const axis = timeline.noise(String(t ?? '?'), noise === undefined ? '' : noise.toFixed(3));
  if (pass < 0) return `${timeline.skippedStep(step)} · ${axis}`;
  const state = view.passes[pass] ?? 'none';
  const ran = state === 'none' ? '' : ` · ${timeline.states[state]}`;
  return `${timeline.cell(pass, lane.label, cellWords(lane.cells[pass]))} · ${axis}${ran}`;
}

/**
 * What the picture of the last run is, in words: an estimate while passes are missing, stale from a pass on when the
 * schedule has changed since, or final; empty before anything ran. With `grain`, passes of estimates go in so many parts of
 * the axis: what is said aloud must not be said at every pass.
 */
export function resultWords({ passes }: TimelineView, grain?: number): string {
  const { result } = texts().timeline;
  const total = passes.length;
  const stale = passes.indexOf('stale');
  const running = passes.indexOf('running');
  const reached = running >= 0 ? running + 1 : passes.lastIndexOf('computed') + 1;
  if (running < 0 && stale >= 0) return result.stale(stale);
  if (reached === 0) return '';
  if (running < 0 && reached === total) return result.final;
  const part = grain === undefined ? 1 : Math.max(1, Math.ceil(total / grain));
  return result.estimate(Math.min(total, Math.ceil(reached / part) * part), total);
}

/** The range of a lane's text that decides the cell of a pass: the last that names it. */
export function rangeAt(lane: TimelineLane, pass: number): TimelineRange | undefined {
  return lane.ranges.findLast(
    ({ first, last, every }) => pass >= first && pass <= last && (pass - first) % every === 0,
  );
}
