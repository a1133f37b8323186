import { expect } from '@open-wc/testing';
import type { RunEvent } from '../../src/core/engine/events.js';
import { emptyDocument } from '../../src/core/graph/edits.js';
import { createRunClient, type RunClient } from '../../src/worker/run-client.js';
import type { DeviceVerdict } from '../../src/worker/messages.js';

/** A run thread in a few lines: answers runs with one event, or dies when the graph is called `crash`. */
const script = `
  const isFirst = self.name === '1';
  postMessage({ type: 'ready', device: { provider: 'wasm', reason: 'a test', threads: 1 } });
  onmessage = ({ data }) => {
    if (data.type === 'inspect' && data.place.node === '9') throw new Error('out of luck');
    if (data.type === 'inspect') {
      const description = { type: data.socketType, text: data.place.node, facts: [] };
      const value = { kind: 'kept', pass: undefined, description };
      postMessage({ type: 'inspected', requestId: data.requestId, value });
    }
    if (data.type === 'lists') postMessage({ type: 'lists', models: ['m'], pictures: ['p.png'] });
    if (data.type === 'interrupt') postMessage(done(data.runId, 'interrupted'));
    if (data.type !== 'run') return;
    if (isFirst) postMessage({ type: 'kept', result: { signature: 's', entry: [7], bytes: 4 } });
    if (data.document.title === 'crash' || (data.document.title === 'crash once' && isFirst)) throw new Error('out of luck');
    const event = { type: 'execution-start', nodes: data.targets ?? (data.kept ?? []).map(({ signature }) => signature) };
    postMessage({ type: 'event', runId: data.runId - 1, event });
    postMessage({ type: 'event', runId: data.runId, event });
    if (data.document.title !== 'endless') postMessage(done(data.runId, 'success'));
  };
  const done = (runId, outcome) => ({ type: 'finished', runId, outcome, problems: [], bytesRead: 0 });
`;

describe('the run client', () => {
  let client: RunClient;
  let started: number;
  let devices: DeviceVerdict[];
  let failures: string[];
  let events: RunEvent[];

  beforeEach(() => {
    started = 0;
    devices = [];
    failures = [];
    events = [];
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    client = createRunClient(
      () => {
        started += 1;
        return new Worker(url, { type: 'module', name: String(started) });
      },
      {
        deviceChanged: (device) => devices.push(device),
        failed: ({ code }) => failures.push(code),
        event: (_runId, event) => events.push(event),
      },
    );
  });

  afterEach(() => {
    client.dispose();
  });

  it('runs a document, passes its events on and tells how it ended', async () => {
    const result = await client.run(emptyDocument(), ['4']);
    expect(result.outcome).to.equal('success');
    expect(devices[0]?.reason).to.equal('a test');
    expect(events).to.deep.equal([{ type: 'execution-start', nodes: ['4'] }]);
  });

  it('answers what is asked of values, each question with its own answer', async () => {
    const ask = (node: string) => client.inspect({ node, output: 'INT' }, 'INT');
    const [first, second] = await Promise.all([ask('1'), ask('2')]);
    expect(first.kind === 'kept' && first.description.text).to.equal('1');
    expect(second.kind === 'kept' && second.description.text).to.equal('2');
    expect((await ask('9')).kind).to.equal('not-kept');
  });

  it('asks a run to stop', async () => {
    const run = client.run({ ...emptyDocument(), title: 'endless' });
    client.interrupt();
    expect((await run).outcome).to.equal('interrupted');
  });

  it('refuses a second run while one goes on', async () => {
    const run = client.run({ ...emptyDocument(), title: 'endless' });
    let refusal: unknown;
    await client.run(emptyDocument()).catch((error: unknown) => (refusal = error));
    expect(refusal).to.be.instanceOf(Error);
    client.interrupt();
    await run;
  });

  it('goes on with a run on a new thread when the first one dies, from what that had finished', async () => {
    const result = await client.run({ ...emptyDocument(), title: 'crash once' });
    expect(result.outcome).to.equal('success');
    expect(failures).to.deep.equal(['worker/crashed']);
    expect(started).to.equal(2);
    expect(events).to.deep.equal([{ type: 'execution-start', nodes: ['s'] }]);
    await client.run(emptyDocument());
    expect(events.at(-1)).to.deep.equal({ type: 'execution-start', nodes: [] });
  });

  it('fails the run in words when its second thread dies too, and runs the next on a third', async () => {
    const result = await client.run({ ...emptyDocument(), title: 'crash' });
    expect(result.outcome).to.equal('error');
    expect(failures).to.deep.equal(['worker/crashed', 'worker/crashed']);
    expect((await client.run(emptyDocument())).outcome).to.equal('success');
    expect(started).to.equal(3);
  });

  it('gives the lists of widgets to all who asked', async () => {
    const [a, b] = await Promise.all([client.lists(), client.lists()]);
    expect(a.models).to.deep.equal(['m']);
    expect(b.pictures).to.deep.equal(['p.png']);
  });
});
