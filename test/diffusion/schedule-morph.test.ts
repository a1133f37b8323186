import { expect } from '@open-wc/testing';
import { fc } from '../support/seeded-check.js';
import { derivedLanes } from '../../src/diffusion/derived-lanes.js';
import type { ScheduleTexts } from '../../src/diffusion/lane-texts.js';
import { schedulePresets } from '../../src/diffusion/presets.js';
import { createSchedule } from '../../src/diffusion/schedule.js';
import { parseScheduleFile, printScheduleFile } from '../../src/diffusion/schedule-file.js';
import { morphSchedules, stretchSchedule } from '../../src/diffusion/schedule-morph.js';
import { patternNames, patternTexts } from '../../src/diffusion/schedule-patterns.js';

const { official, paper } = schedulePresets;
const total = 68;
const ends = {
  official: { ...derivedLanes(official), layers: 'half.0: c 5..' },
  paper: { ...derivedLanes({ ...paper, steps: 100, skipSteps: 32 }), layers: '' },
};
const at = (texts: ScheduleTexts) => createSchedule(official, texts);

describe('a morph between two schedules', () => {
  it('is the one at its start and the other at its end', () => {
    expect(morphSchedules(ends.official, ends.paper, total, 0)).to.deep.equal(ends.official);
    expect(morphSchedules(ends.official, ends.paper, total, 1)).to.deep.equal(ends.paper);
  });

  it('lets numbers go straight, and cells that differ switch from the last pass on', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (share) => {
        const [a, b, mixed] = [
          at(ends.official),
          at(ends.paper),
          at(morphSchedules(ends.official, ends.paper, total, share)),
        ];
        let isSwitched = false;
        let switched = 0;
        let different = 0;
        for (let i = 0; i < total; i += 1) {
          const [x, y, z] = [a.at(i), b.at(i), mixed.at(i)];
          if (x.guidance !== undefined && y.guidance !== undefined) {
            const between = x.guidance + (y.guidance - x.guidance) * share;
            expect(z.guidance).to.be.closeTo(between, 1e-3);
          }
          if (x.sources.full === y.sources.full) {
            expect(z.sources.full).to.equal(x.sources.full);
            continue;
          }
          different += 1;
          const isOther = z.sources.full === y.sources.full;
          if (isSwitched) expect(isOther).to.equal(true);
          isSwitched ||= isOther;
          if (isOther) switched += 1;
        }
        expect(switched).to.equal(Math.floor(share * different + 0.5));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a schedule stretched to another number of passes', () => {
  it('moves ranges and points in proportion', () => {
    const texts = { ...ends.official, full: 'app 11..67; struct 11..36/5', adain: 'on 20..' };
    const stretched = stretchSchedule(texts, 68, 136);
    expect(stretched.full).to.equal('app 22..135; struct 22..73/10');
    expect(stretched.guidance).to.equal('3.5@0 lin 1.75@134; off 0..19');
    expect(stretched.adain).to.equal('on 40..');
    expect(stretched.layers).to.equal('half.0: c 10..');
  });

  it('can be read whatever the two numbers are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (a, b) => {
        const texts = stretchSchedule(ends.official, a, b);
        createSchedule({ ...official, steps: b, skipSteps: 0 }, texts).at(0);
      }),
    );
  });
});

describe('a pattern of the library', () => {
  it('can be read, and mixes from pass 11 on', () => {
    for (const name of patternNames) {
      const schedule = createSchedule(official, patternTexts(name, 4));
      expect(schedule.at(10).sources, name).to.deep.equal({ half: 'own', full: 'own' });
      expect(schedule.at(67).sources.full, name).to.not.equal('own');
    }
  });
});

describe('a schedule as a file', () => {
  it('is read back as it was', () => {
    const file = { steps: 100, skip: 32, texts: ends.official };
    expect(parseScheduleFile(printScheduleFile(file))).to.deep.equal({ lane: file });
  });

  it('that is none says in which line', () => {
    const mistakeOf = (text: string) => {
      const reading = parseScheduleFile(text);
      return 'mistake' in reading ? reading.mistake.reason : 'none';
    };
    expect(mistakeOf('<script>')).to.contain('line 1: the first line is not');
    const head = 'crossweave schedule 1\n';
    expect(mistakeOf(`${head}steps: many`)).to.contain('line 2: a whole number is missing');
    expect(mistakeOf(`${head}full: app 3..2`)).to.contain('line 2: the range ends before');
    expect(mistakeOf(`${head}\nmood: blue`)).to.contain('line 3: there is no lane “mood”');
    expect(mistakeOf(`${head}steps: 10\nskip: 10`)).to.contain('fewer steps must be skipped');
  });
});
