import { expect } from '@open-wc/testing';
import { fc } from '../support/seeded-check.js';
import { parsePaintedMask, printPaintedMask, topLevel } from '../../src/diffusion/painted-mask.js';
import { feathered, grown, inverted, type MaskSheet } from '../../src/ui/mask-painting.js';

const size = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
const masks = size.chain(([width, height]) =>
  fc
    .array(fc.nat(topLevel), { minLength: width * height, maxLength: width * height })
    .map((levels) => ({ width, height, levels: Uint8Array.from(levels) })),
);
const sheets: fc.Arbitrary<MaskSheet> = masks.map(({ width, height, levels }) => ({
  width,
  height,
  values: Uint8ClampedArray.from(levels, (level) => level * 17),
}));

describe('any painted mask', () => {
  it('is read back from its text as it was', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        expect(parsePaintedMask(printPaintedMask(mask))).to.deep.equal({ lane: mask });
      }),
    );
  });

  it('of any text gives a mask, or a mistake at a character of the text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{0,2}x[0-9]{0,2}:?[0-9a-q]{0,12}$/), (text) => {
        const reading = parsePaintedMask(text);
        if ('mistake' in reading) expect(reading.mistake.at).to.be.within(0, text.length);
        else expect(parsePaintedMask(printPaintedMask(reading.lane))).to.deep.equal(reading);
      }),
      { numRuns: 500 },
    );
  });

  it('inverted twice is as it was; what grows loses nothing, what shrinks gains nothing', () => {
    fc.assert(
      fc.property(sheets, fc.integer({ min: 1, max: 3 }), (sheet, by) => {
        const turned = { ...sheet, values: inverted(sheet) };
        expect(inverted(turned)).to.deep.equal(sheet.values);
        const [more, less] = [grown(sheet, by), grown(sheet, -by)];
        expect(sheet.values.every((value, i) => (more[i] ?? 0) >= value)).to.equal(true);
        expect(sheet.values.every((value, i) => (less[i] ?? 255) <= value)).to.equal(true);
        // To shrink is to grow the background.
        expect(inverted({ ...sheet, values: grown(turned, by) })).to.deep.equal(less);
      }),
    );
  });

  it('that is the same everywhere stays so when it is feathered', () => {
    fc.assert(
      fc.property(
        size,
        fc.nat(255),
        fc.integer({ min: 1, max: 5 }),
        ([width, height], value, by) => {
          const values = new Uint8ClampedArray(width * height).fill(value);
          expect(feathered({ width, height, values }, by)).to.deep.equal(values);
        },
      ),
    );
  });
});
