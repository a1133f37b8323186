import uFuzzy from '@leeoniya/ufuzzy';

/** Whole words first, in any order, each with one slip of the finger. */
// The mode is an ambient enum, which a module compiled alone cannot name.
const words = new uFuzzy({ intraMode: 1, intraIns: 1 });

/** Then letters in order, however far apart, so that `loim` finds Load Image. */
const letters = new uFuzzy({ intraIns: Infinity, intraChars: '.' });

/**
 * The items that a query finds by one of their names, best first; all of them, in their own order, for an empty
 * query. Accents do not matter.
 */
export function findByName<Item>(
  query: string,
  items: readonly Item[],
  namesOf: (item: Item) => readonly string[],
): readonly Item[] {
  const needle = uFuzzy.latinize(query.trim());
  if (needle === '') return items;
  const named = items.flatMap((item) =>
    namesOf(item).map((name) => ({ item, name: uFuzzy.latinize(name) })),
  );
  const haystack = named.map(({ name }) => name);
  const found = new Set<Item>();
  for (const [finder, query] of [
    [words, needle],
    [letters, needle.replaceAll(/\s+/g, '')],
  ] as const) {
    const [indexes, info, order] = finder.search(haystack, query, finder === words ? 4 : 0);
    const ranked = info ? order.map((at) => info.idx[at]) : (indexes ?? []);
    for (const index of ranked) {
      const entry = index === undefined ? undefined : named[index];
      if (entry) found.add(entry.item);
    }
  }
  return [...found];
}
