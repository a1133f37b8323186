import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { litegraphDevServerPlugin } from '../tools/build/litegraph-transform.mjs';
import { browserTestReporters } from '../tools/test/browser-test-reporter.mjs';
import { bundledBrowserTests } from '../tools/test/bundled-browser-tests.mjs';
import { downloadServer } from './support/download-server.mjs';

const executablePath =
  process.env.CHROMIUM_PATH ??
  ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find((path) =>
    existsSync(path),
  );

const root = fileURLToPath(new URL('..', import.meta.url));
const allFiles = readdirSync(join(root, 'test'), { recursive: true })
  .map((path) => `test/${String(path).replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts') && !/^test\/(node|e2e)\//.test(path));
const { files } = parseArgs({
  options: { files: { type: 'string', multiple: true, default: allFiles } },
  strict: false,
}).values;
const define = { PROPERTY_SEED: JSON.stringify(process.env.PROPERTY_SEED ?? '20261123') };

export default {
  rootDir: root,
  files: allFiles,
  nodeResolve: true,
  reporters: browserTestReporters(),
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  // One page at a time: Chromium draws no frames and heeds no mouse in a tab behind another.
  concurrency: 1,
  testsFinishTimeout: 240_000,
  testFramework: { config: { timeout: 20_000 } },
  plugins: [
    litegraphDevServerPlugin(),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      define,
      tsconfig: join(root, 'tsconfig.json'),
    }),
  ],
  middleware: [
    downloadServer(root),
    bundledBrowserTests(root, files, define),
    (context, next) => {
      context.set('Cross-Origin-Opener-Policy', 'same-origin');
      context.set('Cross-Origin-Embedder-Policy', 'require-corp');
      return next();
    },
  ],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath,
        args: [
          '--headless=new',
          '--no-sandbox',
          '--disable-gpu-sandbox',
          '--enable-unsafe-webgpu',
          '--use-webgpu-adapter=swiftshader',
          '--enable-features=Vulkan',
          '--use-vulkan=swiftshader',
          '--disable-background-networking',
          '--no-first-run',
        ],
      },
    }),
  ],
};
