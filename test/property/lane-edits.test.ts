import { expect } from '@open-wc/testing';
import { fc } from '../support/seeded-check.js';
import { keyValueSources } from '../../src/diffusion/schedule-sources.js';
import {
  drawCurve,
  removePoints,
  setOff,
  setPoint,
  shiftPoints,
  stretchPoints,
} from '../../src/diffusion/curve-edits.js';
import { moveRange, paintLane, shiftCells, stretchCells } from '../../src/diffusion/lane-edits.js';
import {
  expandEntries,
  expandNumbers,
  highestPass,
  type NumberLane,
} from '../../src/diffusion/schedule-lanes.js';
import { parseNumbers, parseSources, printNumbers } from '../../src/diffusion/schedule-notation.js';

const source = fc.constantFrom(...keyValueSources);
const range = fc
  .tuple(fc.nat(90), fc.nat(30), fc.integer({ min: 1, max: 7 }))
  .map(([first, length, every]) => ({ first, last: first + length, every }));
const lanes = fc.array(fc.record({ value: source, ranges: fc.array(range, { maxLength: 4 }) }), {
  maxLength: 5,
});

describe('any lane', () => {
  it('that is painted holds the paint where it was put, and what it held everywhere else', () => {
    const strokes = fc.record({
      from: fc.nat(67),
      to: fc.nat(67),
      every: fc.integer({ min: 1, max: 9 }),
      value: source,
    });
    fc.assert(
      fc.property(lanes, strokes, (lane, stroke) => {
        const painted = paintLane(lane, 68, stroke, keyValueSources, 'own');
        const [low, high] = [Math.min(stroke.from, stroke.to), Math.max(stroke.from, stroke.to)];
        // Passes past the axis of 68 are compared, too.
        const expected = expandEntries(lane, 200, 'own').map((value, i) =>
          i >= low && i <= high && (i - low) % stroke.every === 0 ? stroke.value : value,
        );
        expect(expandEntries(painted, 200, 'own')).to.deep.equal(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('that is painted keeps what it says of longer axes, open ranges too', () => {
    fc.assert(
      fc.property(lanes, fc.nat(60), source, (lane, open, value) => {
        const endless = [
          ...lane,
          { value, ranges: [{ first: open, last: highestPass, every: 1 }] },
        ];
        const stroke = { from: 3, to: 5, every: 1, value: 'own' } as const;
        const painted = paintLane(endless, 68, stroke, keyValueSources, 'own');
        const expected = expandEntries(endless, 300, 'own').fill('own', 3, 6);
        expect(expandEntries(painted, 300, 'own')).to.deep.equal(expected);
      }),
    );
  });

  it('whose cells are shifted and shifted back holds them where they were, its bed where they went', () => {
    const places = fc.tuple(fc.nat(40), fc.nat(8), fc.integer({ min: 1, max: 15 }));
    fc.assert(
      fc.property(lanes, places, (lane, [from, length, by]) => {
        const to = from + length;
        const on = { lane, total: 68, values: keyValueSources, otherwise: 'own' as const };
        const there = shiftCells(on, from, to, by);
        const back = shiftCells({ ...on, lane: there }, from + by, to + by, -by);
        const before = expandEntries(lane, 100, 'own');
        const after = expandEntries(back, 100, 'own');
        expect(after.slice(from, to + 1)).to.deep.equal(before.slice(from, to + 1));
        expect(after.slice(0, from)).to.deep.equal(before.slice(0, from));
        expect(after.slice(to + by + 1)).to.deep.equal(before.slice(to + by + 1));
      }),
    );
  });

  it('stretched to twice its length holds each cell twice', () => {
    fc.assert(
      fc.property(lanes, (lane) => {
        const on = { lane, total: 68, values: keyValueSources, otherwise: 'own' as const };
        const cells = expandEntries(stretchCells(on, 10, 19, 29), 68, 'own');
        const before = expandEntries(lane, 68, 'own');
        for (let i = 0; i < 20; i += 1) {
          expect(cells[10 + i]).to.equal(before[10 + Math.floor(i / 2)]);
        }
      }),
    );
  });

  it('keeps its ranges the right way round when an end is dragged past the other', () => {
    const reading = parseSources('app 11..67; struct 11..36/5');
    if (!('lane' in reading)) throw new Error('the lane is not read');
    const [, entry] = moveRange(reading.lane, 1, 0, { first: 40, last: 36 });
    expect(entry?.ranges).to.deep.equal([{ first: 36, last: 40, every: 5 }]);
  });
});

describe('any curve', () => {
  it('stays one that its text gives back, whatever points are set, moved or taken away', () => {
    const edits = fc.array(
      fc.record({ pass: fc.nat(99), value: fc.nat(1000), index: fc.option(fc.nat(9)) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(edits, (list) => {
        let lane: NumberLane = { points: [], off: [] };
        for (const { pass, value, index } of list) {
          lane = setPoint(lane, index ?? undefined, pass, value / 100);
          if (value % 3 === 0) lane = removePoints(lane, pass - 5, pass - 1);
          expect(parseNumbers(printNumbers(lane))).to.deep.equal({ lane });
        }
      }),
    );
  });

  it('drawn by hand comes within a hundredth or two of the hand, wherever it was drawn', () => {
    const samples = fc.array(fc.record({ pass: fc.nat(67), value: fc.nat(300) }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(samples, (drawn) => {
        const byPass = new Map(
          drawn.map(({ pass, value }) => [pass, { pass, value: value / 100 }]),
        );
        const lane = drawCurve({ points: [], off: [] }, [...byPass.values()]);
        const numbers = expandNumbers(lane, 68);
        for (const { pass, value } of byPass.values()) {
          expect(Math.abs((numbers[pass] ?? NaN) - value)).to.be.below(0.026);
        }
        expect(parseNumbers(printNumbers(lane))).to.deep.equal({ lane });
      }),
    );
  });

  it('is off where it was switched off alone, and its points move and spread in order', () => {
    const lane: NumberLane = {
      points: [
        { pass: 0, value: 1, join: 'lin' },
        { pass: 10, value: 2, join: 'lin' },
        { pass: 20, value: 3, join: 'step' },
      ],
      off: [{ first: 60, last: highestPass, every: 1 }],
    };
    const text = (edited: NumberLane): string => printNumbers(edited);
    expect(text(setOff(lane, 68, 5, 7, true))).to.contain('; off 5..7, 60..');
    expect(text(setOff(lane, 68, 62, 63, false))).to.contain('; off 60..61, 64..');
    expect(text(shiftPoints(lane, 68, 5, 12, 4))).to.contain('1@0 lin 2@14 lin 3@20');
    expect(text(shiftPoints(lane, 68, 5, 12, 100))).to.contain('2@65');
    expect(text(stretchPoints(lane, 0, 20, 40))).to.contain('1@0 lin 2@20 lin 3@40');
  });
});
