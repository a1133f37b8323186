import { expect } from '@open-wc/testing';
import { createEngine } from '../../src/core/engine/engine.js';
import { AppError } from '../../src/core/errors.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import type { MemoryStep } from '../../src/core/memory-step.js';
import { nodeKit, type ExecuteContext } from '../../src/core/node/definition.js';
import { createRegistry } from '../../src/core/node/registry.js';
import { sayError } from '../../src/ui/messages.js';
import type { RunReply, RunRequest } from '../../src/worker/messages.js';
import { startRunThread } from '../../src/worker/run-thread.js';
import type { ThreadParts } from '../../src/worker/thread-parts.js';

const PICTURE = { width: 1, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255) };
const LOSS = new AppError({ code: 'webgpu/device-lost', reason: 'the cable was pulled' });

type Finished = Extract<RunReply, { type: 'finished' }>;

/** A channel whose thread end is in this thread. */
class Channel {
  readonly replies: RunReply[] = [];
  #listener: (event: MessageEvent<RunRequest>) => void = () => undefined;

  postMessage(reply: RunReply, transfer: Transferable[]): void {
    this.replies.push(structuredClone(reply, { transfer }));
  }

  addEventListener(_type: 'message', listener: (event: MessageEvent<RunRequest>) => void): void {
    this.#listener = listener;
  }

  send(data: RunRequest): void {
    this.#listener(new MessageEvent('message', { data }));
  }

  async until(find: (reply: RunReply) => boolean): Promise<void> {
    while (!this.replies.some(find)) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async run(runId: number): Promise<Finished | undefined> {
    this.send({ type: 'run', runId, document: DOCUMENT });
    await this.until((reply) => reply.type === 'finished' && reply.runId === runId);
    return this.replies.find(
      (reply): reply is Finished => reply.type === 'finished' && reply.runId === runId,
    );
  }
}

const DOCUMENT: GraphDocument = {
  format: 'crossweave-graph',
  version: 1,
  nodes: { '1': { type: 'Show', version: 1, inputs: {} } },
  layout: { nodes: {}, groups: [] },
};

interface Device {
  lose(): void;
  /** Makes the node fail as kernels do on a lost device. */
  isLost: boolean;
}

/** A thread whose parts have a real engine with one node, and a device that can be lost. */
function startThread(execute: (context: ExecuteContext<object>, device: Device) => Promise<void>) {
  const channel = new Channel();
  const devices: Device[] = [];
  const disposed: number[] = [];
  const shed: number[] = [];
  startRunThread(channel, () => {
    const index = devices.length;
    let lose = (): void => undefined;
    const lost = new Promise<AppError>((resolve) => {
      lose = () => {
        resolve(LOSS);
      };
    });
    const device: Device = { lose, isLost: false };
    devices.push(device);
    const show = nodeKit<object, object>()({
      type: 'Show',
      version: 1,
      displayName: 'Show',
      category: 'image',
      description: 'Shows a picture.',
      outputNode: true,
      inputs: {},
      outputs: {},
      async execute(_inputs, context) {
        await execute(context, device);
        if (device.isLost) throw LOSS;
        context.show('result', PICTURE);
        return {};
      },
    });
    const engine = createEngine({
      registry: createRegistry([show]),
      services: {},
      cacheBytes: 1e6,
    });
    const parts: ThreadParts = {
      engine,
      device: { provider: 'webgpu', reason: `Device ${String(index)}.`, threads: 1 },
      lost,
      work: () => ({ sampleForwards: 0, pairs: 0, forkShare: 0 }),
      bytesRead: () => 0,
      describe: (type) => Promise.resolve({ type, facts: [] }),
      facts: (kind, name) => Promise.resolve({ kind, name }),
      models: (kind = 'checkpoint') => Promise.resolve(kind === 'checkpoint' ? ['creatures'] : []),
      pictures: () => Promise.reject(new AppError({ code: 'storage/failed', reason: 'no disk' })),
      async shed(given: readonly MemoryStep[]) {
        if (given.length > 0) return undefined;
        await engine.clear();
        shed.push(index);
        return { code: 'memory/results-dropped' } as const;
      },
      async dispose() {
        await engine.dispose();
        disposed.push(index);
      },
    };
    return Promise.resolve(parts);
  });
  return { channel, devices, disposed, shed };
}

describe('the loop of the run thread', () => {
  it('gives pictures away in copies, so that a kept result can be shown again', async () => {
    const { channel } = startThread(() => Promise.resolve());
    expect((await channel.run(1))?.outcome).to.equal('success');
    expect((await channel.run(2))?.outcome).to.equal('success');
    const shown = channel.replies.flatMap((reply) =>
      reply.type === 'event' &&
      (reply.event.type === 'executed' || reply.event.type === 'execution-cached')
        ? reply.event.pictures.map(({ picture }) => [...picture.data])
        : [],
    );
    expect(shown).to.deep.equal([
      [1, 2, 3, 255],
      [1, 2, 3, 255],
    ]);
  });

  it('interrupts the run that is named, and no other', async () => {
    const { channel } = startThread(
      ({ signal }) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
          setTimeout(resolve, 100);
        }),
    );
    channel.send({ type: 'run', runId: 1, document: DOCUMENT });
    channel.send({ type: 'interrupt', runId: 99 });
    channel.send({ type: 'interrupt', runId: 1 });
    const second = await channel.run(2);
    const first = channel.replies.find((reply) => reply.type === 'finished' && reply.runId === 1);
    expect(first).to.have.property('outcome', 'interrupted');
    expect(second?.outcome).to.equal('success');
  });

  it('goes on with a new device when one is lost during a run, without telling of a failure', async () => {
    const { channel, devices, disposed } = startThread(async (_context, device) => {
      if (devices.length > 1) return;
      device.isLost = true;
      device.lose();
      await Promise.resolve();
    });
    expect((await channel.run(1))?.outcome).to.equal('success');
    const events = channel.replies.flatMap((reply) =>
      reply.type === 'event' ? reply.event.type : [],
    );
    expect(events).not.to.include('execution-error');
    expect(events).not.to.include('execution-interrupted');
    expect((await channel.run(2))?.outcome).to.equal('success');
    expect(disposed).to.deep.equal([0]);
    const told = channel.replies.filter(({ type }) => type === 'ready' || type === 'failed');
    expect(told.map(({ type }) => type)).to.deep.equal(['ready', 'failed', 'ready']);
    expect(channel.replies).to.deep.include({ type: 'failed', details: LOSS.details });
  });

  it('gives up after the third device that is lost in one run, in words', async () => {
    const { channel } = startThread((_context, device) => {
      device.isLost = true;
      device.lose();
      return Promise.resolve();
    });
    expect((await channel.run(1))?.outcome).to.equal('error');
    expect(channel.replies.filter(({ type }) => type === 'ready').length).to.be.at.least(3);
    expect(JSON.stringify(channel.replies)).to.include('the cable was pulled');
  });

  it('gives up what is kept when memory runs out, and tries once more', async () => {
    let tries = 0;
    const { channel, shed } = startThread(() => {
      tries++;
      if (tries > 1) return Promise.resolve();
      return Promise.reject(new AppError({ code: 'model/out-of-memory', reason: 'it is full' }));
    });
    expect((await channel.run(1))?.outcome).to.equal('success');
    expect(shed).to.deep.equal([0]);
    const told = channel.replies.flatMap((reply) => (reply.type === 'failed' ? reply.details : []));
    const [step] = told;
    expect(told.length).to.equal(1);
    expect(step && sayError(step)).to.match(/^Memory was short: .*The run goes on/);
  });

  it('tells which list it could not make, and sends the other', async () => {
    const { channel } = startThread(() => Promise.resolve());
    channel.send({ type: 'lists' });
    await channel.until(({ type }) => type === 'lists');
    expect(channel.replies).to.deep.include({
      type: 'lists',
      models: ['creatures'],
      loras: [],
      vaes: [],
      embeddings: [],
      pictures: [],
    });
    expect(channel.replies).to.deep.include({
      type: 'failed',
      details: { code: 'storage/failed', reason: 'no disk' },
    });
  });
});
