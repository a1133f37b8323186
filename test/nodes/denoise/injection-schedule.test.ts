import { expect } from '@open-wc/testing';
import node from '../../../nodes/denoise/injection-schedule.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';

type Values = Parameters<typeof node.execute>[0];

/** The widgets of a preset, checked against those of the node. */
function valuesOf(preset: string, changes: Partial<Values> = {}): Values {
  const defaults = Object.entries(node.inputs).map(([name, spec]) => [name, spec.default] as const);
  return { ...Object.fromEntries(defaults), ...node.presets?.[preset], ...changes } as Values;
}

async function scheduleOf(values: Values) {
  return (await node.execute(values, listen(createAnalyticServices()).context)).SCHEDULE;
}

describe('InjectionSchedule', () => {
  it('official: mixes from pass 11 on, with the structure at six passes', async () => {
    const schedule = await scheduleOf(valuesOf('official'));
    const sources = Array.from({ length: 68 }, (_, i) => schedule.at(i).sources.half);
    expect(schedule.end).to.equal(68);
    expect(sources.slice(0, 11).every((source) => source === 'own')).to.equal(true);
    expect(sources.flatMap((source, i) => (source === 'structure' ? [i] : []))).to.deep.equal([
      11, 16, 21, 26, 31, 36,
    ]);
    expect(sources.filter((source) => source === 'appearance')).to.have.length(51);
    expect(schedule.at(67).guidance).to.equal(1.75);
  });

  it('paper: all hundred passes, no lag, no clip, constant guidance', async () => {
    const schedule = await scheduleOf(valuesOf('paper'));
    expect(schedule.end).to.equal(100);
    expect(schedule.at(9).sources.full).to.equal('own');
    expect(schedule.at(10).sources.full).to.equal('appearance');
    expect([
      schedule.at(10).clip,
      schedule.at(10).guidance,
      schedule.at(89).guidance,
    ]).to.deep.equal([false, 3.5, 3.5]);
  });

  it('an edit changes the keys of the passes it concerns alone', async () => {
    const before = await scheduleOf(valuesOf('official'));
    const after = await scheduleOf(valuesOf('official', { adain_end: 60 }));
    const changed = Array.from({ length: 68 }, (_, i) => i).filter(
      (i) => before.keyAt?.(i) !== after.keyAt?.(i),
    );
    expect(changed).to.deep.equal([60, 61, 62, 63, 64, 65, 66, 67]);
  });

  it('goes by the text of a lane where there is one, and tells of passes that the axis lacks', async () => {
    const { context, heard } = listen(createAnalyticServices());
    const values = valuesOf('official', { full_lane: 'struct 3..90/3', adain_lane: 'off' });
    const { SCHEDULE } = await node.execute(values, context);
    expect(SCHEDULE.at(3).sources).to.deep.equal({ half: 'own', full: 'structure' });
    expect(SCHEDULE.at(30).adain).to.equal(0);
    expect(heard.warnings).to.have.length(1);
    expect(heard.warnings[0]).to.contain('The lane full names passes up to 90');
  });

  it('refuses a lane that cannot be read, naming lane and character', async () => {
    const message = await refusal(() => scheduleOf(valuesOf('official', { half_lane: 'app 3-4' })));
    expect(message).to.contain('at character 6');
  });

  it('refuses to skip every step', async () => {
    expect(await refusal(() => scheduleOf(valuesOf('official', { skip_steps: 100 })))).to.contain(
      '100 of 100 steps cannot be skipped',
    );
  });
});
