import type { LaneReading } from './lane-reader.js';
import { laneNames, laneParsers, type ScheduleTexts } from './lane-texts.js';
import { isMaskName, setLayerLane } from './layer-lanes.js';
import { parseMasks, parseSources } from './schedule-notation.js';

/** A schedule as a file has it: its lanes, and the axis it was made for. */
export interface ScheduleFile {
  readonly steps: number;
  readonly skip: number;
  readonly texts: ScheduleTexts;
}

const title = 'crossweave schedule 1';

/** The text of a file: a title, the axis, and one lane a line; empty lanes are left out. */
export function printScheduleFile({ steps, skip, texts }: ScheduleFile): string {
  const lanes = laneNames.flatMap((name) =>
    texts[name] === '' ? [] : [`${name}: ${texts[name]}`],
  );
  const layers = texts.layers === '' ? [] : texts.layers.split('\n');
  const axis = [`steps: ${String(steps)}`, `skip: ${String(skip)}`];
  return `${[title, ...axis, ...lanes, ...layers].join('\n')}\n`;
}

/** Reads the text of a file; a mistake names the character, and the line in its reason. */
export function parseScheduleFile(text: string): LaneReading<ScheduleFile> {
  const lines = text.split(/\r?\n/);
  const file = { steps: 100, skip: 32 };
  const lanes: Record<string, string> = {};
  let layers = '';
  let at = 0;
  for (const [i, line] of lines.entries()) {
    const fail = (reason: string, column = 0) => ({
      mistake: { at: at + column, reason: `line ${String(i + 1)}: ${reason}` },
    });
    if (i === 0 && line.trim() !== title) return fail(`the first line is not “${title}”`);
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (i > 0 && line.trim() !== '') {
      if (colon < 0) return fail('a name and a colon are missing');
      const lane = laneNames.find((known) => known === name);
      if (name === 'steps' || name === 'skip') {
        if (!/^\d{1,4}$/.test(value)) return fail('a whole number is missing', colon + 1);
        file[name] = Number(value);
      } else {
        const isLayer = /^(half|full)(\.\d{1,3})?(\.mask)?$/.test(name);
        if (!lane && !isLayer) return fail(`there is no lane “${name.slice(0, 40)}”`);
        const parseLayer = isMaskName(name) ? parseMasks : parseSources;
        const reading = lane ? laneParsers[lane](value) : parseLayer(value);
        const start = colon + 1 + line.slice(colon + 1).search(/\S|$/);
        if ('mistake' in reading) return fail(reading.mistake.reason, start + reading.mistake.at);
        if (lane) lanes[lane] = value;
        else layers = setLayerLane(layers, name, value);
      }
    }
    at += line.length + 1;
  }
  if (file.skip >= file.steps) {
    return { mistake: { at: 0, reason: 'fewer steps must be skipped than there are' } };
  }
  const texts = { full: '', half: '', contrast: '', guidance: '', adain: '', mask: '' };
  return { lane: { ...file, texts: { ...texts, ...lanes, layers } } };
}
