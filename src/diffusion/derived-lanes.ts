import { entriesOfCells } from './lane-cells.js';
import type { LaneTexts } from './lane-texts.js';
import { scheduleStep, type ScheduleSettings } from './schedule.js';
import type { NumberLane, PassRange } from './schedule-lanes.js';
import { printNumbers, printSources, printSwitch } from './schedule-notation.js';
import type { KeyValueSource } from './sockets.js';

/** The sources that a cell can be painted with. */
export const keyValueSources: readonly KeyValueSource[] = ['own', 'appearance', 'structure'];

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
  const adain = entriesOfCells(
    steps.map((step) => step.adain),
    [false, true],
    false,
  );
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
    adain: printSwitch(adain) || 'off',
  };
}

function pointAt(pass: number, value: number) {
  return { pass, value, join: 'step' } as const;
}

/** The straight line of the settings over the whole axis, off where they do not guide. */
function guidanceLane(settings: ScheduleSettings, isGuided: readonly boolean[]): NumberLane {
  if (!isGuided.includes(true)) return { points: [], off: [] };
  const last = isGuided.length - 1;
  const { guidance, guidanceEnd } = settings;
  const start = pointAt(0, guidance);
  const isFlat = last === 0 || guidance === guidanceEnd;
  const off: PassRange[] = [];
  const from = isGuided.indexOf(true);
  const to = isGuided.lastIndexOf(true);
  if (from > 0) off.push({ first: 0, last: from - 1, every: 1 });
  if (to < last) off.push({ first: to + 1, last, every: 1 });
  return {
    points: isFlat ? [start] : [{ ...start, join: 'lin' }, pointAt(last, guidanceEnd)],
    off,
  };
}
