import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { places, readGraph } from '../../../tools/cli/headless/project.js';
import { faultTable, runCampaign } from '../../faults/campaign.js';
import { FaultyThread } from '../../faults/harness.js';
import { hasLeaked, leakTable, lookForLeaks } from '../../faults/leaks.js';

const { document } = await readGraph(join(places.graphs, 'appearance-transfer.json'));

describe('faults of the world', () => {
  it('end in the right picture or in a named error, and the next run works, without a leak', async (test) => {
    const { rows, injected } = await runCampaign(document, 12);
    test.diagnostic(`\n${faultTable(rows)}`);
    assert.equal(injected, 12);
    assert.deepEqual(
      rows.flatMap(({ complaints }) => complaints),
      [],
    );
    assert.ok(rows.some(({ survived }) => survived > 0));
  });

  it('on a device that is lost cost the pass that was under way, and no other', async () => {
    const whole = new FaultyThread();
    const { executed, result } = await whole.run(document);
    await whole.end();
    const thread = new FaultyThread();
    const plan = { kind: 'device lost', phase: 'pair', call: 25 } as const;
    const run = await thread.run(document, plan);
    assert.equal(await thread.end(), 0);
    assert.equal(run.outcome, 'success');
    assert.equal(run.result, result);
    assert.equal(thread.made.length, 2);
    const again = run.executed.filter((place, at) => run.executed.indexOf(place) !== at);
    const passes = new Set(again.map((place) => place.split(' ')[1]));
    assert.ok(passes.size <= 1, `passes ${[...passes].join(', ')} were computed again`);
    assert.ok(run.executed.length <= executed.length + again.length);
  });

  it('that leave no memory end in the right picture, and each step down is told', async () => {
    const thread = new FaultyThread();
    const { result } = await thread.run(document);
    await thread.end();
    const [toRam, dropped, freed] = [
      'memory/bank-to-ram',
      'memory/bank-dropped',
      'memory/results-dropped',
    ];
    const plans = [
      { phase: 'load', times: 1, steps: [freed] },
      { phase: 'predict', times: 2, steps: ['memory/smaller-calls', 'memory/smaller-calls'] },
      { phase: 'pair', times: 1, steps: [toRam] },
      { phase: 'pair', times: 2, steps: [toRam, 'memory/pair-apart'] },
      { phase: 'decode', times: 3, steps: [toRam, dropped, freed] },
    ] as const;
    for (const { phase, times, steps } of plans) {
      const short = new FaultyThread();
      const run = await short.run(document, { kind: 'out of memory', phase, call: 1, times });
      assert.equal(run.outcome, 'success', phase);
      assert.equal(run.result, result, phase);
      assert.deepEqual(run.steps, steps, phase);
      assert.equal(await short.end(), 0);
    }
    const none = new FaultyThread();
    const plan = { kind: 'out of memory', phase: 'pair', call: 9, times: Infinity } as const;
    const run = await none.run(document, plan);
    assert.equal(run.outcome, 'error');
    assert.deepEqual([...new Set(run.codes)], ['model/out-of-memory']);
    assert.equal((await none.run(document)).result, result);
    assert.equal(await none.end(), 0);
  });

  it('aside, runs that end and runs that are stopped leave nothing behind', async (test) => {
    const report = await lookForLeaks(document, 5);
    test.diagnostic(`\n${leakTable(report)}`);
    assert.ok(report.interrupted > 0);
    assert.equal(hasLeaked(report), false);
  });
});
