import type { WorkSum } from '../core/forecast/settle-work.js';
import type { NodeId } from '../core/graph/types.js';
import type { RunForecast } from './run-outlook.js';

/** Seconds for 10⁹ multiply-adds, by provider, network and model. */
export type Speeds = Readonly<Record<string, number>>;

/** Runs of fewer U-Net forwards say little of its speed. */
const FEWEST_FORWARDS = 4;

/** How long some work takes, and whether something in it was never measured. */
export interface TimeForecast {
  readonly seconds: number;
  readonly isPartial: boolean;
}

/** How long work takes at measured speeds; undefined when none of it was measured. */
export function timeOf(
  work: ReadonlyMap<string, WorkSum>,
  provider: string,
  speeds: Speeds,
): TimeForecast | undefined {
  let seconds = 0;
  let measured = 0;
  let open = 0;
  for (const [unit, { multiplyAdds }] of work) {
    const speed = speeds[`${provider} ${unit}`];
    if (speed === undefined) open += 1;
    else {
      measured += 1;
      seconds += (speed * multiplyAdds) / 1e9;
    }
  }
  return measured === 0 ? undefined : { seconds, isPartial: open > 0 };
}

/**
 * The speeds that a run showed: what its nodes took over what they were forecast to do. Of the U-Net the work counted by
 * the run is taken, as some of it may have been kept from before; other networks run once a node.
 */
export function measuredSpeeds(
  { work }: RunForecast,
  provider: string,
  elapsed: ReadonlyMap<NodeId, number>,
  counted: number,
): Speeds {
  const unitMs = new Map<string, { ms: number; multiplyAdds: number }>();
  for (const [id, units] of work.nodes) {
    const ms = elapsed.get(id);
    const [unit, sum] = [...units][0] ?? [];
    // A node that asks two networks does not tell them apart.
    if (ms === undefined || unit === undefined || sum === undefined || units.size > 1) continue;
    const known = unitMs.get(unit) ?? { ms: 0, multiplyAdds: 0 };
    unitMs.set(unit, { ms: known.ms + ms, multiplyAdds: known.multiplyAdds + sum.multiplyAdds });
  }
  const speeds: Record<string, number> = {};
  for (const [unit, { ms, multiplyAdds }] of unitMs) {
    const done = unit.startsWith('unet ')
      ? countedMultiplyAdds(work.total.get(unit), counted)
      : multiplyAdds;
    if (done > 0) speeds[`${provider} ${unit}`] = ms / 1000 / (done / 1e9);
  }
  return speeds;
}

function countedMultiplyAdds(total: WorkSum | undefined, counted: number): number {
  if (total === undefined || counted < FEWEST_FORWARDS || total.equivalents === 0) return 0;
  return (counted / total.equivalents) * total.multiplyAdds;
}
