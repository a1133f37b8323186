import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';
import { copyStaticFiles } from './tools/build/copy-static-files.mjs';
import { forbidModules } from './tools/build/forbid-modules.mjs';
import { shedExecution, shedForecasts } from './tools/build/shed-execution.mjs';
import { litegraphRollupPlugin } from './tools/build/litegraph-transform.mjs';

/** onnxruntime-web gets chunks of its own, so that its size is told apart and caches keep it. */
function runtimeChunk(id) {
  const build = /onnxruntime-web\/dist\/(ort[a-z.]*?)(?:\.bundle)?(?:\.min)?\.mjs$/.exec(id);
  return build === null ? null : build[1].replaceAll('.', '-');
}

function bundle(name, input, plugins) {
  return {
    input: { [name]: input },
    output: {
      dir: 'build',
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: `${name}/[name].js`,
      manualChunks: runtimeChunk,
      sourcemap: true,
    },
    plugins: [
      ...plugins,
      // The runtime's glue and wasm are files of their own, because its threads load them by address.
      nodeResolve({ browser: true, exportConditions: ['onnxruntime-web-use-extern-wasm'] }),
      litegraphRollupPlugin(),
      commonjs(),
      esbuild({
        target: 'es2022',
        tsconfig: 'tsconfig.json',
        minify: true,
        // litegraph's core compares typeof with "array" in a place that nothing here calls.
        logOverride: { 'impossible-typeof': 'silent' },
      }),
    ],
  };
}

export default [
  bundle('main', 'src/app/main.ts', [
    copyStaticFiles(),
    shedExecution(),
    forbidModules(/onnxruntime|src\/runtime\//, 'The page holds no runtime; the worker does.'),
  ]),
  bundle('run-worker', 'src/worker/run-worker.ts', [
    shedForecasts(),
    forbidModules(
      /litegraph|node_modules\/lit|src\/(app|editor|ui)\//,
      'The run thread draws nothing.',
    ),
  ]),
  bundle('service-worker', 'src/service-worker/service-worker.ts', []),
  bundle('model-worker', 'src/worker/models/model-worker.ts', [
    forbidModules(
      /onnxruntime|litegraph|node_modules\/lit|src\/(app|editor|ui)\//,
      'The model thread reads and stores models; it runs and draws nothing.',
    ),
  ]),
];
