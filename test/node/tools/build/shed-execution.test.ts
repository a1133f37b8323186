import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rollup } from 'rollup';
import { shedExecution, shedForecasts } from '../../../../tools/build/shed-execution.mjs';

const DEFINITION = `
  import { work } from '/src/work.js';
  import { foresee } from '/src/foresee.js';
  const helper = (x) => work(x) + 'helped';
  export default ({
    displayName: 'A node',
    forecast: ({ x }) => ({ y: foresee(x) }),
    async execute({ x }) { return helper(x); },
  });
`;

/** What a bundle of one file of nodes holds, with the plugin. */
async function bundled(source: string, shed = shedExecution): Promise<string> {
  const modules: Record<string, string> = {
    '/nodes/group/one.ts': source,
    '/src/foresee.js': `export const foresee = (x) => 'foreseen ' + x;`,
    '/src/work.js': `export const work = (x) => 'hard ' + x;`,
  };
  const bundle = await rollup({
    input: '/nodes/group/one.ts',
    plugins: [{ name: 'memory', resolveId: (id) => id, load: (id) => modules[id] ?? null }, shed()],
  });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}

describe('what the page knows of a node', () => {
  it('is everything but what it does when it runs, and what only that needs', async () => {
    const code = await bundled(DEFINITION);
    assert.match(code, /A node/);
    assert.match(code, /foreseen/);
    assert.doesNotMatch(code, /hard|helped/);
  });

  it('fails the build when a file of nodes defines none', async () => {
    await assert.rejects(bundled('export const x = 1;'), /one\.ts does not define one node/);
  });
});

describe('what the run thread knows of a node', () => {
  it('is everything but how it forecasts, and what only that needs', async () => {
    const code = await bundled(DEFINITION, shedForecasts);
    assert.match(code, /A node/);
    assert.match(code, /hard/);
    assert.doesNotMatch(code, /foresee/);
    const without = DEFINITION.replace(/forecast: .*\n/, '');
    assert.match(await bundled(without, shedForecasts), /hard/);
  });
});
