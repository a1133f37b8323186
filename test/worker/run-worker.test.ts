import { expect } from '@open-wc/testing';
import type { GraphDocument, NodeRecord } from '../../src/core/graph/types.js';
import type { RunEvent } from '../../src/core/engine/events.js';
import type { RunReply, RunRequest } from '../../src/worker/messages.js';
import { findUnfinished, unfinishedParts } from '../../src/storage/unfinished-runs.js';
import { createRunClient } from '../../src/worker/run-client.js';

type Finished = Extract<RunReply, { type: 'finished' }>;

function startWorker(provider: 'wasm' | 'webgpu', record = '2000'): Worker {
  const query = new URLSearchParams({
    provider,
    record,
    base: '/public/',
    ort: '/node_modules/onnxruntime-web/dist/',
  });
  const address = new URL(`/src/worker/run-worker.ts?${query.toString()}`, location.href);
  return new Worker(address, { type: 'module' });
}

/** A run thread and everything it told. */
class Thread {
  readonly replies: RunReply[] = [];
  readonly #worker: Worker;
  readonly #waiting: (() => void)[] = [];

  constructor(provider: 'wasm' | 'webgpu', record?: string) {
    this.#worker = startWorker(provider, record);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<RunReply>) => {
      this.replies.push(data);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.#worker.addEventListener('error', (event) => {
      this.replies.push({
        type: 'failed',
        details: { code: 'worker/crashed', reason: event.message },
      });
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  send(request: RunRequest): void {
    this.#worker.postMessage(request);
  }

  /** The first reply, past or to come, that `find` accepts. */
  async until<Reply extends RunReply>(find: (reply: RunReply) => reply is Reply): Promise<Reply> {
    for (;;) {
      const found = this.replies.find(find);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async run(runId: number, document: GraphDocument, scope?: string): Promise<Finished> {
    this.send({ type: 'run', runId, document, ...(scope !== undefined && { scope }) });
    return this.finished(runId);
  }

  finished(runId: number): Promise<Finished> {
    return this.until(
      (reply): reply is Finished => reply.type === 'finished' && reply.runId === runId,
    );
  }

  /** Bytes of the last picture a run showed under `label`. */
  pictureOf(runId: number, label: string): Uint8ClampedArray | undefined {
    const shown = this.replies.flatMap((reply) =>
      reply.type === 'event' &&
      reply.runId === runId &&
      (reply.event.type === 'executed' || reply.event.type === 'execution-cached')
        ? reply.event.pictures
        : [],
    );
    return shown.findLast((one) => one.label === label)?.picture.data;
  }

  end(): void {
    this.#worker.terminate();
  }
}

/** The example graph with few steps. */
async function smallTransfer(seed = 42): Promise<GraphDocument> {
  const response = await fetch('/graphs/appearance-transfer.json');
  const document = (await response.json()) as GraphDocument;
  const widgets: Readonly<Record<string, number>> = { steps: 12, skip_steps: 4, step: 2 };
  const change = (record: NodeRecord): NodeRecord => ({
    ...record,
    inputs: Object.fromEntries(
      Object.entries(record.inputs).map(([name, value]) => {
        const isNoise = name === 'seed' && record.type === 'DDPMInversion';
        const wanted = isNoise ? seed : widgets[name];
        return [name, typeof value === 'number' ? (wanted ?? value) : value];
      }),
    ),
  });
  const entries = Object.entries(document.nodes).map(
    ([id, record]) => [id, change(record)] as const,
  );
  return { ...document, nodes: Object.fromEntries(entries) };
}

describe('the run thread', () => {
  let thread: Thread;
  before(() => {
    thread = new Thread('wasm');
  });
  after(() => {
    thread.end();
  });

  it('tells where networks run, and why', async () => {
    const { device } = await thread.until((reply) => reply.type === 'ready');
    expect(device.provider).to.equal('wasm');
    expect(device.reason).to.include('CPU');
    expect(device.threads).to.be.at.least(1);
  });

  it('lists the checkpoints of the manifest and the samples', async () => {
    thread.send({ type: 'lists' });
    const { models, pictures } = await thread.until((reply) => reply.type === 'lists');
    expect(models).to.include('creatures');
    expect(pictures).to.include.members(['giraffe.png', 'leopard.png']);
  });

  it('carries the look of one picture to another, pass by pass', async function () {
    this.timeout(120_000);
    const finished = await thread.run(1, await smallTransfer());
    const told = thread.replies.filter(({ type }) => type === 'event');
    expect(finished.problems).to.deep.equal([]);
    expect(finished.outcome, JSON.stringify(told.slice(-3))).to.equal('success');
    expect(finished.unet?.sampleForwards).to.be.above(0);
    expect(finished.unet?.forkShare).to.be.within(0.01, 0.99);
    expect(finished.bytesRead).to.equal(0);
    expect(thread.pictureOf(1, 'result')?.length).to.be.above(0);
  });

  it('computes nothing again when nothing has changed', async function () {
    this.timeout(60_000);
    const finished = await thread.run(2, await smallTransfer());
    expect(finished.outcome).to.equal('success');
    expect(finished.unet?.sampleForwards).to.equal(0);
    expect(thread.pictureOf(2, 'result')).to.deep.equal(thread.pictureOf(1, 'result'));
  });

  it('dies in the middle of a run: another thread goes on from the last pass, to the same bytes', async function () {
    this.timeout(120_000);
    const threads: Worker[] = [];
    const executed: { readonly thread: number; readonly place: string }[] = [];
    const results: Uint8ClampedArray[] = [];
    const hear = (event: RunEvent): void => {
      if (event.type !== 'executed' && event.type !== 'execution-cached') return;
      results.push(
        ...event.pictures.flatMap((one) => (one.label === 'result' ? one.picture.data : [])),
      );
      if (event.type !== 'executed' || event.pass === undefined) return;
      executed.push({ thread: threads.length, place: `${event.nodeId} ${String(event.pass)}` });
      if (threads.length > 1 || event.pass < 4) return;
      threads[0]?.dispatchEvent(new ErrorEvent('error', { message: 'the thread was shot' }));
    };
    const client = createRunClient(
      () => {
        const started = startWorker('wasm');
        threads.push(started);
        return started;
      },
      {
        deviceChanged: () => undefined,
        failed: () => undefined,
        event: (_runId, event) => {
          hear(event);
        },
      },
    );
    const { outcome, unet } = await client.run(await smallTransfer());
    client.dispose();
    expect(outcome).to.equal('success');
    expect(threads.length).to.equal(2);
    expect(results.at(-1)).to.deep.equal(thread.pictureOf(1, 'result'));
    const whole = await thread.finished(1);
    const told = JSON.stringify([executed, unet, whole.unet]);
    const again = executed.flatMap(({ thread: by, place }) => (by === 2 ? [place] : []));
    const twice = again.filter((place) =>
      executed.some((one) => one.thread === 1 && one.place === place),
    );
    // The news of the last result may still have been under way.
    expect(twice.length, told).to.be.at.most(1);
    expect(
      again.every((place) => Number(place.split(' ')[1]) >= 4),
      told,
    ).to.equal(true);
    // Two pictures, seven noise maps each, with and without the prompt: none is predicted again.
    const inversions = 2 * 7 * 2;
    expect(unet?.sampleForwards, told).to.be.at.most(
      (whole.unet?.sampleForwards ?? 0) - inversions,
    );
  });

  it('is killed with its page: the next one goes on from what was written down, to the same bytes', async function () {
    this.timeout(120_000);
    const document = await smallTransfer();
    const scope = 'killed';
    const killed = new Thread('wasm', '0');
    killed.send({ type: 'run', runId: 1, document, scope });
    const passes = async (): Promise<number> => {
      const events = (await unfinishedParts(scope, 'event')) as readonly RunEvent[];
      return events.filter((one) => one.type === 'executed' && one.pass !== undefined).length;
    };
    while ((await passes()) < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    killed.end();
    const next = new Thread('wasm', '0');
    const { outcome, unet } = await next.run(1, document, scope);
    const picture = next.pictureOf(1, 'result');
    next.end();
    const whole = await thread.finished(1);
    expect(outcome).to.equal('success');
    expect(picture).to.deep.equal(thread.pictureOf(1, 'result'));
    const inversions = 2 * 7 * 2;
    const told = JSON.stringify([unet, whole.unet]);
    expect(unet?.sampleForwards, told).to.be.at.most(
      (whole.unet?.sampleForwards ?? 0) - inversions,
    );
    expect(await findUnfinished(scope)).to.equal(undefined);
    expect(await unfinishedParts(scope, 'result')).to.deep.equal([]);
  });

  it('stops before the work is done when asked to, and does the rest afterwards', async function () {
    this.timeout(120_000);
    const document = await smallTransfer(7);
    thread.send({ type: 'run', runId: 3, document });
    await thread.until(
      (reply): reply is RunReply =>
        reply.type === 'event' && reply.runId === 3 && reply.event.type === 'progress',
    );
    thread.send({ type: 'interrupt', runId: 3 });
    const finished = await thread.finished(3);
    expect(finished.outcome).to.equal('interrupted');
    const rest = await thread.run(4, document);
    expect(rest.outcome).to.equal('success');
    expect(rest.unet?.sampleForwards).to.be.above(0);
  });

  it('names the node whose picture cannot be found', async function () {
    this.timeout(60_000);
    const document = await smallTransfer();
    const lose = (record: NodeRecord): NodeRecord =>
      record.type === 'LoadImage'
        ? { ...record, inputs: { ...record.inputs, image: 'nowhere.png' } }
        : record;
    const entries = Object.entries(document.nodes).map(
      ([id, record]) => [id, lose(record)] as const,
    );
    const broken = { ...document, nodes: Object.fromEntries(entries) };
    expect((await thread.run(5, broken)).outcome).to.equal('error');
    const failure = thread.replies.find(
      (reply) =>
        reply.type === 'event' && reply.runId === 5 && reply.event.type === 'execution-error',
    );
    expect(JSON.stringify(failure)).to.include('picture/missing').and.to.include('nowhere.png');
  });
});
