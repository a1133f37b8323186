import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page, WebWorker } from 'puppeteer-core';
import { AppPage } from '../e2e/support/app-page.js';
import { appears, disappears, until } from '../e2e/support/appears.js';
import { closeGallery, serveApp } from '../e2e/support/served-app.js';
import { smallGraph } from '../e2e/support/small-graph.js';

/** What is there at one moment, once rubbish was collected. */
interface Standing {
  /** Threads that the page and its run thread started and did not end. */
  readonly workers: number;
  /** Addresses of blobs that were made and not given back. */
  readonly addresses: number;
  readonly sessions: number;
  readonly gpuBuffers: number;
  readonly listeners: number;
  readonly nodes: number;
  /** Bytes in use of the page's heap, and of the run thread's. */
  readonly heap: number;
  readonly threadHeap: number;
}

/** What a session in the built page left behind. */
interface BrowserLeakReport {
  readonly runs: number;
  readonly aborts: number;
  /** Of the aborts, those that reached the run before its end. */
  readonly interrupted: number;
  readonly before: Standing;
  readonly after: Standing;
}

const PATIENCE_MS = 240_000;

/** Runs and aborts before the first count: what is loaded and drawn once is there from then on. */
const WARM_UP = 2;

/** Counts in the page and in its threads; a run's end is heard from the run thread itself. */
const COUNTING = `
const counts = (globalThis.counts = { workers: 0, addresses: 0, gpuBuffers: 0, sessions: 0, outcomes: [] });
{
  const made = new Set();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (thing) => {
    const address = createObjectURL.call(URL, thing);
    made.add(address);
    counts.addresses = made.size;
    return address;
  };
  URL.revokeObjectURL = (address) => {
    revokeObjectURL.call(URL, address);
    made.delete(address);
    counts.addresses = made.size;
  };
  const Plain = globalThis.Worker;
  if (Plain) globalThis.Worker = class Worker extends Plain {
    #isThere = true;
    constructor(...how) {
      super(...how);
      counts.workers++;
      this.addEventListener('message', ({ data }) => {
        if (data?.type === 'finished') counts.outcomes.push(data.outcome);
      });
    }
    terminate() {
      if (this.#isThere) counts.workers--;
      this.#isThere = false;
      super.terminate();
    }
  };
  if (globalThis.GPUDevice) {
    const { createBuffer } = GPUDevice.prototype;
    const { destroy } = GPUBuffer.prototype;
    const there = new WeakSet();
    GPUDevice.prototype.createBuffer = function (how) {
      const buffer = createBuffer.call(this, how);
      there.add(buffer);
      counts.gpuBuffers++;
      return buffer;
    };
    GPUBuffer.prototype.destroy = function () {
      if (there.delete(this)) counts.gpuBuffers--;
      destroy.call(this);
    };
  }
}
`;

/** Counts sessions of the runtime that the run thread loaded: it is the same module by the same address. */
const COUNTING_SESSIONS = `(async () => {
  const name = 'Suspending' in WebAssembly ? 'ort-jspi' : 'ort-webgpu';
  const { InferenceSession } = await import(new URL('run-worker/' + name + '.js', location.href).href);
  const { create } = InferenceSession;
  InferenceSession.create = async (...how) => {
    const session = await create.apply(InferenceSession, how);
    counts.sessions++;
    const { release } = session;
    session.release = () => {
      counts.sessions--;
      return release.call(session);
    };
    return session;
  };
})()`;

/** Runs a graph of few passes `times` times whole and stops it `times` times, in the built page in a browser. */
export async function lookForBrowserLeaks(times: number): Promise<BrowserLeakReport> {
  const app = await serveApp({ threadsBeginWith: COUNTING });
  const folder = await mkdtemp(join(tmpdir(), 'crossweave-leaks-'));
  try {
    const page = await app.browser.newPage();
    await page.evaluateOnNewDocument(COUNTING);
    await page.goto(app.address);
    await closeGallery(page);
    const thread = await runThread(page);
    await thread.evaluate(COUNTING_SESSIONS);
    await openSmallGraph(page, folder);
    await runAndStop(page, WARM_UP);
    const before = await standing(page, thread);
    const interrupted = await runAndStop(page, times);
    const after = await standing(page, thread);
    return { runs: times, aborts: times, interrupted, before, after };
  } finally {
    await app.close();
    await rm(folder, { recursive: true });
  }
}

async function runThread(page: Page): Promise<WebWorker> {
  const found = () => page.workers().find((worker) => worker.url().includes('run-worker.js'));
  await until(() => Promise.resolve(found() !== undefined), 'There is no run thread.');
  const thread = found();
  if (!thread) throw new Error('The run thread is gone.');
  return thread;
}

async function openSmallGraph(page: Page, folder: string): Promise<void> {
  const file = join(folder, 'small.json');
  await writeFile(file, await smallGraph({ isForManyRuns: true }));
  const ui = new AppPage(page);
  await ui.openFile(file);
  await appears(page, '::-p-aria([name="Small"])');
  await ui.click('tab', 'List');
}

/** Runs the graph whole and then up to a stop, again and again. Returns how many stops came before the end. */
async function runAndStop(page: Page, times: number): Promise<number> {
  const ui = new AppPage(page);
  let interrupted = 0;
  for (let i = 0; i < times; i++) {
    const whole = await endOfRun(page, ui, false);
    if (whole !== 'success') throw new Error(`Run ${String(i + 1)}: ${whole}`);
    if ((await endOfRun(page, ui, true)) === 'interrupted') interrupted++;
  }
  return interrupted;
}

/** Starts a run, stops it on wish, and waits for its end. Returns how it ended. */
async function endOfRun(page: Page, ui: AppPage, isStopped: boolean): Promise<string> {
  const ended = (): Promise<number> => page.evaluate('counts.outcomes.length') as Promise<number>;
  const before = await ended();
  await ui.click('button', 'Run');
  if (isStopped) await ui.click('button', 'Cancel');
  await until(async () => (await ended()) > before, 'The run did not end.', PATIENCE_MS);
  await disappears(page, '>>> [role=progressbar]');
  return (await page.evaluate('counts.outcomes.at(-1)')) as string;
}

/** Counts what is there, once messages have gone and the browser has collected what nothing refers to. */
async function standing(page: Page, thread: WebWorker): Promise<Standing> {
  await disappears(page, '>>> cw-toasts >>> .toast');
  const client = await page.createCDPSession();
  await client.send('Performance.enable');
  await collect(client);
  await collect(thread.client);
  const { metrics } = await client.send('Performance.getMetrics');
  const metric = (wanted: string): number =>
    metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  type Counts = Record<'workers' | 'addresses' | 'sessions' | 'gpuBuffers', number>;
  const inPage = (await page.evaluate('counts')) as Counts;
  const inThread = (await thread.evaluate('counts')) as Counts;
  const { usedSize } = await thread.client.send('Runtime.getHeapUsage');
  await client.detach();
  return {
    workers: inPage.workers + inThread.workers,
    addresses: inPage.addresses + inThread.addresses,
    sessions: inThread.sessions,
    gpuBuffers: inThread.gpuBuffers,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    heap: metric('JSHeapUsedSize'),
    threadHeap: usedSize,
  };
}

async function collect(client: CDPSession): Promise<void> {
  for (let round = 0; round < 3; round++) await client.send('HeapProfiler.collectGarbage');
}

/** The report as lines of a table. */
export function browserLeakTable({ before, after, ...rest }: BrowserLeakReport): string {
  const row = (name: string, ...values: readonly (number | string)[]): string =>
    name.padEnd(30) + values.map((value) => String(value).padStart(12)).join('');
  return [
    row('runs, aborts, of them in time', rest.runs, rest.aborts, rest.interrupted),
    row('', 'before', 'after'),
    row('threads', before.workers, after.workers),
    row('addresses of blobs', before.addresses, after.addresses),
    row('sessions', before.sessions, after.sessions),
    row('GPU buffers', before.gpuBuffers, after.gpuBuffers),
    row('event listeners', before.listeners, after.listeners),
    row('nodes of the page', before.nodes, after.nodes),
    row('heap of the page, kB', kilobytes(before.heap), kilobytes(after.heap)),
    row('heap of the thread, kB', kilobytes(before.threadHeap), kilobytes(after.threadHeap)),
  ].join('\n');
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1000);
}

/**
 * The names of what was left behind: any thread, session or buffer, and addresses of blobs, if at least one for each run.
 * Listeners, nodes and heaps are told and not judged: with each run the test's driver holds the buttons that it pressed.
 */
export function leaked({ before, after, runs }: BrowserLeakReport): readonly string[] {
  const exact = ['workers', 'sessions', 'gpuBuffers'] as const;
  const names: string[] = exact.filter((name) => after[name] > before[name]);
  return after.addresses >= before.addresses + runs ? [...names, 'addresses'] : names;
}
