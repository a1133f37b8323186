// @ts-check
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { hardenLitegraph, isLitegraphCore } from '../build/litegraph-transform.mjs';

/** Where the parts that several test files share are served. */
const SHARED = '/bundled-tests/';

/**
 * Serves the browser tests bundled: each file of tests is one module, and what several of them import is in a few
 * shared ones that the browser keeps from page to page, where every page would else ask for some hundred modules one by
 * one. All else (worker scripts, fixtures, the runtime) is left to the server.
 * @param {string} root the folder that is served
 * @param {readonly string[]} files the files of tests, from the root; `*` and `**` may stand for names
 * @param {Record<string, string>} define constants of the tests' own, as esbuild takes them
 */
export function bundledBrowserTests(root, files, define) {
  const bundle = bundleTests(root, files, define);
  // Who asks first is told of a mistake; until then it is nobody's.
  bundle.catch(() => undefined);
  /**
   * @param {{ path: string, body: unknown, type: string, set(name: string, value: string): void }} context
   * @param {() => Promise<unknown>} next
   */
  return async (context, next) => {
    const isShared = context.path.startsWith(SHARED);
    if (!isShared && !/\.test\.(ts|js\.map)$/.test(context.path)) return next();
    const body = (await bundle).get(context.path);
    if (body === undefined) return next();
    context.type = context.path.endsWith('.map') ? 'json' : 'js';
    if (isShared) context.set('Cache-Control', 'max-age=3600, immutable');
    context.body = body;
    return undefined;
  };
}

/**
 * @param {string} root
 * @param {readonly string[]} files
 * @param {Record<string, string>} define
 * @returns {Promise<Map<string, string>>} what is served, by path
 */
async function bundleTests(root, files, define) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [...files],
    outdir: root,
    outbase: root,
    chunkNames: `${SHARED.slice(1)}[hash]`,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'linked',
    conditions: ['browser', 'development'],
    tsconfig: join(root, 'tsconfig.json'),
    define,
    logLevel: 'silent',
    plugins: [litegraph(), ownAddresses(root), runtimeApart(root)],
  });
  return new Map(
    outputFiles.map(({ path, text }) => [
      `/${relative(root, path).replaceAll(sep, '/')}`.replace(/\.test\.js$/, '.test.ts'),
      text,
    ]),
  );
}

/** @returns {import('esbuild').Plugin} */
function litegraph() {
  return {
    name: 'litegraph-core',
    setup({ onLoad }) {
      onLoad({ filter: /litegraph\.core\.js$/ }, async ({ path }) =>
        isLitegraphCore(path) ? { contents: hardenLitegraph(await readFile(path, 'utf8')) } : null,
      );
    },
  };
}

/**
 * A module that asks for its own address gets that of its source, from where it reaches fixtures and worker scripts.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
function ownAddresses(root) {
  return {
    name: 'own-addresses',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes('import.meta.url')) return null;
        const address = JSON.stringify(`/${relative(root, path).replaceAll(sep, '/')}`);
        return {
          contents: source.replaceAll('import.meta.url', `(location.origin + ${address})`),
          loader: 'ts',
        };
      });
    },
  };
}

/**
 * The runtime finds its wasm beside its own file, so it stays one.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
function runtimeApart(root) {
  return {
    name: 'runtime-apart',
    setup({ onResolve, resolve }) {
      const asked = Symbol('asked');
      onResolve({ filter: /^onnxruntime-web/ }, async ({ path, pluginData, ...from }) => {
        if (pluginData === asked) return null;
        const found = await resolve(path, { ...from, pluginData: asked });
        return found.errors.length > 0
          ? { errors: found.errors }
          : { path: `/${relative(root, found.path).replaceAll(sep, '/')}`, external: true };
      });
    },
  };
}
