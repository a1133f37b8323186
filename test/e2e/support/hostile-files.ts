/** A node of a type that is not known. */
export const record = { type: 'A', version: 1, inputs: {} };
/** A graph without nodes. */
export const graph = { format: 'crossweave-graph', version: 1, layout: { nodes: {}, groups: [] } };
/** One value under many keys. */
export const many = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [i, value]));

/** Files that no graph is in, and what the page says of each. */
export const refusedFiles: Readonly<Record<string, readonly [text: string, words: RegExp]>> = {
  'prototype.json': [
    JSON.stringify({ ...graph, nodes: {} }).replace('{}', '{"__proto__":{}}'),
    /__proto__/,
  ],
  'crowd.json': [
    JSON.stringify({ ...graph, nodes: many(100_000, record) }),
    /too many nodes: 100000/,
  ],
  'workflow-crowd.json': [
    JSON.stringify({
      nodes: Array.from({ length: 6000 }, (_, id) => ({ id, type: 'A' })),
      links: [],
    }),
    /6000|6,000/,
  ],
  'deep.json': ['{"a":'.repeat(200_000), /nest/],
  'big.json': [`"${'x'.repeat(20_000_001)}"`, /bytes|MB/],
  'infinite.json': [
    JSON.stringify({
      ...graph,
      nodes: { 1: record },
      layout: { nodes: { 1: { pos: [0, 0] } }, groups: [] },
    }).replace('[0,0]', '[1e999,0]'),
    /JSON|number/,
  ],
  'half.json': ['{"format":"crossweave-gra', /JSON/],
};

/** A text that would run if it were ever markup. */
export const script =
  '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>';

const crowd = { ...graph, nodes: many(5000, record) };
const grid = Object.fromEntries(
  Array.from({ length: 5000 }, (_, i) => [i, { pos: [(i % 70) * 240, Math.floor(i / 70) * 120] }]),
);
const linked = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`i${String(i)}`, { link: ['0', 'o'] }]),
  );

/** Files that are graphs, as large and as wild as the limits let them be. */
export const acceptedFiles: Readonly<Record<string, string>> = {
  'most-nodes.json': JSON.stringify({ ...crowd, layout: { nodes: grid, groups: [] } }),
  'one-place.json': JSON.stringify(crowd),
  'far-apart.json': JSON.stringify({
    ...graph,
    nodes: many(2, record),
    layout: { nodes: { 0: { pos: [-1e300, 1e300] }, 1: { pos: [1e300, -1e300] } }, groups: [] },
  }),
  'titles.json': JSON.stringify({
    ...graph,
    title: script,
    nodes: many(15, { ...record, title: script + 'w'.repeat(1_000_000) }),
  }),
  'inputs.json': JSON.stringify({
    ...graph,
    nodes: {
      0: record,
      ...Object.fromEntries(
        Array.from({ length: 25 }, (_, i) => [i + 1, { ...record, inputs: linked(2000) }]),
      ),
    },
  }),
  'loops.json': JSON.stringify({
    ...graph,
    nodes: Object.fromEntries(
      Array.from({ length: 3000 }, (_, i) => [
        i,
        {
          ...record,
          inputs: { a: { link: [String((i + 1) % 3000), 'o'] }, b: { link: [String(i), 'o'] } },
        },
      ]),
    ),
  }),
  'duplicates.json': JSON.stringify({
    version: 0.4,
    nodes: Array.from({ length: 4000 }, () => ({ id: 7, type: 'A', pos: [null, 'x'] })),
    links: Array.from({ length: 50_000 }, (_, i) => [i, 7, 0, 7, 0, '*']),
  }),
};
