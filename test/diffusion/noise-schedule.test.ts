import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import {
  createNoiseSchedule,
  parseSchedulerConfig,
  stableDiffusionScheduler,
} from '../../src/diffusion/noise-schedule.js';
import { checkAxis, stepAt, stepSequence, timestepsOf } from '../../src/diffusion/step-axis.js';

const schedule = createNoiseSchedule(stableDiffusionScheduler);

describe('the noise schedule', () => {
  it('is Stable Diffusion’s', () => {
    const expected = { 0: 0.99914998, 1: 0.99829602, 671: 0.10151132, 991: 0.00513006 };
    for (const [timestep, alpha] of Object.entries(expected)) {
      expect(schedule.alphasCumprod[Number(timestep)]).to.be.closeTo(alpha, 1e-8);
    }
  });

  it('reads a scheduler configuration, absent entries as diffusers does', () => {
    const config = parseSchedulerConfig(
      {
        beta_start: 0.00085,
        beta_end: 0.012,
        beta_schedule: 'scaled_linear',
        steps_offset: 1,
        set_alpha_to_one: false,
      },
      'scheduler_config.json',
    );
    expect(config).to.deep.equal(stableDiffusionScheduler);
    const linear = createNoiseSchedule(parseSchedulerConfig({}, 'scheduler_config.json'));
    expect(linear.finalAlphaCumprod).to.equal(1);
    expect(linear.alphasCumprod[0]).to.be.closeTo(0.9999, 1e-7);
  });

  it('refuses what cannot be inverted, naming the file', () => {
    for (const json of [{ prediction_type: 'sample' }, { beta_schedule: 'squaredcos_cap_v2' }, 7]) {
      expect(() => parseSchedulerConfig(json, 's.json')).to.throw(AppError);
    }
  });
});

describe('the steps of a run', () => {
  it('are spaced from 1 upward and walked downward', () => {
    expect(timestepsOf(5, schedule)).to.deep.equal([801, 601, 401, 201, 1]);
  });

  it('end with the alpha of timestep 0', () => {
    const last = stepAt(schedule, { steps: 100, skip: 32 }, 67);
    expect(last.alphaCumprodPrev).to.equal(schedule.alphasCumprod[0]);
  });

  it('are refused when they do not fit the network or none is left', () => {
    expect(() => {
      checkAxis({ steps: 1000, skip: 0 }, schedule);
    }).to.throw(AppError, '1000 steps do not fit');
    expect(() => {
      checkAxis({ steps: 10, skip: 10 }, schedule);
    }).to.throw(AppError, '10 of 10 steps cannot be skipped');
  });

  it('are a sequence whose slices are named by their content', () => {
    const axis = { steps: 10, skip: 2 };
    const steps = stepSequence((i) => stepAt(schedule, axis, i), 3, 8);
    expect(steps.at(3).timestep).to.equal(401);
    expect(steps.keyAt?.(3)).to.not.equal(steps.keyAt?.(4));
    expect(() => steps.at(2)).to.throw(AppError);
  });
});
