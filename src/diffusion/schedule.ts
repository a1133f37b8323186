import type { Sequence } from '../core/engine/sequence.js';
import { AppError } from '../core/errors.js';
import { expandLanes, readLanes, type ExpandedLanes, type ScheduleTexts } from './lane-texts.js';
import { sourcesOfMaskSet } from './schedule-sources.js';
import { createSequence } from './step-axis.js';
import type { KeyValueSource, ScheduleStep } from './sockets.js';

/** What the method does when: ranges in passes, `end` exclusive unless told otherwise. method.md 3 and 4. */
export interface ScheduleSettings {
  readonly steps: number;
  readonly skipSteps: number;
  /** Passes by which attention acts late: 1 in the reference code, whose layers read the counter of the pass before. */
  readonly lag: number;
  /** Passes in which the layers at half of the latent's side (32 by 32 in SD 1.5) read foreign keys and values. */
  readonly halfStart: number;
  readonly halfEnd: number;
  /** The same for the layers at the latent's own side (64 by 64). */
  readonly fullStart: number;
  readonly fullEnd: number;
  /** Every so many passes the structure picture's keys and values are read in place of the appearance's; 0 = never. */
  readonly structureEvery: number;
  /** Structure is injected before this pass. */
  readonly structureUntil: number;
  /** β of contrasted attention; 1 = none. */
  readonly contrast: number;
  readonly clip: boolean;
  /** Whether attention is contrasted in passes that inject structure, too. */
  readonly contrastOnStructure: boolean;
  /** Strength of appearance guidance in the first and in the last pass of the axis, linear between; none when <= 1. */
  readonly guidance: number;
  readonly guidanceEnd: number;
  /** First and last (inclusive) pass that is guided. */
  readonly guidanceStartAt: number;
  readonly guidanceEndAt: number;
  readonly adainStart: number;
  readonly adainEnd: number;
}

/** Whose keys and values a scale reads when its range is `start..end-1` and the layers see counter `seen`. */
function sourceAt(
  settings: ScheduleSettings,
  seen: number,
  start: number,
  end: number,
): KeyValueSource {
  if (seen < start || seen >= end) return 'own';
  const { structureEvery, structureUntil } = settings;
  const injects = structureEvery > 0 && seen % structureEvery === 0 && seen < structureUntil;
  return injects ? 'structure' : 'appearance';
}

/** Strength of appearance guidance in a pass; undefined where the cross prediction is used as it is. method.md 7. */
export function guidanceAt(
  settings: Pick<
    ScheduleSettings,
    'guidance' | 'guidanceEnd' | 'guidanceStartAt' | 'guidanceEndAt'
  >,
  index: number,
  total: number,
): number | undefined {
  const { guidance, guidanceEnd, guidanceStartAt, guidanceEndAt } = settings;
  if (guidance <= 1 || index < guidanceStartAt || index > guidanceEndAt) return undefined;
  return total > 1 ? guidance + ((guidanceEnd - guidance) * index) / (total - 1) : guidance;
}

/** The masks of single lanes in a pass. */
function laneMasksAt(
  lanes: NonNullable<ExpandedLanes['laneMasks']>,
  index: number,
): NonNullable<ScheduleStep['laneMasks']> {
  return Object.fromEntries(
    Object.entries(lanes).map(([name, cells]) => [name, sourcesOfMaskSet(cells[index] ?? 'all')]),
  );
}

/** What one pass does; a lane's own value of the pass wins over the ranges, and knows no lag. method.md 3.3. */
export function scheduleStep(
  settings: ScheduleSettings,
  index: number,
  lanes: ExpandedLanes = {},
): ScheduleStep {
  const total = settings.steps - settings.skipSteps;
  const seen = Math.max(0, index - settings.lag);
  const half = lanes.half
    ? (lanes.half[index] ?? 'own')
    : sourceAt(settings, seen, settings.halfStart, settings.halfEnd);
  const full = lanes.full
    ? (lanes.full[index] ?? 'own')
    : sourceAt(settings, seen, settings.fullStart, settings.fullEnd);
  const contrast = lanes.contrast ? (lanes.contrast[index] ?? 1) : settings.contrast;
  const layers = Object.fromEntries(
    Object.entries(lanes.layers ?? {}).map(([name, cells]) => [name, cells[index] ?? 'own']),
  );
  const sources = [half, full, ...Object.values(layers)];
  const isContrasted = sources.some(
    (source) => source !== 'own' && (source !== 'structure' || settings.contrastOnStructure),
  );
  return {
    index,
    total,
    sources: { half, full },
    layers,
    masks: sourcesOfMaskSet(lanes.mask?.[index] ?? 'all'),
    ...(lanes.laneMasks && { laneMasks: laneMasksAt(lanes.laneMasks, index) }),
    contrast: isContrasted ? contrast : 1,
    clip: settings.clip,
    guidance: lanes.guidance ? lanes.guidance[index] : guidanceAt(settings, index, total),
    adain: lanes.adain
      ? (lanes.adain[index] ?? 0)
      : Number(index >= settings.adainStart && index < settings.adainEnd),
  };
}

/**
 * The schedule of every pass, sliced by a zone; a slice's key is its content. Lanes that have a text win over the
 * settings they stand for. docs/schedule-notation.md.
 * @throws AppError `input/invalid` when no pass is left, or naming the lane and the character that cannot be read.
 */
export function createSchedule(
  settings: ScheduleSettings,
  texts: Partial<ScheduleTexts> = {},
): Sequence<ScheduleStep> {
  const total = settings.steps - settings.skipSteps;
  if (!Number.isInteger(total) || settings.skipSteps < 0 || total < 1) {
    throw new AppError({
      code: 'input/invalid',
      input: 'skip_steps',
      reason: `${String(settings.skipSteps)} of ${String(settings.steps)} steps cannot be skipped`,
      remedy: 'Skip fewer steps than there are.',
    });
  }
  const lanes = expandLanes(readLanes(texts), total);
  return createSequence(0, total, (index) => scheduleStep(settings, index, lanes));
}
