import type { CellValue, LaneEdit, TimelineLane, TimelineView } from './timeline-model.js';

interface Place {
  readonly lane: number;
  readonly anchor: number;
  readonly pass: number;
}

/** Where a key moves the cursor; Shift lets the selection grow. Undefined for keys that do not move. */
export function moveCursor(
  view: TimelineView,
  place: Place,
  key: string,
  isExtending: boolean,
): Place | undefined {
  const last = view.steps - view.skip - 1;
  const to = (pass: number): Place => {
    const clamped = Math.min(last, Math.max(0, pass));
    return { ...place, pass: clamped, anchor: isExtending ? place.anchor : clamped };
  };
  const row = (step: number): Place => ({
    ...place,
    lane: Math.min(view.lanes.length - 1, Math.max(0, place.lane + step)),
  });
  switch (key) {
    case 'ArrowLeft':
      return to(place.pass - 1);
    case 'ArrowRight':
      return to(place.pass + 1);
    case 'PageUp':
      return to(place.pass - 10);
    case 'PageDown':
      return to(place.pass + 10);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'ArrowUp':
      return row(-1);
    case 'ArrowDown':
      return row(1);
    default:
      return undefined;
  }
}

/** What cells are painted with, in the order of their keys. */
export const painted = ['own', 'appearance', 'structure', 'c', 'd', 'e', 'f'] as const;

/** The edit that a key asks for at the cursor. */
export function keyEdit(
  lane: TimelineLane,
  { anchor, pass }: Place,
  key: string,
  isFine: boolean,
  brush: CellValue,
): LaneEdit | undefined {
  const { name, text: base } = lane;
  const [from, to] = [Math.min(anchor, pass), Math.max(anchor, pass)];
  const isDelete = key === 'Delete' || key === 'Backspace';
  if (lane.kind === 'number') {
    if (isDelete) return { kind: 'unpoint', lane: name, base, from, to };
    if (key === 'o') {
      const isOff = lane.cells[pass] !== undefined;
      return { kind: 'off', lane: name, base, from, to, isOff };
    }
    return numberEdit(lane, pass, key, isFine);
  }
  const paint = (value: CellValue): LaneEdit => ({
    kind: 'paint',
    lane: name,
    base,
    from,
    to,
    every: 1,
    value,
  });
  const isMask = lane.kind === 'mask';
  if (isDelete) return paint(isMask ? 'all' : 'own');
  if (key === ' ' || key === 'Enter') return paint(brush);
  const values: readonly string[] = isMask ? maskBrushes : painted;
  const value = /^[1-9]$/.test(key) ? values[Number(key) - 1] : undefined;
  return value === undefined ? undefined : paint(value);
}

/** The sets of masks that have a brush; others are typed. */
export const maskBrushes = ['all', 'none', 'app', 'struct', 'c', 'd', 'e', 'f'] as const;

/** Alt with an arrow: the selected passes move; with Shift as well, they are stretched or pressed together by one. */
export function shiftEdit(
  lane: TimelineLane,
  { anchor, pass }: Place,
  key: string,
  isStretch = false,
): (LaneEdit & { readonly kind: 'shift' | 'stretch' }) | undefined {
  const by = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  if (by === 0) return undefined;
  const [from, to] = [Math.min(anchor, pass), Math.max(anchor, pass)];
  const { name, text: base } = lane;
  if (!isStretch) return { kind: 'shift', lane: name, base, from, to, by };
  return { kind: 'stretch', lane: name, base, from, to, newTo: Math.max(from, to + by) };
}

/** Plus and minus: the point of the pass goes up or down; where there is none, one is made. */
function numberEdit(
  lane: TimelineLane,
  pass: number,
  key: string,
  isFine: boolean,
): LaneEdit | undefined {
  const { name, text: base } = lane;
  const at = lane.points.findIndex((point) => point.pass === pass);
  const index = at < 0 ? undefined : at;
  const joins = { s: 'step', l: 'lin', m: 'smooth' } as const;
  if (index !== undefined && (key === 's' || key === 'l' || key === 'm')) {
    return { kind: 'join', lane: name, base, index, join: joins[key] };
  }
  const sign = key === '+' || key === '=' ? 1 : key === '-' || key === '_' ? -1 : 0;
  if (sign === 0) return undefined;
  const cell = lane.cells[pass];
  // Shift makes the plus on many keyboards: the underscore alone tells the fine step down.
  const grain = isFine && key === '_' ? 0.01 : 0.05;
  const start = typeof cell === 'number' ? cell : 1;
  const value = Math.min(lane.max, Math.max(0, Math.round((start + sign * grain) * 100) / 100));
  return { kind: 'point', lane: name, base, index, pass, value };
}
