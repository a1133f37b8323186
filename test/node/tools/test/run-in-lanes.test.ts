import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { runInLanes } from '../../../../tools/test/run-in-lanes.js';

describe('runInLanes', () => {
  it('runs every step once and never more at a time than there are lanes', async () => {
    const ran: string[] = [];
    let running = 0;
    let most = 0;
    const steps = ['a', 'b', 'c', 'd', 'e'].map((script) => ({ script }));
    await runInLanes(steps, 2, async ({ script }) => {
      most = Math.max(most, ++running);
      await pause(5);
      running--;
      ran.push(script);
      return true;
    });
    assert.deepEqual(ran.sort(), ['a', 'b', 'c', 'd', 'e']);
    assert.equal(most, 2);
  });

  it('gives steps that run at the same time lanes of their own', async () => {
    const busy = new Set<number>();
    const steps = ['a', 'b', 'c', 'd', 'e'].map((script) => ({ script }));
    await runInLanes(steps, 2, async ({ script }, _couldStart, lane) => {
      assert.ok(!busy.has(lane) && (lane === 0 || lane === 1), `lane ${lane}`);
      busy.add(lane);
      await pause(script === 'a' ? 20 : 3);
      return busy.delete(lane);
    });
  });

  it('starts a step after the one that it needs, others meanwhile', async () => {
    const order: string[] = [];
    const steps = [{ script: 'build' }, { script: 'size', after: 'build' }, { script: 'lint' }];
    await runInLanes(steps, 2, async ({ script }) => {
      order.push(`${script} starts`);
      await pause(script === 'build' ? 20 : 1);
      order.push(`${script} ends`);
      return true;
    });
    assert.ok(order.indexOf('size starts') > order.indexOf('build ends'));
    assert.ok(order.indexOf('lint ends') < order.indexOf('build ends'));
  });

  it('tells a step when the one that it needs has failed, and goes on with the rest', async () => {
    const told: Record<string, boolean> = {};
    const steps = [{ script: 'build' }, { script: 'size', after: 'build' }, { script: 'lint' }];
    await runInLanes(steps, 1, ({ script }, couldStart) => {
      told[script] = couldStart;
      return Promise.resolve(script !== 'build');
    });
    assert.deepEqual(told, { build: true, size: false, lint: true });
  });

  it('refuses steps that wait for a step that is not there', async () => {
    const steps = [{ script: 'size', after: 'build' }];
    await assert.rejects(
      runInLanes(steps, 2, () => Promise.resolve(true)),
      /not listed/,
    );
  });
});
