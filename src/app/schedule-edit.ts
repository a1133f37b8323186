import type { LaneReading } from '../diffusion/lane-reader.js';
import { keyValueSources } from '../diffusion/derived-lanes.js';
import { moveRange, paintLane, removePoints, setJoin, setPoint } from '../diffusion/lane-edits.js';
import type { LaneEntry } from '../diffusion/schedule-lanes.js';
import {
  parseNumbers,
  parseSources,
  parseSwitch,
  printNumbers,
  printSources,
  printSwitch,
} from '../diffusion/schedule-notation.js';
import type { LaneEdit } from '../ui/timeline-model.js';

/**
 * The text of a lane after an edit of an axis of `total` passes; undefined when the lane's text cannot be read, which
 * only a new text mends.
 */
export function editedLane(edit: LaneEdit, total: number): string | undefined {
  if (edit.kind === 'text') return edit.text;
  if (edit.lane === 'contrast' || edit.lane === 'guidance') return editedCurve(edit);
  return edit.lane === 'adain'
    ? editedEntries(edit, total, parseSwitch(edit.base), printSwitch, [false, true], false)
    : editedEntries(edit, total, parseSources(edit.base), printSources, keyValueSources, 'own');
}

function editedCurve(edit: Exclude<LaneEdit, { kind: 'text' }>): string | undefined {
  const reading = parseNumbers(edit.base);
  if (!('lane' in reading)) return undefined;
  const { lane } = reading;
  switch (edit.kind) {
    case 'point':
      return printNumbers(setPoint(lane, edit.index, edit.pass, edit.value));
    case 'join':
      return printNumbers(setJoin(lane, edit.index, edit.join));
    case 'unpoint':
      return printNumbers(removePoints(lane, edit.from, edit.to));
    default:
      return undefined;
  }
}

function editedEntries<Value>(
  edit: Exclude<LaneEdit, { kind: 'text' }>,
  total: number,
  reading: LaneReading<readonly LaneEntry<Value>[]>,
  print: (lane: readonly LaneEntry<Value>[]) => string,
  values: readonly Value[],
  otherwise: Value,
): string | undefined {
  if (!('lane' in reading)) return undefined;
  if (edit.kind === 'range') {
    return print(moveRange(reading.lane, edit.entry, edit.range, edit));
  }
  const value = edit.kind === 'paint' ? values.find((known) => known === edit.value) : undefined;
  if (edit.kind !== 'paint' || value === undefined) return undefined;
  const stroke = { from: edit.from, to: edit.to, every: edit.every, value };
  return print(paintLane(reading.lane, total, stroke, values, otherwise));
}
