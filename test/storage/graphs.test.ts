import { expect } from '@open-wc/testing';
import { AppError } from '../../src/core/errors.js';
import { guarded } from '../../src/storage/database.js';
import { loadCurrentGraph, saveCurrentGraph } from '../../src/storage/graphs.js';
import { defaultSettings, loadSettings, saveSettings } from '../../src/storage/settings.js';

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('the stored graph', () => {
  it('comes back as the same text', async () => {
    await saveCurrentGraph('{"format":"crossweave-graph"}');
    const stored = await loadCurrentGraph();
    expect(stored?.text).to.equal('{"format":"crossweave-graph"}');
    expect(stored?.savedAt).to.be.closeTo(Date.now(), 5000);
  });
});

describe('the stored settings', () => {
  it('come back', async () => {
    const settings = { ...defaultSettings, theme: 'light', isPanelOpen: false } as const;
    await saveSettings(settings);
    expect(await loadSettings()).to.deep.equal(settings);
  });
});

describe('a refused write', () => {
  it('says that the quota is used up', async () => {
    const full = new DOMException('no room left', 'QuotaExceededError');
    const error = await failureOf(guarded(() => Promise.reject(full)));
    expect(error).to.be.instanceOf(AppError);
    expect((error as AppError).details).to.deep.equal({
      code: 'storage/quota',
      reason: 'no room left',
    });
  });

  it('keeps the reason of any other failure', async () => {
    const error = await failureOf(guarded(() => Promise.reject(new Error('denied'))));
    expect((error as AppError).details).to.deep.equal({ code: 'storage/failed', reason: 'denied' });
  });
});
