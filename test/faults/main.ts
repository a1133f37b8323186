import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { places, readGraph } from '../../tools/cli/headless/project.js';
import { faultTable, runCampaign } from './campaign.js';

// `npm run faults -- --most N`: injects faults into runs of an example graph and tells what became of them.
const { values } = parseArgs({ options: { most: { type: 'string', default: '200' } } });
const { document } = await readGraph(join(places.graphs, 'appearance-transfer.json'));
const began = performance.now();
const { rows } = await runCampaign(document, Number(values.most));
console.log(faultTable(rows));
console.log(`${String(Math.round((performance.now() - began) / 1000))} s`);
for (const complaint of rows.flatMap(({ complaints }) => complaints)) {
  console.error(complaint);
  process.exitCode = 1;
}
