import { guidanceAt } from '../../../src/diffusion/schedule.js';
import { createNoiseSchedule } from '../../../src/diffusion/noise-schedule.js';
import { stepAt, timestepsOf } from '../../../src/diffusion/step-axis.js';
import { openGolden } from './golden-file.js';
import { absoluteRow, relativeRow, type Row } from './row.js';

interface StepRow {
  readonly t: number;
  readonly a_t: number;
  readonly a_prev: number;
  readonly sigma: number;
  readonly A: number;
  readonly B: number;
  readonly strength: number;
}

interface Meta {
  readonly final_alpha: number;
  readonly train: {
    readonly beta_start: number;
    readonly beta_end: number;
    readonly schedule: 'linear' | 'scaled_linear';
    readonly num_train_timesteps: number;
    readonly steps_offset: number;
    readonly set_alpha_to_one: boolean;
  };
  readonly tables: readonly {
    readonly num_steps: number;
    readonly skip: number;
    readonly timesteps: readonly number[];
    readonly rows: readonly StepRow[];
  }[];
}

const STRENGTH = { guidance: 3.5, guidanceEnd: 1.75, guidanceStartAt: 0, guidanceEndAt: Infinity };

/** `schedule`: alphas, timesteps, coefficients and guidance strengths. */
export async function scheduleRows(directory: string): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<Meta>(directory, 'schedule');
  if (!golden) return undefined;
  const { train, tables, final_alpha } = golden.meta;
  const schedule = createNoiseSchedule({
    numTrainTimesteps: train.num_train_timesteps,
    betaStart: train.beta_start,
    betaEnd: train.beta_end,
    betaSchedule: train.schedule,
    stepsOffset: train.steps_offset,
    setAlphaToOne: train.set_alpha_to_one,
  });
  const rows: Row[] = [
    relativeRow('alphas_cumprod', schedule.alphasCumprod, golden.f32('alphas_cumprod'), 1e-6),
    absoluteRow('final alpha', [schedule.finalAlphaCumprod], [final_alpha], 1e-6),
  ];
  for (const { num_steps, skip, timesteps, rows: expected } of tables) {
    const name = `${String(num_steps)} steps, skip ${String(skip)}`;
    const axis = { steps: num_steps, skip };
    const steps = expected.map((_row, i) => stepAt(schedule, axis, i));
    const column = (key: keyof StepRow) => expected.map((row) => row[key]);
    const strengths = steps.map(({ index, total }) => guidanceAt(STRENGTH, index, total) ?? NaN);
    rows.push(
      absoluteRow(`${name}: timesteps`, timestepsOf(num_steps, schedule), timesteps, 0),
      absoluteRow(
        `${name}: A`,
        steps.map((step) => step.A),
        column('A'),
        1e-6,
      ),
      absoluteRow(
        `${name}: B`,
        steps.map((step) => step.B),
        column('B'),
        1e-6,
      ),
      absoluteRow(
        `${name}: sigma`,
        steps.map((step) => step.sigma),
        column('sigma'),
        1e-6,
      ),
      absoluteRow(`${name}: guidance`, strengths, column('strength'), 1e-6),
    );
  }
  return rows;
}
