import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { keyValueSources } from '../../src/diffusion/derived-lanes.js';
import { moveRange, paintLane, removePoints, setPoint } from '../../src/diffusion/lane-edits.js';
import { expandEntries, type NumberLane } from '../../src/diffusion/schedule-lanes.js';
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
});
