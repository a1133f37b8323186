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

const painted: Readonly<Record<string, CellValue>> = {
  '1': 'own',
  '2': 'appearance',
  '3': 'structure',
};

/** The edit that a key asks for at the cursor. */
export function keyEdit(
  lane: TimelineLane,
  { anchor, pass }: Place,
  key: string,
  isFine: boolean,
  brush: CellValue,
): LaneEdit | undefined {
  const { name, text: base } = lane;
  const isDelete = key === 'Delete' || key === 'Backspace';
  if (lane.kind === 'number') {
    if (isDelete) return { kind: 'unpoint', lane: name, base, from: anchor, to: pass };
    return numberEdit(lane, pass, key, isFine);
  }
  const paint = (value: CellValue): LaneEdit => ({
    kind: 'paint',
    lane: name,
    base,
    from: anchor,
    to: pass,
    every: 1,
    value,
  });
  const isSwitch = lane.kind === 'switch';
  if (isDelete) return paint(isSwitch ? false : 'own');
  if (key === ' ' || key === 'Enter') return paint(isSwitch ? lane.cells[pass] !== true : brush);
  const value = painted[key];
  if (value === undefined) return undefined;
  return paint(isSwitch ? value !== 'own' : value);
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
  const value = Math.min(10, Math.max(0, Math.round((start + sign * grain) * 100) / 100));
  return { kind: 'point', lane: name, base, index, pass, value };
}
