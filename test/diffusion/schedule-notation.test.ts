import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { derivedLanes } from '../../src/diffusion/derived-lanes.js';
import type { LaneReading } from '../../src/diffusion/lane-reader.js';
import { expandLanes, lanesPast, readLanes } from '../../src/diffusion/lane-texts.js';
import { parseLayerLanes } from '../../src/diffusion/layer-lanes.js';
import { schedulePresets } from '../../src/diffusion/presets.js';
import { createSchedule } from '../../src/diffusion/schedule.js';
import { expandEntries, expandNumbers } from '../../src/diffusion/schedule-lanes.js';
import {
  parseMasks,
  parseNumbers,
  parseSources,
  parseSwitch,
} from '../../src/diffusion/schedule-notation.js';
import { layerMasks, layerSource } from '../../src/diffusion/schedule-sources.js';

function laneOf<Lane>(reading: LaneReading<Lane>): Lane {
  if ('lane' in reading) return reading.lane;
  throw new Error(reading.mistake.reason);
}

function mistakeOf(reading: LaneReading<unknown>): string {
  return 'mistake' in reading ? `${String(reading.mistake.at)}: ${reading.mistake.reason}` : 'none';
}

const lettersOf = (text: string, total: number): string =>
  expandEntries(laneOf(parseSources(text)), total, 'own')
    .map((source) => source.charAt(0))
    .join('');

describe('the text of a source lane', () => {
  it('holds both ends of a range, every n-th pass, and lets later entries win', () => {
    expect(lettersOf('app 2..9; struct 2..8/3', 12)).to.equal('oosaasaasaoo');
    expect(lettersOf('APP ; own 3, 5..6', 8)).to.equal('aaaoaooa');
  });

  it('says at which character it cannot be read', () => {
    expect(mistakeOf(parseSources('app 11..67; strict 3'))).to.equal(
      '12: one of own, app, struct, c, d, e, f is missing',
    );
    expect(mistakeOf(parseSources('app 20..10'))).to.contain('8: the range ends before it begins');
    expect(mistakeOf(parseSources('app 1..9/0'))).to.contain('9: the distance');
    expect(mistakeOf(parseSources('app 3 struct 4'))).to.contain('6: a comma or a semicolon');
    expect(mistakeOf(parseSources('app 12345'))).to.contain('4: a pass is at most 9999');
    expect(mistakeOf(parseSources(''))).to.contain('0: ');
    expect(mistakeOf(parseSwitch('on 3.. 4 5'))).to.contain('9: a comma or a semicolon');
  });
});

describe('the text of a number lane', () => {
  it('holds, goes straight and eases between its points, and is held outside them', () => {
    const lane = laneOf(parseNumbers('1@2 lin 3@6 smooth 1@8 step 5@9; off 11'));
    expect(expandNumbers(lane, 12)).to.deep.equal([1, 1, 1, 1.5, 2, 2.5, 3, 2, 1, 5, 5, undefined]);
    expect(expandNumbers(laneOf(parseNumbers('off')), 2)).to.deep.equal([undefined, undefined]);
  });

  it('says at which character it cannot be read', () => {
    expect(mistakeOf(parseNumbers('3.5@0 lin 1.75@0'))).to.contain('15: the pass is not above 0');
    expect(mistakeOf(parseNumbers('3.5 lin'))).to.contain('4: “@” and a pass are missing');
    expect(mistakeOf(parseNumbers('11@0'))).to.contain('0: a number, or “off”, is at most 10');
    expect(mistakeOf(parseNumbers('1@0 lin'))).to.contain('7: ');
    expect(mistakeOf(parseNumbers('off 3..4'))).to.contain('4: ');
  });
});

describe('a range without an end', () => {
  it('goes on to the end of whatever axis, and names no pass past it', () => {
    expect(lettersOf('app 3..; struct 4../2', 8)).to.equal('oooasasa');
    expect(lanesPast(readLanes({ full: 'app 3..', adain: '1@0; off 60..' }), 68)).to.deep.equal([]);
  });
});

describe('the text of the AdaIN lane', () => {
  const strengths = (adain: string) =>
    expandLanes(readLanes({ adain }), 6).adain?.map((value) => Math.round(value * 100) / 100);

  it('is a curve of strengths up to 1; on and off are 1 and 0', () => {
    expect(strengths('1@1 lin 0.4@4; off 0')).to.deep.equal([0, 1, 0.8, 0.6, 0.4, 0.4]);
    expect(strengths('on 2..4')).to.deep.equal([0, 0, 1, 1, 1, 0]);
    expect(strengths('off')).to.deep.equal([0, 0, 0, 0, 0, 0]);
    expect(() => strengths('1.5@0')).to.throw('is at most 1');
  });
});

describe('the text of the mask lane', () => {
  it('names the masks that act, in any order, and says where it cannot be read', () => {
    const lane = laneOf(parseMasks('none; struct 2..3; c+app 4..'));
    expect(expandEntries(lane, 5, 'all')).to.deep.equal([
      'none',
      'none',
      'struct',
      'struct',
      'app+c',
    ]);
    expect(mistakeOf(parseMasks('struct+own 3'))).to.contain('7: one of app, struct, c, d');
  });
});

describe('the lanes of layers', () => {
  it('win over the lane of their scale, in their own layer alone', () => {
    const texts = { half: 'app 2..9', layers: 'half.1: c 4..5\nfull.0: struct 4' };
    const slice = createSchedule(schedulePresets.official, { ...texts, full: 'own' }).at(4);
    expect(slice.layers).to.deep.equal({ 'half.1': 'c', 'full.0': 'structure' });
    const names = ['half.0', 'half.1', 'full.0', 'full.1'];
    expect(names.map((name) => layerSource(slice, name))).to.deep.equal([
      'appearance',
      'c',
      'structure',
      'own',
    ]);
  });

  it('have masks of their own, a layer’s before its scale’s, and leave other slices as they were', () => {
    const layers = 'full.mask: none; struct 3..\nfull.0.mask: app+f';
    const plain = createSchedule(schedulePresets.official);
    const masked = createSchedule(schedulePresets.official, { mask: 'c', layers });
    const at = (pass: number, name: string) => layerMasks(masked.at(pass), name);
    expect(at(2, 'full.1')).to.deep.equal([]);
    expect(at(3, 'full.1')).to.deep.equal(['structure']);
    expect(at(3, 'full.0')).to.deep.equal(['appearance', 'f']);
    expect(at(3, 'half.0')).to.deep.equal(['c']);
    expect(plain.at(3)).to.not.have.property('laneMasks');
    expect(lanesPast(readLanes({ layers: 'half.mask: none 60..80' }), 68)).to.deep.equal([
      ['half.mask', 81],
    ]);
  });

  it('say at which character of the whole text they cannot be read', () => {
    expect(mistakeOf(parseLayerLanes('half.0: app 3\nfull.0: apple 4'))).to.contain(
      '22: one of own',
    );
    expect(mistakeOf(parseLayerLanes('half.mask: all\nfull.mask: own'))).to.contain(
      '26: one of all',
    );
    expect(mistakeOf(parseLayerLanes('half.0: app\nthird.0: app'))).to.contain('12: a layer');
    expect(mistakeOf(parseLayerLanes('half.0: app\nhalf.0: own'))).to.contain('has a lane already');
  });
});

describe('a schedule with lanes', () => {
  const { official } = schedulePresets;

  it('reads the official schedule as the texts that the method states', () => {
    expect(derivedLanes(official)).to.deep.equal({
      full: 'app 11..67; struct 11..36/5',
      half: 'app 11..67; struct 11..36/5',
      contrast: '1.67@0',
      guidance: '3.5@0 lin 1.75@67; off 0..9',
      adain: '1@0; off 0..19',
      mask: 'all',
    });
  });

  it('changes the keys of the passes that were painted alone', () => {
    const before = createSchedule(official);
    const full = 'app 11..67; struct 11..41/5';
    const after = createSchedule(official, { full });
    const changed = Array.from({ length: before.end }, (_unused, i) => i).filter(
      (i) => before.keyAt?.(i) !== after.keyAt?.(i),
    );
    expect(changed).to.deep.equal([41]);
    expect(after.at(41).sources).to.deep.equal({ half: 'appearance', full: 'structure' });
  });

  it('names the lane and the character of a text that cannot be read', () => {
    expect(() => createSchedule(official, { half: 'app 11.67' }))
      .to.throw(AppError)
      .with.nested.property('details.input', 'half_lane');
    expect(() => createSchedule(official, { half: 'app 11.67' })).to.throw('at character 7');
  });

  it('keeps passes past the axis in the text, tells of them, and uses them when the axis grows', () => {
    const lanes = readLanes({ full: 'app 60..80', guidance: '2@0 lin 1@99' });
    expect(lanesPast(lanes, 68)).to.deep.equal([
      ['full', 81],
      ['guidance', 100],
    ]);
    const full = 'app 60..80';
    expect(createSchedule(official, { full }).at(67).sources.full).to.equal('appearance');
    const grown = createSchedule({ ...official, skipSteps: 0 }, { full });
    expect([grown.at(80).sources.full, grown.at(81).sources.full]).to.deep.equal([
      'appearance',
      'own',
    ]);
  });

  it('of a thousand steps is read to its last entry', () => {
    const many = Array.from({ length: 250 }, (_unused, i) => `struct ${String(i * 4)}`).join('; ');
    const texts = { full: `app 0..999; ${many}`, half: many, guidance: '3.5@0 smooth 1@999' };
    const settings = { ...official, steps: 1000, skipSteps: 0 };
    const schedule = createSchedule(settings, texts);
    expect(schedule.at(996).sources).to.deep.equal({ half: 'structure', full: 'structure' });
    expect(schedule.at(999).sources).to.deep.equal({ half: 'own', full: 'appearance' });
    expect(schedule.at(999).guidance).to.be.closeTo(1, 1e-9);
  });
});
