import type { LaneEntry, PassRange } from './schedule-lanes.js';

/**
 * The shortest entries that give these cells: later entries lie on earlier ones, so that `app 11..67; struct 11..36/5`
 * needs no gaps in its first entry. Passes after the cells, and what no entry names, hold `otherwise`.
 */
export function entriesOfCells<Value>(
  cells: readonly Value[],
  values: readonly Value[],
  otherwise: Value,
): readonly LaneEntry<Value>[] {
  const present = values.filter((value) => cells.includes(value));
  // Every order is tried of up to five values; of more, the one that lays the most frequent lowest.
  const orders = present.length <= 5 ? ordersOf(present) : [byFrequency(cells, present)];
  let best: readonly LaneEntry<Value>[] | undefined;
  let bestCost = Infinity;
  for (const order of orders) {
    const entries = layer(cells, order, otherwise);
    const cost = entries.reduce((sum, { ranges }) => sum + 2 + costOf(ranges), 0);
    if (cost < bestCost) [best, bestCost] = [entries, cost];
  }
  return best ?? [];
}

/** About how many signs ranges take. */
function costOf(ranges: readonly PassRange[]): number {
  return ranges.reduce(
    (sum, { first, last, every }) => sum + (first === last ? 1 : 2) + (every > 1 ? 1 : 0),
    0,
  );
}

function byFrequency<Value>(cells: readonly Value[], values: readonly Value[]): readonly Value[] {
  const counts = new Map<Value, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...values].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}

function ordersOf<Value>(values: readonly Value[]): readonly (readonly Value[])[] {
  if (values.length < 2) return [values];
  return values.flatMap((value) =>
    ordersOf(values.filter((other) => other !== value)).map((rest) => [value, ...rest]),
  );
}

/** Entries with the values in this order, each free to run under those after it. */
function layer<Value>(
  cells: readonly Value[],
  order: readonly Value[],
  otherwise: Value,
): readonly LaneEntry<Value>[] {
  const entries: LaneEntry<Value>[] = [];
  order.forEach((value, k) => {
    if (k === 0 && value === otherwise) return;
    const over = new Set(order.slice(k + 1));
    const ranges = over.size > 0 ? runsOf(cells, value, over) : progressionsOf(cells, value);
    if (ranges.length > 0) entries.push({ value, ranges });
  });
  return entries;
}

/** Stretches of a value and of those that later entries paint over it; at their ends one such cell at most. */
function runsOf<Value>(
  cells: readonly Value[],
  value: Value,
  over: ReadonlySet<Value>,
): readonly PassRange[] {
  const ranges: PassRange[] = [];
  for (let start = 0; start < cells.length; start += 1) {
    if (cells[start] !== value) continue;
    let last = start;
    let end = start + 1;
    while (end < cells.length && (cells[end] === value || over.has(cells[end] as Value))) {
      if (cells[end] === value) last = end;
      end += 1;
    }
    const isTail = end - 1 - last === 1;
    const isHead =
      start > 0 && over.has(cells[start - 1] as Value) && !over.has(cells[start - 2] as Value);
    ranges.push({ first: isHead ? start - 1 : start, last: isTail ? end - 1 : last, every: 1 });
    start = end;
  }
  return ranges;
}

/** The passes of a value as single passes, stretches, and patterns of at least three. */
function progressionsOf<Value>(cells: readonly Value[], value: Value): readonly PassRange[] {
  const passes = cells.flatMap((cell, pass) => (cell === value ? [pass] : []));
  const ranges: PassRange[] = [];
  for (let i = 0; i < passes.length;) {
    const first = passes[i] ?? 0;
    const every = (passes[i + 1] ?? first + 1) - first;
    let count = 1;
    while (passes[i + count] === first + count * every) count += 1;
    if (every > 1 && count < 3) count = 1;
    ranges.push({ first, last: first + (count - 1) * every, every: count === 1 ? 1 : every });
    i += count;
  }
  return ranges;
}
