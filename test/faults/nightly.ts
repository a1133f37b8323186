import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { places, readGraph } from '../../tools/cli/headless/project.js';
import { fuzzReader, fuzzTable, type FuzzRow } from '../fuzz/fuzz.js';
import { makeReaders } from '../fuzz/readers.js';
import { buildIfStale } from '../../tools/build/build.js';
import { browserLeakTable, leaked, lookForBrowserLeaks } from './browser-leaks.js';
import { faultTable, runCampaign } from './campaign.js';
import { hasLeaked, leakTable, lookForLeaks } from './leaks.js';

// `npm run -s nightly`: 200 faults, 50 runs and 50 aborts in this process and again in the built page, 100,000 fuzzed cases;
// exits with 1 when anything was lost.
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

await buildIfStale(process.cwd());
const inBrowser = await lookForBrowserLeaks(Number(values.runs));
console.log(`Leaks in the built page\n${browserLeakTable(inBrowser)}\n`);
complaints.push(...leaked(inBrowser).map((name) => `${name} were left behind in the page`));

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
