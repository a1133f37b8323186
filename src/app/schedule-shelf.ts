import type { NodeRecord } from '../core/graph/types.js';
import { derivedLanes } from '../diffusion/derived-lanes.js';
import { laneNames, type ScheduleTexts } from '../diffusion/lane-texts.js';
import { presetNames, schedulePresets } from '../diffusion/presets.js';
import { parseScheduleFile, type ScheduleFile } from '../diffusion/schedule-file.js';
import { patternNames, patternTexts } from '../diffusion/schedule-patterns.js';
import type { StoredSchedule } from '../storage/schedules.js';
import { layersText, lanesOf, settingsOf } from './schedule-reading.js';

/** One end of a morph: a text for every lane, and the axis it was made for when that is another. */
export interface MorphEnd {
  readonly texts: ScheduleTexts;
  readonly axis?: readonly [steps: number, skip: number];
}

/** A schedule as it is now, every lane written out, with its axis. */
export function currentSchedule(record: NodeRecord): ScheduleFile {
  const settings = settingsOf(record);
  const texts = written(record, { ...lanesOf(record), layers: layersText(record) });
  return { steps: settings.steps, skip: settings.skipSteps, texts };
}

/** Texts with those that are empty taken from the node's ranges. */
function written(record: NodeRecord, texts: ScheduleTexts): ScheduleTexts {
  const derived = derivedLanes(settingsOf(record));
  const lanes = laneNames.map((name) => [name, texts[name].trim() || derived[name]] as const);
  return { ...texts, ...Object.fromEntries(lanes) };
}

/** The schedule that an entry of the library names, every lane written out. */
export function endTexts(
  record: NodeRecord,
  id: string,
  every: number,
  stored: readonly StoredSchedule[],
): MorphEnd {
  const now = currentSchedule(record);
  const colon = id.indexOf(':');
  const [shelf, name] = [id.slice(0, colon), id.slice(colon + 1)];
  if (shelf === 'other') return { texts: otherTexts(record) };
  const pattern = patternNames.find((known) => known === name);
  if (shelf === 'pattern' && pattern) {
    return { texts: { ...now.texts, ...patternTexts(pattern, every) } };
  }
  const preset = presetNames.find((known) => known === name);
  if (shelf === 'preset' && preset) {
    const settings = { ...schedulePresets[preset], steps: now.steps, skipSteps: now.skip };
    return { texts: { ...derivedLanes(settings), layers: '' } };
  }
  const text = shelf === 'own' ? stored.find((one) => one.name === name)?.text : undefined;
  const reading = text === undefined ? undefined : parseScheduleFile(text);
  if (!reading || !('lane' in reading)) return { texts: now.texts };
  const { steps, skip, texts } = reading.lane;
  const isOther = steps - skip !== now.steps - now.skip;
  return { texts: written(record, texts), ...(isOther && { axis: [steps, skip] as const }) };
}

/** The set of lanes that is kept beside the one in use. */
function otherTexts(record: NodeRecord): ScheduleTexts {
  const kept: unknown = 'otherSchedule' in record ? record.otherSchedule : undefined;
  const texts = { ...lanesOf(record), layers: layersText(record) };
  const names = [...laneNames, 'layers'] as const;
  const other = names.map((name) => {
    const text: unknown =
      typeof kept === 'object' && kept !== null ? Reflect.get(kept, name) : undefined;
    return [name, typeof text === 'string' ? text : ''] as const;
  });
  return written(record, { ...texts, ...Object.fromEntries(other) });
}
