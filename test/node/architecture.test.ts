import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ICruiseResult, cruise } from 'dependency-cruiser';
import architecture from '../architecture.mjs';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** Files with one planted mistake each, and the rule that must catch it. */
const PLANTED: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['src/core/a.ts', `import '../ui/panel.js';`, 'core-imports-down'],
  ['src/tensor/a.ts', `import type { A } from '../core/value.js';`, 'tensor-imports-down'],
  ['src/diffusion/a.ts', `import '../runtime/session.js';`, 'diffusion-imports-down'],
  ['nodes/image/a.ts', `import '../../src/runtime/session.js';`, 'nodes-imports-down'],
  ['nodes/image/b.ts', `import './load-image.js';`, 'node-imports-no-node'],
  ['src/runtime/a.ts', `import '../storage/graphs.js';`, 'runtime-imports-down'],
  ['src/storage/a.ts', `import '../tensor/array.js';`, 'storage-imports-down'],
  ['src/worker/a.ts', `import '../runtime/session.js';`, 'worker-imports-down'],
  ['src/worker/b.ts', `import '../../nodes/index.js';`, 'worker-imports-down'],
  ['src/worker/run-worker.ts', `import '../ui/panel.js';`, 'run-worker-imports-down'],
  ['src/editor/a.ts', `import '../ui/panel.js';`, 'editor-imports-down'],
  ['src/ui/a.ts', `import { value } from '../core/value.js';`, 'ui-knows-core-by-type'],
  ['src/ui/b.ts', `import '../storage/graphs.js';`, 'ui-imports-down'],
  ['src/app/a.ts', `import '../runtime/session.js';`, 'app-imports-down'],
  ['src/app/b.ts', `import '../tensor/array.js';`, 'app-imports-down'],
  ['src/core/b.ts', `import '../../tools/tool.js';`, 'tools-stand-on-top'],
  ['src/core/graph/a.ts', `import { run } from '../engine/run.js';`, 'core-graph-runs-nothing'],
  ['src/core/c.ts', `import 'node:fs';`, 'no-node-in-the-browser'],
  ['src/runtime/web/a.ts', `import 'node:fs';`, 'no-node-in-the-browser'],
  ['src/app/c.ts', `import 'onnxruntime-web';`, 'onnxruntime-webnodecommon-has-one-owner'],
  ['src/ui/c.ts', `import 'litegraph.js';`, 'litegraphjs-has-one-owner'],
  ['src/app/d.ts', `import 'idb-keyval';`, 'idb-keyval-has-one-owner'],
  ['src/core/graph/b.ts', `import 'valibot';`, 'valibot-has-one-owner'],
  ['src/editor/b.ts', `import 'lit';`, 'lit-has-one-owner'],
  ['src/core/d.ts', `import './utils/text.js';`, 'no-drawers'],
  ['src/core/cycle.ts', `import './returning.js';`, 'no-cycles'],
  ['src/core/lonely.ts', `export const lonely = 1;`, 'no-orphans'],
  ['src/core/f.ts', `import './nowhere.js';`, 'resolvable'],
];

/** Files that break no rule, among them all that the planted ones point at. */
const SOUND: readonly (readonly [file: string, source: string])[] = [
  ['src/core/value.ts', `export type A = 1; export const value = 1;`],
  ['src/core/utils/text.ts', `export const text = 1;`],
  ['src/core/returning.ts', `import './cycle.js';`],
  ['src/core/engine/run.ts', `import { value } from '../value.js'; export const run = value;`],
  ['src/core/graph/parse.ts', `import 'valibot';`],
  ['src/tensor/array.ts', `export const array = 1;`],
  ['src/runtime/session.ts', `import 'onnxruntime-web';`],
  ['src/runtime/node/session.ts', `import 'node:fs'; import '../session.js';`],
  ['src/storage/graphs.ts', `import 'idb-keyval';`],
  [
    'src/ui/panel.ts',
    `import type { A } from '../core/value.js'; import 'lit'; export type B = A;`,
  ],
  ['src/editor/canvas.ts', `import 'litegraph.js'; import { value } from '../core/value.js';`],
  ['src/worker/messages.ts', `import type { A } from '../core/value.js';`],
  ['nodes/image/load-image.ts', `import { array } from '../../src/tensor/array.js';`],
  ['nodes/index.ts', `import './image/load-image.js';`],
  ['tools/tool.ts', `import '../src/runtime/node/session.js'; import '../nodes/index.js';`],
  [
    'src/app/main.ts',
    `import '../ui/panel.js'; import '../editor/canvas.js'; import '../storage/graphs.js';
     import '../worker/messages.js'; import '../../nodes/index.js'; import 'lit';`,
  ],
];

describe('the architecture rules', () => {
  let root: string;
  let violations: readonly { readonly rule: string; readonly from: string }[];

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'crossweave-rooms-'));
    for (const [file, source] of [...SOUND, ...PLANTED]) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), source);
    }
    for (const file of ['package.json', 'tsconfig.json', 'node_modules']) {
      await symlink(join(PROJECT, file), join(root, file));
    }
    violations = await findViolations(root);
  });

  after(() => rm(root, { recursive: true }));

  for (const [file, source, rule] of PLANTED) {
    it(`catch \`${source}\` in ${file}`, () => {
      const caught = violations.filter(({ from }) => from === file).map((found) => found.rule);
      assert.ok(caught.includes(rule), `caught ${caught.join(', ') || 'nothing'}`);
    });
  }

  it('leave sound files alone', () => {
    const sound = new Set(SOUND.map(([file]) => file));
    assert.deepEqual(
      violations.filter(({ from }) => sound.has(from)),
      [],
    );
  });
});

async function findViolations(
  baseDir: string,
): Promise<readonly { readonly rule: string; readonly from: string }[]> {
  const { options, forbidden } = architecture;
  const result = await cruise(['src', 'nodes', 'tools'], {
    ...options,
    baseDir,
    tsConfig: { fileName: join(baseDir, 'tsconfig.json') },
    ruleSet: { forbidden },
    validate: true,
  } as Parameters<typeof cruise>[1]);
  const { summary } = result.output as ICruiseResult;
  return summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}
