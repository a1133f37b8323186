import type { Page } from 'puppeteer-core';
import type { Pixels } from './app-page.js';

/** An event of a run as the page's run thread told it. */
export interface LoggedEvent {
  readonly run: number;
  readonly type: string;
  readonly nodeId?: string;
  readonly pass?: number;
  /** What a node outside the loop showed when it was done. */
  readonly pictures?: readonly Pixels[];
}

/** Lets the page keep every event that its run thread tells, from its next load on; loads it anew. */
export async function keepRunLog(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(`
    globalThis.runLog = [];
    const listen = Worker.prototype.addEventListener;
    const seen = new WeakSet();
    const watch = (worker) => {
      if (seen.has(worker)) return;
      seen.add(worker);
      listen.call(worker, 'message', ({ data }) => {
        if (data?.type !== 'event') return;
        const { type, nodeId, pass, pictures } = data.event;
        const isShown = type === 'executed' && pass === undefined && pictures.length > 0;
        const pixels = ({ picture: { width, height, data } }) => ({ width, height, data: [...data] });
        const shown = isShown ? { pictures: pictures.map(pixels) } : {};
        globalThis.runLog.push({ run: data.runId, type, nodeId, pass, ...shown });
      });
    };
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...message) {
      watch(this);
      return post.apply(this, message);
    };
  `);
  await page.reload();
}

/** What the run thread told since the log was read last. */
export async function readRunLog(page: Page): Promise<readonly LoggedEvent[]> {
  const events: unknown = await page.evaluate('globalThis.runLog.splice(0)');
  return events as readonly LoggedEvent[];
}
