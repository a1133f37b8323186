import type { LaneMistake, LaneReading } from './lane-reader.js';
import type { MaskLane, SourceLane } from './schedule-lanes.js';
import { parseMasks, parseSources } from './schedule-notation.js';

/** One line of the layers' text: whose lane it is, what it says, and where that begins in the whole text. */
export interface LayerLine {
  /** Such as `half.0`, or `half.mask` and `half.0.mask` for the masks of a lane. */
  readonly name: string;
  readonly text: string;
  /** The character of the whole text at which `text` begins. */
  readonly at: number;
}

const maskEnding = '.mask';
const head = /^\s*(half|full)(?:\.(\d{1,3}))?(\.mask)?\s*:\s*/i;

/** The name that a line begins with; undefined when it begins with none. */
function nameOf(line: string): string | undefined {
  const [, scale, number, mask] = head.exec(line) ?? [];
  if (scale === undefined || (number === undefined && mask === undefined)) return undefined;
  const layer = number === undefined ? '' : `.${String(Number(number))}`;
  const lane = `${scale.toLowerCase()}${layer}`;
  return mask === undefined ? lane : maskName(lane);
}

/** Whether a name of the layers' text is that of a lane's masks: `half.mask`, `full.0.mask`. */
export function isMaskName(name: string): boolean {
  return name.endsWith(maskEnding);
}

/** The name that the masks of a lane have: `half.0.mask` of `half.0`. */
export function maskName(lane: string): string {
  return `${lane}${maskEnding}`;
}

/** The lane whose masks have a name. */
export function laneOfMasks(name: string): string {
  return name.slice(0, -maskEnding.length);
}

/** The lines of the layers' text, `half.0: app 11..67` one a line, in order; empty lines are left out. */
export function layerLines(whole: string): LaneReading<readonly LayerLine[]> {
  const lines: LayerLine[] = [];
  let at = 0;
  for (const line of whole.split('\n')) {
    const name = nameOf(line);
    if (name !== undefined) {
      const start = head.exec(line)?.[0].length ?? 0;
      if (lines.some((other) => other.name === name)) return { mistake: twice(name, at) };
      lines.push({ name, text: line.slice(start).trimEnd(), at: at + start });
    } else if (line.trim() !== '') {
      const reason = 'a layer and a colon are missing, such as “half.0:” or “full.mask:”';
      return { mistake: { at: at + line.search(/\S/), reason } };
    }
    at += line.length + 1;
  }
  return { lane: lines };
}

function twice(name: string, at: number): LaneMistake {
  return { at, reason: `${name} has a lane already` };
}

/** The lane of every layer that has one, and the masks of every lane that has some of its own, by name. */
export function parseLayerLanes(
  whole: string,
): LaneReading<Readonly<Record<string, SourceLane | MaskLane>>> {
  const reading = layerLines(whole);
  if ('mistake' in reading) return reading;
  const lanes: Record<string, SourceLane | MaskLane> = {};
  for (const { name, text, at } of reading.lane) {
    const line = isMaskName(name) ? parseMasks(text) : parseSources(text);
    if ('mistake' in line) return { mistake: { ...line.mistake, at: at + line.mistake.at } };
    lanes[name] = line.lane;
  }
  return { lane: lanes };
}

/** The layers' text with the lane of one layer set, or taken away by an undefined text; the others stay as they are. */
export function setLayerLane(whole: string, name: string, text: string | undefined): string {
  const isOf = (line: string): boolean => nameOf(line) === name;
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  const place = lines.findIndex(isOf);
  const kept = lines.filter((line) => !isOf(line));
  if (text === undefined) return kept.join('\n');
  const at = place < 0 ? kept.length : place;
  return [...kept.slice(0, at), `${name}: ${text}`, ...kept.slice(at)].join('\n');
}
