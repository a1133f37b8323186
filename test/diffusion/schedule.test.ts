import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import {
  createNoiseSchedule,
  stableDiffusionScheduler,
} from '../../src/diffusion/noise-schedule.js';
import { schedulePresets, widgetPresets } from '../../src/diffusion/presets.js';
import { createSchedule, scheduleStep } from '../../src/diffusion/schedule.js';
import { stepAt } from '../../src/diffusion/step-axis.js';

/** The 68 rows of the reference's default run, as records. */
async function referenceRows(): Promise<readonly Readonly<Record<string, string>>[]> {
  const file = await fetch(new URL('../fixtures/schedule_reference.csv', import.meta.url));
  const [header = '', ...lines] = (await file.text()).trim().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? '']));
  });
}

function passesWith(preset: keyof typeof schedulePresets, matches: (i: number) => boolean): string {
  const settings = schedulePresets[preset];
  const total = settings.steps - settings.skipSteps;
  const found = Array.from({ length: total }, (_unused, i) => i).filter(matches);
  return `${String(found[0])}..${String(found.at(-1))} (${String(found.length)})`;
}

describe('the official schedule', () => {
  it('does in each of the 68 passes what the reference code does', async () => {
    const rows = await referenceRows();
    expect(rows.length).to.equal(68);
    const noise = createNoiseSchedule(stableDiffusionScheduler);
    const schedule = createSchedule(schedulePresets.official);
    const sources = { OWN: 'own', APP: 'appearance', STRUCT: 'structure' };
    for (const row of rows) {
      const index = Number(row['i']);
      const pass = schedule.at(index);
      const step = stepAt(noise, { steps: 100, skip: 32 }, index);
      const source = sources[row['kv_source'] as keyof typeof sources];
      expect(step.timestep).to.equal(Number(row['t']));
      expect(step.alphaCumprod).to.be.closeTo(Number(row['acp_t']), 1e-6);
      expect(step.A).to.be.closeTo(Number(row['A_x']), 1e-6);
      expect(step.B).to.be.closeTo(Number(row['B_eps']), 1e-6);
      expect(step.sigma).to.be.closeTo(Number(row['sigma']), 1e-6);
      expect(pass.sources).to.deep.equal({ half: source, full: source });
      expect(pass.contrast).to.equal(source === 'own' ? 1 : 1.67);
      expect(pass.adain).to.equal(Number(row['adain']));
      if (row['guidance_strength'] === '') expect(pass.guidance).to.equal(undefined);
      else expect(pass.guidance).to.be.closeTo(Number(row['guidance_strength']), 1e-5);
    }
  });
});

describe('the paper’s schedule', () => {
  const at = (i: number) => scheduleStep(schedulePresets.paper, i);

  it('mixes 32x32 in passes 10..69 and 64x64 in 10..89, always from the appearance', () => {
    expect(passesWith('paper', (i) => at(i).sources.half === 'appearance')).to.equal('10..69 (60)');
    expect(passesWith('paper', (i) => at(i).sources.full === 'appearance')).to.equal('10..89 (80)');
    expect(passesWith('paper', (i) => at(i).adain === 1)).to.equal('20..99 (80)');
  });

  it('guides every pass with the same strength and does not clip', () => {
    expect(passesWith('paper', (i) => at(i).guidance === 3.5)).to.equal('0..99 (100)');
    expect(at(50).clip).to.equal(false);
  });

  it('injects structure every five passes, without contrast, once that is switched on', () => {
    const settings = { ...schedulePresets.paper, structureEvery: 5, structureUntil: 1000 };
    expect(scheduleStep(settings, 15).sources.full).to.equal('structure');
    expect(scheduleStep(settings, 15).contrast).to.equal(1);
    expect(scheduleStep(settings, 16).contrast).to.equal(1.67);
    expect(scheduleStep(settings, 5).sources.full).to.equal('own');
  });
});

describe('a schedule', () => {
  it('names its slices by content, so that an edit changes only the passes it touches', () => {
    const before = createSchedule(schedulePresets.official);
    const after = createSchedule({ ...schedulePresets.official, adainEnd: 40 });
    const changed = Array.from({ length: 68 }, (_unused, i) => i).filter(
      (i) => before.keyAt?.(i) !== after.keyAt?.(i),
    );
    expect(changed[0]).to.equal(40);
  });

  it('refuses a pass that it does not have, and settings without passes', () => {
    const schedule = createSchedule(schedulePresets.official);
    expect(() => schedule.at(68)).to.throw(AppError, 'pass 68 is outside 0..67');
    const settings = { ...schedulePresets.official, skipSteps: 100 };
    expect(() => createSchedule(settings)).to.throw(AppError, '100 of 100 steps');
  });

  it('gives its presets under the names of the widgets', () => {
    expect(widgetPresets(schedulePresets).official['skip_steps']).to.equal(32);
    expect(widgetPresets(schedulePresets).paper['contrast_on_structure']).to.equal(false);
  });
});
