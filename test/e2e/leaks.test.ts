import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { browserLeakTable, leaked, lookForBrowserLeaks } from '../faults/browser-leaks.js';

describe('a long session in the built application', { timeout: 600_000 }, () => {
  it('leaves no thread, session, buffer or address of a blob behind, after runs and after stops', async (test) => {
    const report = await lookForBrowserLeaks(3);
    test.diagnostic(`\n${browserLeakTable(report)}`);
    assert.ok(report.before.sessions > 0 && report.before.workers > 0, 'they are counted');
    assert.deepEqual(leaked(report), []);
  });
});
