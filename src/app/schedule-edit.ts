import {
  curveOfSwitch,
  drawCurve,
  removePoints,
  setJoin,
  setOff,
  setPoint,
  shiftPoints,
  stretchPoints,
} from '../diffusion/curve-edits.js';
import {
  moveRange,
  paintLane,
  placeRange,
  shiftCells,
  stretchCells,
} from '../diffusion/lane-edits.js';
import { isMaskName } from '../diffusion/layer-lanes.js';
import type { LaneReading } from '../diffusion/lane-reader.js';
import type { LaneEntry, NumberLane } from '../diffusion/schedule-lanes.js';
import {
  parseAdain,
  parseMasks,
  parseNumbers,
  parseSources,
  printMasks,
  printNumbers,
  printSources,
} from '../diffusion/schedule-notation.js';
import { keyValueSources } from '../diffusion/schedule-sources.js';
import type { LaneEdit } from '../ui/timeline-model.js';

type Change = Exclude<LaneEdit, { kind: 'text' }>;

/**
 * The text of a lane after an edit of an axis of `total` passes; undefined when the lane's text cannot be read, which
 * only a new text mends.
 */
export function editedLane(edit: LaneEdit, total: number): string | undefined {
  if (edit.kind === 'text') return edit.text;
  if (edit.lane === 'contrast' || edit.lane === 'guidance' || edit.lane === 'adain') {
    const lane = curveOf(edit);
    const edited = lane && editedCurve(lane, edit, total);
    return edited && printNumbers(edited);
  }
  if (edit.lane === 'mask' || isMaskName(edit.lane)) {
    const value = edit.kind === 'paint' ? edit.value : undefined;
    const reading = parseMasks(edit.base);
    const sets = 'lane' in reading ? reading.lane.map((entry) => entry.value) : [];
    const known = new Set(['all', 'none', ...sets, ...(typeof value === 'string' ? [value] : [])]);
    return editedEntries(edit, total, reading, printMasks, [...known], 'all');
  }
  return editedEntries(edit, total, parseSources(edit.base), printSources, keyValueSources, 'own');
}

function curveOf({ lane: name, base }: Change): NumberLane | undefined {
  const reading = name === 'adain' ? parseAdain(base) : parseNumbers(base);
  if (!('lane' in reading)) return undefined;
  return 'points' in reading.lane ? reading.lane : curveOfSwitch(reading.lane);
}

function editedCurve(lane: NumberLane, edit: Change, total: number): NumberLane | undefined {
  const top = edit.lane === 'adain' ? 1 : 10;
  switch (edit.kind) {
    case 'point':
      return setPoint(lane, edit.index, edit.pass, Math.min(top, edit.value));
    case 'join':
      return setJoin(lane, edit.index, edit.join);
    case 'unpoint':
      return removePoints(lane, edit.from, edit.to);
    case 'off':
      return setOff(lane, total, edit.from, edit.to, edit.isOff);
    case 'draw':
      return drawCurve(
        lane,
        edit.samples.map(({ pass, value }) => ({ pass, value: Math.min(top, value) })),
      );
    case 'range':
      return { ...lane, off: placeRange(lane.off, edit.range, edit.first, edit.last, edit.every) };
    case 'shift':
      return shiftPoints(lane, total, edit.from, edit.to, edit.by);
    case 'stretch':
      return stretchPoints(lane, edit.from, edit.to, Math.min(total - 1, edit.newTo));
    default:
      return undefined;
  }
}

function editedEntries<Value>(
  edit: Change,
  total: number,
  reading: LaneReading<readonly LaneEntry<Value>[]>,
  print: (lane: readonly LaneEntry<Value>[]) => string,
  values: readonly Value[],
  otherwise: Value,
): string | undefined {
  if (!('lane' in reading)) return undefined;
  const { lane } = reading;
  const cells = { lane, total, values, otherwise };
  switch (edit.kind) {
    case 'range':
      return print(moveRange(lane, edit.entry, edit.range, edit));
    case 'shift':
      return print(shiftCells(cells, edit.from, edit.to, edit.by));
    case 'stretch':
      return print(stretchCells(cells, edit.from, edit.to, edit.newTo));
    case 'paint': {
      const value = values.find((known) => known === edit.value);
      if (value === undefined) return undefined;
      const { from, to, every } = edit;
      return print(paintLane(lane, total, { from, to, every, value }, values, otherwise));
    }
    default:
      return undefined;
  }
}
