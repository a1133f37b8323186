import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { places, readGraph } from '../../tools/cli/headless/project.js';
import { fuzzReader, fuzzTable, type FuzzRow } from '../fuzz/fuzz.js';
import { makeReaders } from '../fuzz/readers.js';
import { faultTable, runCampaign } from './campaign.js';
import { hasLeaked, leakTable, lookForLeaks } from './leaks.js';

// `npm run -s nightly`: 200 faults, 50 runs and 50 aborts, 100,000 fuzzed cases; exits with 1 when anything was lost.
const { values } = parseArgs({
  options: {
    faults: { type: 'string', default: '200' },
    runs: { type: 'string', default: '50' },
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const seed = Number(values.seed);
const { document } = await readGraph(join(places.graphs, 'appearance-transfer.json'));
const complaints: string[] = [];

const { rows } = await runCampaign(document, Number(values.faults));
console.log(`Faults\n${faultTable(rows)}\n`);
complaints.push(...rows.flatMap((row) => row.complaints));

const leaks = await lookForLeaks(document, Number(values.runs));
console.log(`Leaks\n${leakTable(leaks)}\n`);
if (hasLeaked(leaks)) complaints.push('something was left behind');

const readers = await makeReaders();
const fuzzed: FuzzRow[] = [];
for (const reader of readers) {
  fuzzed.push(await fuzzReader(reader, Math.ceil(Number(values.cases) / readers.length), seed));
}
console.log(`Fuzzing, seed ${String(seed)}\n${fuzzTable(fuzzed)}`);
complaints.push(...fuzzed.flatMap(({ failure }) => failure ?? []));

for (const complaint of complaints) {
  console.error(complaint);
  process.exitCode = 1;
}
