import { entriesOfCells } from './lane-cells.js';
import type { LaneTexts } from './lane-texts.js';
import { scheduleStep, type ScheduleSettings } from './schedule.js';
import type { CurvePoint, NumberLane, PassRange } from './schedule-lanes.js';
import { printNumbers, printSources } from './schedule-notation.js';
import { keyValueSources } from './schedule-sources.js';

/**
 * What settings say as lane texts: `createSchedule` gives the same slices with these texts as without, but for the
 * rounding of the last pass's guidance.
 */
export function derivedLanes(settings: ScheduleSettings): LaneTexts {
  const total = Math.max(0, settings.steps - settings.skipSteps);
  const steps = Array.from({ length: total }, (_unused, i) => scheduleStep(settings, i));
  const sources = (scale: 'half' | 'full'): string => {
    const cells = steps.map((step) => step.sources[scale]);
    return printSources(entriesOfCells(cells, keyValueSources, 'own')) || 'own';
  };
  return {
    full: sources('full'),
    half: sources('half'),
    contrast: printNumbers({ points: [pointAt(0, settings.contrast)], off: [] }),
    guidance: printNumbers(
      guidanceLane(
        settings,
        steps.map(({ guidance }) => guidance !== undefined),
      ),
    ),
    adain: printNumbers(
      offOutside(
        [pointAt(0, 1)],
        steps.map(({ adain }) => adain > 0),
      ),
    ),
    mask: 'all',
  };
}

function pointAt(pass: number, value: number) {
  return { pass, value, join: 'step' } as const;
}

/** The straight line of the settings over the whole axis, off where they do not guide. */
function guidanceLane(settings: ScheduleSettings, isGuided: readonly boolean[]): NumberLane {
  const last = isGuided.length - 1;
  const { guidance, guidanceEnd } = settings;
  const start = pointAt(0, guidance);
  const isFlat = last === 0 || guidance === guidanceEnd;
  return offOutside(
    isFlat ? [start] : [{ ...start, join: 'lin' }, pointAt(last, guidanceEnd)],
    isGuided,
  );
}

/** A curve that is off before the first pass that is on and after the last. */
function offOutside(points: readonly CurvePoint[], isOn: readonly boolean[]): NumberLane {
  const from = isOn.indexOf(true);
  if (from < 0) return { points: [], off: [] };
  const to = isOn.lastIndexOf(true);
  const off: PassRange[] = [];
  if (from > 0) off.push({ first: 0, last: from - 1, every: 1 });
  if (to < isOn.length - 1) off.push({ first: to + 1, last: isOn.length - 1, every: 1 });
  return { points, off };
}
