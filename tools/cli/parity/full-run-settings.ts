import { schedulePresets } from '../../../src/diffusion/presets.js';
import { createSchedule, type ScheduleSettings } from '../../../src/diffusion/schedule.js';
import type { ScheduleStep } from '../../../src/diffusion/sockets.js';
import { absoluteRow, type Row } from './row.js';

/** What `full_run_*.json` says of the run. */
export interface FullRunMeta {
  readonly config: {
    readonly num_steps: number;
    readonly skip: number;
    readonly range_up2: readonly [number, number];
    readonly range_up3: readonly [number, number];
    readonly adain: readonly [number, number];
    readonly swap_guidance: number;
    readonly guidance_range: readonly [number, number];
    readonly contrast: number;
    readonly masked_adain: boolean;
    readonly inversion: string;
  };
  readonly trace: readonly TraceEntry[];
}

interface TraceEntry {
  readonly i: number;
  readonly layers_mixed_up2: number;
  readonly layers_mixed_up3: number;
  readonly kv_source: readonly string[];
  readonly contrast_layers: number;
  readonly guided: boolean;
  readonly strength: number | null;
  readonly adain: string | null;
}

/** The reference's rules with the recorded numbers. */
export function recordedSettings({ config }: FullRunMeta): ScheduleSettings {
  return {
    ...schedulePresets.official,
    steps: config.num_steps,
    skipSteps: config.skip,
    halfStart: config.range_up2[0],
    halfEnd: config.range_up2[1],
    fullStart: config.range_up3[0],
    fullEnd: config.range_up3[1],
    contrast: config.contrast,
    guidance: config.swap_guidance,
    guidanceEnd: Math.max(config.swap_guidance / 2, 1),
    guidanceStartAt: config.guidance_range[0],
    guidanceEndAt: config.guidance_range[1],
    adainStart: config.adain[0],
    adainEnd: config.adain[1],
  };
}

/** One pass as numbers: own 0, appearance 1, structure 2 for both scales; contrasted; guidance (-1 = none); AdaIN. */
function traceOf({ sources, contrast, guidance, adain }: ScheduleStep): readonly number[] {
  const code = { own: 0, appearance: 1, structure: 2, c: 3, d: 4, e: 5, f: 6 };
  return [code[sources.half], code[sources.full], contrast === 1 ? 0 : 1, guidance ?? -1, adain];
}

function recordedTrace(entry: TraceEntry): readonly number[] {
  const source = entry.kv_source.includes('STRUCT') ? 2 : 1;
  return [
    entry.layers_mixed_up2 > 0 ? source : 0,
    entry.layers_mixed_up3 > 0 ? source : 0,
    entry.contrast_layers > 0 ? 1 : 0,
    entry.guided ? (entry.strength ?? -1) : -1,
    entry.adain === null ? 0 : 1,
  ];
}

/** The schedule of every pass against what the reference was seen to do. */
export function traceRow(meta: FullRunMeta): Row {
  const schedule = createSchedule(recordedSettings(meta));
  const found = meta.trace.flatMap(({ i }) => traceOf(schedule.at(i)));
  return absoluteRow('schedule of every pass', found, meta.trace.flatMap(recordedTrace), 1e-9);
}
