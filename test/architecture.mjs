/** The rooms of the house, what each may import besides itself, and the libraries that it alone may use. */
const ROOMS = {
  core: { path: '^src/core/', imports: [] },
  tensor: { path: '^src/tensor/', imports: [] },
  creatures: { path: '^src/creatures/', imports: ['tensor'] },
  diffusion: { path: '^src/diffusion/', imports: ['core', 'tensor'] },
  nodes: { path: '^nodes/', imports: ['core', 'tensor', 'creatures', 'diffusion'] },
  runtime: { path: '^src/runtime/', imports: ['core', 'tensor', 'diffusion'] },
  storage: { path: '^src/storage/', imports: ['core'] },
  worker: { path: '^src/worker/', imports: ['core'] },
  'service-worker': { path: '^src/service-worker/', imports: [] },
  texts: { path: '^src/texts/', imports: ['core'] },
  editor: { path: '^src/editor/', imports: ['core', 'texts'] },
  ui: { path: '^src/ui/', imports: ['core', 'texts'] },
  app: {
    path: '^src/app/',
    imports: ['core', 'diffusion', 'nodes', 'storage', 'worker', 'texts', 'editor', 'ui'],
  },
};

/** The files of the two threads that introduce rooms to each other. */
const RUN_WORKER = '^src/worker/(run-worker\\.ts$|models/)';

/** One room owns one library: the files that may import it, as a pattern. */
const LIBRARIES = {
  'onnxruntime-(web|node|common)': '^src/runtime/',
  'litegraph\\.js': '^src/editor/',
  'idb-keyval': '^src/storage/',
  valibot: '^src/core/graph/parse\\.ts$',
  lit: '^src/(ui|app)/',
  '@leeoniya/ufuzzy': '^src/ui/search\\.ts$',
};

const roomRules = Object.entries(ROOMS).map(([name, { path, imports }]) => ({
  name: `${name}-imports-down`,
  comment: `${name} may import ${['itself', ...imports].join(', ')}.`,
  severity: 'error',
  from: name === 'worker' ? { path, pathNot: RUN_WORKER } : { path },
  to: {
    path: '^(src|nodes|tools|test)/',
    pathNot: [path, ...imports.map((room) => ROOMS[room].path)],
  },
}));

const libraryRules = Object.entries(LIBRARIES).map(([library, owner]) => ({
  name: `${library.replaceAll(/[^a-z-]/g, '')}-has-one-owner`,
  comment: `Only ${owner} may import ${library}.`,
  severity: 'error',
  from: { path: '^(src|nodes)/', pathNot: owner },
  to: { path: `(^|/)node_modules/${library}/` },
}));

export default {
  forbidden: [
    ...roomRules,
    ...libraryRules,
    {
      name: 'run-worker-imports-down',
      comment:
        'run-worker.ts and models/ may import worker, nodes, runtime, storage and what they stand on.',
      severity: 'error',
      from: { path: RUN_WORKER },
      to: { path: '^src/(app|editor|ui)/|^(tools|test)/' },
    },
    {
      name: 'core-graph-runs-nothing',
      comment: 'The document and the definitions know types of the engine, never its code.',
      severity: 'error',
      from: { path: '^src/core/(graph|node)/' },
      to: { path: '^src/core/engine/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ui-knows-core-by-type',
      comment: 'A lit element gets its values as properties; of core it imports types only.',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/core/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'node-imports-no-node',
      comment: 'Nodes are told apart; only the table nodes/index.ts imports them.',
      severity: 'error',
      from: { path: '^nodes/', pathNot: '^nodes/index\\.ts$' },
      to: { path: '^nodes/' },
    },
    {
      name: 'tools-stand-on-top',
      comment: 'Tools may import src and nodes; nothing that ships imports a tool.',
      severity: 'error',
      from: { path: '^(src|nodes)/' },
      to: { path: '^(tools|test)/' },
    },
    {
      name: 'no-node-in-the-browser',
      comment: 'Only the runtime for Node may import Node’s own modules.',
      severity: 'error',
      from: { path: '^(src|nodes)/', pathNot: '^src/runtime/node/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-drawers',
      comment: 'A file or folder is named for what it exports.',
      severity: 'error',
      from: {},
      to: { path: '^src/.*/(utils?|common|misc|shared|helpers?)(/|[.]ts$)' },
    },
    {
      name: 'no-deep-rooms',
      comment: 'A room is at most two folders deep.',
      severity: 'error',
      from: { path: '^src/[^/]+/[^/]+/[^/]+/[^/]+/' },
      to: {},
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it imports nothing.',
      severity: 'error',
      from: { orphan: true, path: '^(src|nodes)/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'listed-in-package-json',
      comment: 'A package that only another package brings along.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|out)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
};
