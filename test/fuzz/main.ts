import { parseArgs } from 'node:util';
import { fuzzReader, fuzzTable, type FuzzRow } from './fuzz.js';
import { makeReaders } from './readers.js';

// `npm run fuzz -- --cases 100000 --seed K`: every reader gets its share of the cases; exits with 1 when one fails.
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const seed = Number(values.seed);
const cases = Number(values.cases);
if (!Number.isSafeInteger(seed) || !(cases >= 1)) {
  throw new Error('--cases and --seed take whole numbers.');
}
console.log(`Seed ${String(seed)}`);
const readers = await makeReaders();
const rows: FuzzRow[] = [];
for (const reader of readers) {
  rows.push(await fuzzReader(reader, Math.ceil(cases / readers.length), seed));
}
console.log(fuzzTable(rows));
for (const { failure } of rows) {
  if (failure === undefined) continue;
  console.error(`\n${failure}`);
  process.exitCode = 1;
}
