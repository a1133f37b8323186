// @ts-check
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The builds of the runtime that the run thread chooses from: with and without JavaScript promise integration. */
const RUNTIME_FILES = ['asyncify', 'jspi'].flatMap((build) =>
  ['mjs', 'wasm'].map((extension) => `ort-wasm-simd-threaded.${build}.${extension}`),
);

/**
 * Empties build/ before the bundle is written and puts beside it what is served as it is: public/, the example graphs
 * under graphs/, the runtime's glue and wasm under ort/.
 * @returns {import('rollup').Plugin}
 */
export function copyStaticFiles() {
  return {
    name: 'copy-static-files',
    async buildStart() {
      await rm('build', { recursive: true, force: true });
      await mkdir('build/ort', { recursive: true });
      await cp('public', 'build', { recursive: true });
      await cp('graphs', 'build/graphs', { recursive: true });
      await Promise.all(
        RUNTIME_FILES.map((file) =>
          cp(join('node_modules/onnxruntime-web/dist', file), join('build/ort', file)),
        ),
      );
    },
  };
}
