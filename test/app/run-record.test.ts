import { expect } from '@open-wc/testing';
import {
  createRunRecord,
  picturesOf,
  recordEvent,
  type RunRecord,
} from '../../src/app/run-record.js';
import { reportProgress } from '../../src/app/run-progress.js';
import type { RunEvent } from '../../src/core/engine/events.js';
import type { Zone } from '../../src/core/graph/zones.js';

const zone: Zone = {
  start: '1',
  end: '4',
  body: new Set(['2', '3']),
  side: new Set(),
  parent: undefined,
};
const zoneOf = (id: string): Zone | undefined => (zone.body.has(id) ? zone : undefined);
const picture = (shade: number) => ({
  width: 1,
  height: 1,
  data: new Uint8ClampedArray([shade, 0, 0, 255]),
});

/** Runs `passes` passes of ten milliseconds through the zone of `total`. */
function runPasses(record: RunRecord, passes: number, total: number): void {
  for (let pass = 0; pass < passes; pass++) {
    for (const [index, nodeId] of ['2', '3'].entries()) {
      const now = 1000 + pass * 10 + index * 5;
      const place = { nodeId, pass };
      recordEvent(record, { type: 'executing', ...place, passes: [0, total] }, zoneOf, now);
      recordEvent(record, { type: 'preview', ...place, picture: picture(pass) }, zoneOf, now);
      const done = { elapsedMs: 5, byteLength: 0, pictures: [], warnings: [] };
      recordEvent(record, { type: 'executed', ...place, ...done }, zoneOf, now + 5);
    }
  }
}

describe('the record of a run', () => {
  it('queues the announced nodes and shows their own parts', () => {
    const record = createRunRecord(['9']);
    expect(record.nodes.get('9')?.status.kind).to.equal('queued');
    recordEvent(record, { type: 'executing', nodeId: '9' }, zoneOf, 0);
    recordEvent(record, { type: 'progress', nodeId: '9', done: 3, total: 10 }, zoneOf, 0);
    expect(record.nodes.get('9')?.status).to.deep.equal({
      kind: 'running',
      done: 3,
      total: 10,
      isPass: false,
    });
  });

  it('counts passes in a zone and ends with the sum of the times', () => {
    const record = createRunRecord(['2', '3']);
    runPasses(record, 2, 3);
    expect(record.nodes.get('2')?.status).to.deep.include({ kind: 'running', done: 2, total: 3 });
    expect(record.zones.get('1')?.finished).to.equal(2);
    runPasses(record, 3, 3);
    expect(record.nodes.get('2')?.status).to.deep.equal({ kind: 'done', elapsedMs: 25 });
  });

  it('keeps the pictures of every pass, the newest in front', () => {
    const record = createRunRecord(['2', '3']);
    runPasses(record, 3, 3);
    const shadeAt = (pass: number | undefined) =>
      picturesOf(record.nodes.get('2'), pass)[0]?.picture.data[0];
    expect([shadeAt(0), shadeAt(1), shadeAt(undefined)]).to.deep.equal([0, 1, 2]);
  });

  it('keeps what was computed after a cancel, and forgets what only waited', () => {
    const record = createRunRecord(['2', '3', '9']);
    runPasses(record, 1, 3);
    recordEvent(record, { type: 'execution-interrupted' }, zoneOf, 2000);
    expect(record.nodes.has('9')).to.equal(false);
    expect(picturesOf(record.nodes.get('2'), undefined)).to.have.length(1);
    expect(record.nodes.get('2')?.status.kind).to.equal('done');
  });

  it('tells cached nodes from computed ones', () => {
    const record = createRunRecord(['9']);
    const event: RunEvent = {
      type: 'execution-cached',
      nodeId: '9',
      pictures: [],
      warnings: ['w'],
    };
    recordEvent(record, event, zoneOf, 0);
    expect(record.nodes.get('9')?.status).to.deep.equal({ kind: 'cached' });
    expect(record.nodes.get('9')?.warnings).to.deep.equal(['w']);
  });
});

describe('time left', () => {
  const titleOf = (id: string): string => `node ${id}`;
  const startOf = (id: string) => zoneOf(id)?.start;

  it('is not told before two passes were measured', () => {
    const record = createRunRecord(['2', '3']);
    runPasses(record, 2, 100);
    expect(reportProgress(record, new Map(), titleOf, startOf, 1010).left).to.equal('');
  });

  it('comes from the passes that were measured', () => {
    const record = createRunRecord(['2', '3']);
    runPasses(record, 3, 303);
    const report = reportProgress(record, new Map(), titleOf, startOf, 1030);
    expect(report.left).to.equal('about 3 s left');
    expect(report.text).to.equal('Pass 3/303');
    expect(report.share).to.be.within(0, 0.02);
  });

  it('counts a cached node as nothing to do', () => {
    const record = createRunRecord(['8', '9']);
    recordEvent(
      record,
      { type: 'execution-cached', nodeId: '8', pictures: [], warnings: [] },
      zoneOf,
      0,
    );
    expect(reportProgress(record, new Map(), titleOf, startOf, 0).share).to.equal(0);
  });
});
