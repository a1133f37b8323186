import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What to put before a command so that a lane keeps to its own share of the cores, one entry a lane. Threads that wait
 * for one another by spinning (WebAssembly's, the software graphics adapter's) cost several times the time as soon as
 * lanes take cores from each other. Empty for a lane where the system cannot do it or there are fewer cores than lanes.
 */
export function commandsOfLanes(lanes: number): readonly (readonly string[])[] {
  const cores = canPin() ? allowedCores() : [];
  return coresOfLanes(cores, lanes).map((own) =>
    own.length === 0 ? [] : ['taskset', '-c', own.join()],
  );
}

/** Cores parted among lanes in runs of nearly equal length; none for any lane where there are fewer cores than lanes. */
export function coresOfLanes(cores: readonly number[], lanes: number): readonly number[][] {
  const edge = (lane: number): number => Math.round((lane * cores.length) / lanes);
  return Array.from({ length: lanes }, (_none, lane) =>
    cores.length < lanes ? [] : cores.slice(edge(lane), edge(lane + 1)),
  );
}

/** The numbers in a list of cores as Linux writes it, such as `0-3,8`; empty for what is no such list. */
export function parseCoreList(list: string): readonly number[] {
  return list.split(',').flatMap((part) => {
    const ends = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (!ends) return [];
    const [first, last] = [Number(ends[1]), Number(ends[2] ?? ends[1])];
    return Array.from({ length: last - first + 1 }, (_none, offset) => first + offset);
  });
}

function canPin(): boolean {
  return process.platform === 'linux' && spawnSync('taskset', ['--version']).status === 0;
}

/** The cores that this process may use, by number. */
function allowedCores(): readonly number[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  return parseCoreList(/^Cpus_allowed_list:(.*)$/m.exec(status)?.[1] ?? '');
}
