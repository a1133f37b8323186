import type { GraphDocument } from '../../src/core/graph/types.js';
import { faultKinds, type FaultKind, type FaultPlan, type Phase } from './faulty-services.js';
import { FaultyThread, type RunTold } from './harness.js';

/** What became of the faults of one kind in one phase. */
export interface FaultRow {
  readonly kind: FaultKind;
  readonly phase: Phase;
  injected: number;
  /** The run gave the right picture all the same. */
  survived: number;
  /** The run ended with the error that was injected, and the next run gave the right picture. */
  named: number;
  /** Anything else: a wrong picture, another error, a session of no more use, a leak. */
  lost: number;
  readonly complaints: string[];
}

const PHASES: readonly Phase[] = ['load', 'encode', 'predict', 'pair', 'decode', 'save'];

/** Places of a phase's calls at which faults strike: its first, its last, and every fifth between. */
function strikes(calls: number): readonly number[] {
  const between = Array.from({ length: Math.floor(calls / 5) }, (_, i) => 5 * (i + 1));
  return [...new Set([1, ...between, calls])].filter((call) => call <= calls);
}

/** Every plan for runs of a document: each kind at each phase's places, as often as `most` allows, spread evenly. */
async function plansFor(document: GraphDocument, most: number): Promise<readonly FaultPlan[]> {
  const thread = new FaultyThread();
  await thread.run(document);
  const calls = new Map(thread.world.calls);
  await thread.end();
  const kinds = Object.keys(faultKinds) as FaultKind[];
  const all = PHASES.flatMap((phase) =>
    strikes(calls.get(phase) ?? 0).flatMap((call) => kinds.map((kind) => ({ kind, phase, call }))),
  );
  const count = Math.min(most, all.length);
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]).filter(
    (plan) => plan !== undefined,
  );
}

/** Injects up to `most` faults, each into a run of a new thread, and runs again afterwards. */
export async function runCampaign(
  document: GraphDocument,
  most: number,
): Promise<{ readonly rows: readonly FaultRow[]; readonly injected: number }> {
  const good = new FaultyThread();
  const { result } = await good.run(document);
  await good.end();
  if (result === '') throw new Error('The run without a fault shows no result.');
  const rows = new Map<string, FaultRow>();
  const plans = await plansFor(document, most);
  for (const plan of plans) {
    const key = `${plan.kind} ${plan.phase}`;
    const row = rows.get(key) ?? {
      kind: plan.kind,
      phase: plan.phase,
      injected: 0,
      survived: 0,
      named: 0,
      lost: 0,
      complaints: [],
    };
    rows.set(key, row);
    await injectOne(document, plan, result, row);
  }
  return { rows: [...rows.values()], injected: plans.length };
}

async function injectOne(
  document: GraphDocument,
  plan: FaultPlan,
  result: string,
  row: FaultRow,
): Promise<void> {
  const thread = new FaultyThread();
  const first = await thread.run(document, plan);
  const { hasStruck } = thread.world;
  const second = await thread.run(document);
  const leaked = await thread.end();
  row.injected++;
  const complaint = complaintOf(plan, first, second, { hasStruck, leaked, result });
  if (complaint !== undefined) {
    row.lost++;
    row.complaints.push(`${plan.kind} at ${plan.phase} ${String(plan.call)}: ${complaint}`);
  } else if (first.outcome === 'success') row.survived++;
  else row.named++;
}

function complaintOf(
  { kind }: FaultPlan,
  first: RunTold,
  second: RunTold,
  seen: { readonly hasStruck: boolean; readonly leaked: number; readonly result: string },
): string | undefined {
  if (!seen.hasStruck) return 'it was never reached';
  if (first.outcome === 'success' && first.result !== seen.result) return 'a wrong picture';
  const expected = faultKinds[kind]?.code ?? 'a mistake';
  if (first.outcome !== 'success' && !first.codes.every((code) => code === expected)) {
    return `it was told as ${first.codes.join(', ')}`;
  }
  if (first.outcome !== 'success' && first.codes.length === 0) return 'nobody was told';
  if (second.outcome !== 'success' || second.result !== seen.result) {
    return `the next run ended with ${second.outcome} (${second.codes.join(', ')})`;
  }
  return seen.leaked === 0 ? undefined : `${String(seen.leaked)} tensors or claims were left`;
}

/** The rows as a table with their totals. */
export function faultTable(rows: readonly FaultRow[]): string {
  const line = (kind: string, phase: string, cells: readonly (string | number)[]): string =>
    kind.padEnd(18) + phase.padEnd(10) + cells.map((cell) => String(cell).padStart(10)).join('');
  const cells = ({ injected, survived, named, lost }: Omit<FaultRow, 'kind' | 'phase'>) => [
    injected,
    survived,
    named,
    lost,
  ];
  const sum = (of: (row: FaultRow) => number): number =>
    rows.reduce((all, row) => all + of(row), 0);
  const totals = [
    sum((row) => row.injected),
    sum((row) => row.survived),
    sum((row) => row.named),
    sum((row) => row.lost),
  ];
  return [
    line('fault', 'phase', ['injected', 'survived', 'named', 'lost']),
    ...rows.map((row) => line(row.kind, row.phase, cells(row))),
    line('all', '', totals),
  ].join('\n');
}
