import { expect } from '@open-wc/testing';
import type { RunEvent } from '../../src/core/engine/events.js';
import type { Zone } from '../../src/core/graph/zones.js';
import { estimateLeft, type TimeLeft } from '../../src/app/run-estimate.js';
import { createRunRecord, recordEvent, resumedAt } from '../../src/app/run-record.js';

type Row = readonly [at: number, kind: string, node: unknown, a?: number, b?: number];

interface Recorded {
  readonly zone: { readonly start: string; readonly passes: readonly [number, number] };
  readonly events: readonly Row[];
}

const body = new Set(['17', '18', '19', '20']);

function eventOf([, kind, node, a = 0, b = 0]: Row, passes: readonly [number, number]): RunEvent {
  const nodeId = String(node);
  const place = { nodeId, ...(a >= 0 && { pass: a }) };
  switch (kind) {
    case 'start':
      return { type: 'execution-start', nodes: node as string[] };
    case 'begin':
      return { type: 'executing', ...place, ...(a >= 0 && { passes }) };
    case 'part':
      return { type: 'progress', nodeId, done: a, total: b };
    case 'end':
      return {
        type: 'executed',
        ...place,
        elapsedMs: b,
        byteLength: 0,
        pictures: [],
        warnings: [],
      };
    default:
      return { type: 'execution-success', elapsedMs: 0 };
  }
}

/** What the estimator said while a recorded run went on, event by event. */
function replay({ zone, events }: Recorded, known: ReadonlyMap<string, number>) {
  const whole: Zone = { start: zone.start, end: '21', body, side: new Set(), parent: undefined };
  const zoneOf = (id: string) => (body.has(id) ? whole : undefined);
  const [first] = events;
  const record = createRunRecord(first?.[2] as string[]);
  const total = events.at(-1)?.[0] ?? 0;
  const said: { at: number; real: number; told: TimeLeft | undefined; passes: number }[] = [];
  for (const row of events) {
    const [at] = row;
    recordEvent(record, eventOf(row, zone.passes), zoneOf, at);
    const told = estimateLeft(record, known, (id) => zoneOf(id)?.start, at);
    const passes = record.zones.get(zone.start)?.passStarts.length ?? 0;
    said.push({ at, real: total - at, told, passes });
  }
  return { said, total, record };
}

describe('the time that a run still takes', () => {
  let recorded: Recorded;

  before(async () => {
    const answer = await fetch(new URL('../fixtures/runs/first-transfer.json', import.meta.url));
    recorded = (await answer.json()) as Recorded;
  });

  it('is not told in a first run before two passes were measured', () => {
    const { said } = replay(recorded, new Map());
    const early = said.filter(({ passes }) => passes < 3);
    expect(early.length).to.be.greaterThan(50);
    expect(early.every(({ told }) => told === undefined)).to.equal(true);
  });

  it('is then a lower bound, as nothing is known of what follows the loop', () => {
    const { said } = replay(recorded, new Map());
    const later = said.filter(({ passes, real }) => passes >= 3 && real > 1000);
    expect(later.every(({ told }) => told?.isAtLeast === true)).to.equal(true);
  });

  it('is within a third of the truth, in the middle of all that is said of the loop', () => {
    const { said } = replay(recorded, new Map());
    const errors = said
      .filter(({ passes, real }) => passes >= 3 && real > 1000)
      .map(({ told, real }) => Math.abs((told?.ms ?? 0) - real) / real)
      .sort((a, b) => a - b);
    expect(errors[Math.floor(errors.length / 2)]).to.be.lessThan(1 / 3);
  });

  it('is told before the loop when an earlier run has measured every node', () => {
    const known = new Map<string, number>();
    for (const [, kind, node, , elapsed = 0] of recorded.events) {
      if (kind === 'end') known.set(String(node), (known.get(String(node)) ?? 0) + elapsed);
    }
    const { said, total } = replay(recorded, known);
    const early = said.filter(({ passes, at }) => passes === 0 && at > 0);
    expect(early.length).to.be.greaterThan(20);
    for (const { told, real } of early) {
      expect(told?.isAtLeast).to.equal(false);
      expect(Math.abs((told?.ms ?? 0) - real)).to.be.lessThan(total / 4);
    }
  });

  it('counts only computed passes: a loop that goes on from kept ones says where', () => {
    const { record } = replay(recorded, new Map());
    const zone = record.zones.get('16');
    expect(zone && resumedAt(zone)).to.equal(undefined);
    const late = recorded.events.filter(([, , , pass = -1]) => pass === -1 || pass >= 51);
    const again = replay({ ...recorded, events: late }, new Map()).record.zones.get('16');
    expect(again && resumedAt(again)).to.deep.equal({ at: 51, saved: 0.75 });
  });
});
