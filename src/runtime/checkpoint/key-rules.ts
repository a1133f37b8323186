/** A row of a table that renames keys: what a key looks like, and its diffusers name, with the groups of the pattern. */
export type KeyRule = readonly [pattern: RegExp, name: string | ((...groups: string[]) => string)];

/** The diffusers name of a key by the first rule that fits; undefined when none does. */
export function renameKey(key: string, rules: readonly KeyRule[]): string | undefined {
  for (const [pattern, name] of rules) {
    const match = pattern.exec(key);
    if (match === null) continue;
    const groups = match.slice(1);
    if (typeof name !== 'string') return name(...groups);
    return name.replace(/\$(\d)/g, (_unused, group: string) => groups[Number(group) - 1] ?? '');
  }
  return undefined;
}
