import { expect } from '@open-wc/testing';
import { fc } from '../support/seeded-check.js';
import { derivedLanes } from '../../src/diffusion/derived-lanes.js';
import {
  isMaskName,
  layerLines,
  parseLayerLanes,
  setLayerLane,
} from '../../src/diffusion/layer-lanes.js';
import { entriesOfCells } from '../../src/diffusion/lane-cells.js';
import { schedulePresets } from '../../src/diffusion/presets.js';
import { createSchedule, type ScheduleSettings } from '../../src/diffusion/schedule.js';
import { keyValueSources, maskSetOf } from '../../src/diffusion/schedule-sources.js';
import { parseScheduleFile, printScheduleFile } from '../../src/diffusion/schedule-file.js';
import { expandEntries, highestPass } from '../../src/diffusion/schedule-lanes.js';
import {
  parseMasks,
  parseNumbers,
  parseSources,
  parseSwitch,
  printMasks,
  printNumbers,
  printSources,
  printSwitch,
} from '../../src/diffusion/schedule-notation.js';

const range = fc
  .tuple(fc.nat(highestPass), fc.nat(highestPass), fc.integer({ min: 1, max: 99 }))
  .map(([a, b, every]) => ({
    first: Math.min(a, b),
    last: Math.max(a, b),
    every: a === b ? 1 : every,
  }));
const ranges = fc.array(range, { minLength: 1, maxLength: 5 });
const entriesOf = <Value>(value: fc.Arbitrary<Value>) =>
  fc.array(fc.record({ value, ranges: fc.oneof(ranges, fc.constant([])) }), {
    minLength: 1,
    maxLength: 6,
  });
const sources = entriesOf(fc.constantFrom(...keyValueSources));
const masks = entriesOf(fc.subarray(['struct', 'c', 'app', 'd', 'f', 'e']).map(maskSetOf));
const curve = fc
  .record({
    passes: fc.uniqueArray(fc.nat(highestPass), { minLength: 1, maxLength: 8 }),
    values: fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 8, maxLength: 8 }),
    joins: fc.array(fc.constantFrom('step', 'lin', 'smooth'), { minLength: 8, maxLength: 8 }),
    off: fc.oneof(ranges, fc.constant([])),
  })
  .map(({ passes, values, joins, off }) => ({
    points: passes
      .sort((a, b) => a - b)
      .map((pass, i) => ({
        pass,
        // Minus zero is written as zero.
        value: (values[i] ?? 0) + 0,
        join: i === passes.length - 1 ? ('step' as const) : (joins[i] ?? 'lin'),
      })),
    off,
  }));

describe('any lane', () => {
  it('is read back from its text as it was', () => {
    fc.assert(
      fc.property(sources, (lane) => {
        expect(parseSources(printSources(lane))).to.deep.equal({ lane });
      }),
    );
    fc.assert(
      fc.property(entriesOf(fc.boolean()), (lane) => {
        expect(parseSwitch(printSwitch(lane))).to.deep.equal({ lane });
      }),
    );
    fc.assert(
      fc.property(masks, (lane) => {
        expect(parseMasks(printMasks(lane))).to.deep.equal({ lane });
      }),
    );
    fc.assert(
      fc.property(curve, (lane) => {
        expect(parseNumbers(printNumbers(lane))).to.deep.equal({ lane });
      }),
    );
  });

  it('keeps its text when that is written as the notation prints it, white space aside', () => {
    fc.assert(
      fc.property(sources, fc.constantFrom(' ', '\n', '  '), (lane, space) => {
        const text = printSources(lane);
        const reading = parseSources(text.replaceAll(' ', space));
        if (!('lane' in reading)) throw new Error(reading.mistake.reason);
        expect(printSources(reading.lane)).to.equal(text);
      }),
    );
  });

  it('painted cell by cell becomes entries that give the same cells', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keyValueSources), { maxLength: 60 }), (cells) => {
        const lane = entriesOfCells(cells, keyValueSources, 'own');
        expect(expandEntries(lane, cells.length, 'own')).to.deep.equal(cells);
      }),
      { numRuns: 1000 },
    );
  });

  it('of any text gives a lane, or a mistake at a character of the text', () => {
    const texts = fc.stringMatching(/^[0-9 ./;,@+:\naopsntructlinfhe-]{0,24}$/);
    fc.assert(
      fc.property(texts, (text) => {
        for (const parse of [
          parseSources,
          parseSwitch,
          parseNumbers,
          parseMasks,
          parseLayerLanes,
        ]) {
          const reading = parse(text);
          if ('mistake' in reading) expect(reading.mistake.at).to.be.within(0, text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('any lanes of layers', () => {
  it('are found again as they were set, whatever was set before, and gone when taken away', () => {
    const name = fc
      .tuple(fc.constantFrom('half', 'full'), fc.nat(4))
      .map((parts) => parts.join('.'));
    const line = fc.oneof(
      fc.tuple(name, sources.map(printSources)),
      fc.tuple(
        fc.oneof(name, fc.constantFrom('half', 'full')).map((lane) => `${lane}.mask`),
        masks.map(printMasks),
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), name, (list, gone) => {
        const wanted = new Map(list);
        let text = '';
        for (const [layer, lane] of list) text = setLayerLane(text, layer, lane);
        const reading = parseLayerLanes(text);
        if (!('lane' in reading)) throw new Error(reading.mistake.reason);
        expect(Object.keys(reading.lane)).to.have.members([...wanted.keys()]);
        for (const [layer, printed] of wanted) {
          const one = isMaskName(layer) ? parseMasks(printed) : parseSources(printed);
          expect({ lane: reading.lane[layer] }).to.deep.equal(one);
        }
        const rest = layerLines(setLayerLane(text, gone, undefined));
        const names = 'lane' in rest ? rest.lane.map((found) => found.name) : [];
        wanted.delete(gone);
        expect(new Set(names)).to.deep.equal(new Set(wanted.keys()));
      }),
    );
  });
});

describe('any schedule', () => {
  const lane = sources.map(printSources);
  const layers = fc
    .array(
      fc.oneof(
        fc.tuple(fc.constantFrom('half.0', 'full.1'), lane),
        fc.tuple(fc.constantFrom('half.mask', 'full.1.mask'), masks.map(printMasks)),
      ),
      { maxLength: 4 },
    )
    .map((list) => list.reduce((text, [name, one]) => setLayerLane(text, name, one), ''));
  const schedules = fc.record({
    full: lane,
    half: lane,
    contrast: curve.map(printNumbers),
    guidance: curve.map(printNumbers),
    adain: entriesOf(fc.boolean()).map(printSwitch),
    mask: masks.map(printMasks),
    layers,
  });
  const official = schedulePresets.official;

  it('whose steps shrink and grow again does what it did, its texts untouched', () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 1, max: 60 }), (schedule, fewer) => {
        const slices = (steps: number) => {
          const made = createSchedule({ ...official, steps, skipSteps: 0 }, schedule);
          return Array.from({ length: made.end }, (_unused, i) => made.at(i));
        };
        const whole = slices(68);
        const short = slices(fewer);
        // What is left of a shorter axis is the beginning of the longer one.
        expect(short.map((step) => ({ ...step, total: 68 }))).to.deep.equal(whole.slice(0, fewer));
        expect(slices(68)).to.deep.equal(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('is read back from its file as it was', () => {
    fc.assert(
      fc.property(schedules, (texts) => {
        const file = { steps: 100, skip: 32, texts };
        expect(parseScheduleFile(printScheduleFile(file))).to.deep.equal({ lane: file });
      }),
    );
  });
});

describe('any settings', () => {
  it('written as lanes give the same slices, those of the presets bit for bit', () => {
    const pass = fc.nat(40);
    const strength = fc.double({ min: 0, max: 10, noNaN: true });
    const settings = fc.record({
      steps: fc.integer({ min: 20, max: 60 }),
      skipSteps: fc.nat(19),
      lag: fc.nat(3),
      halfStart: pass,
      halfEnd: pass,
      fullStart: pass,
      fullEnd: pass,
      structureEvery: fc.nat(8),
      structureUntil: pass,
      contrast: strength,
      clip: fc.boolean(),
      contrastOnStructure: fc.boolean(),
      guidance: strength,
      guidanceEnd: strength,
      guidanceStartAt: pass,
      guidanceEndAt: pass,
      adainStart: pass,
      adainEnd: pass,
    });
    for (const preset of Object.values(schedulePresets)) {
      const [plain, painted] = bothWays(preset);
      for (let i = 0; i < plain.end; i += 1) {
        expect(painted.at(i)).to.deep.equal(plain.at(i));
        expect(painted.keyAt?.(i)).to.equal(plain.keyAt?.(i));
      }
    }
    for (const sample of fc.sample(settings, 100)) {
      const [plain, painted] = bothWays(sample);
      for (let i = 0; i < plain.end; i += 1) {
        const { guidance, ...rest } = plain.at(i);
        const other = painted.at(i);
        expect(other).to.deep.include(rest);
        // A curve meets its last point; the settings' line comes as near as its rounding lets it.
        expect(other.guidance ?? -1).to.be.closeTo(guidance ?? -1, 1e-12);
      }
    }
  });
});

function bothWays(settings: ScheduleSettings) {
  return [createSchedule(settings), createSchedule(settings, derivedLanes(settings))] as const;
}
