const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How far apart versions of an age stay, in milliseconds: the older, the fewer. */
const gaps: readonly { readonly until: number; readonly gap: number }[] = [
  { until: 2 * minute, gap: 0 },
  { until: 10 * minute, gap: 10_000 },
  { until: hour, gap: minute },
  { until: day, gap: 10 * minute },
  { until: 30 * day, gap: 6 * hour },
  { until: Infinity, gap: 7 * day },
];

/** The most versions that a graph keeps; starred ones count, but never go. */
export const versionLimit = 200;

/**
 * The versions that stay, of a list with the newest first: every one of the last two minutes, then one in ten seconds, one a minute, one in
 * ten minutes, one in six hours, one a week. The newest, the oldest and the starred ones always stay; above
 * {@link versionLimit} the oldest others go.
 */
export function thinVersions<Version extends { savedAt: number; isKept: boolean }>(
  versions: readonly Version[],
  now: number,
): readonly Version[] {
  let newer = Infinity;
  const spaced = versions.filter((version, index) => {
    const { savedAt, isKept } = version;
    const gap = gaps.find(({ until }) => now - savedAt < until)?.gap ?? 0;
    const isEdge = index === 0 || index === versions.length - 1;
    if (!isEdge && !isKept && newer - savedAt < gap) return false;
    newer = savedAt;
    return true;
  });
  let surplus = spaced.length - versionLimit;
  if (surplus <= 0) return spaced;
  const oldestFirst = [...spaced].reverse().filter((version, index) => {
    const isFree = !version.isKept && index !== 0 && index !== spaced.length - 1;
    if (!isFree || surplus <= 0) return true;
    surplus -= 1;
    return false;
  });
  return oldestFirst.reverse();
}
