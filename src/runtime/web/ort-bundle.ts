import type * as Ort from 'onnxruntime-web/webgpu';

/** onnxruntime-web with its native WebGPU and WASM providers. */
export type OrtModule = typeof Ort;

/**
 * The files that a server must offer under `ort/` beside the run thread, by build: `jspi` where WebAssembly can suspend for
 * a promise, else `asyncify`. All come from `onnxruntime-web/dist`.
 */
export const ORT_FILES = {
  jspi: { mjs: 'ort-wasm-simd-threaded.jspi.mjs', wasm: 'ort-wasm-simd-threaded.jspi.wasm' },
  asyncify: {
    mjs: 'ort-wasm-simd-threaded.asyncify.mjs',
    wasm: 'ort-wasm-simd-threaded.asyncify.wasm',
  },
} as const;

/** Where the files of {@link ORT_FILES} lie, and how many threads the CPU's work may use. */
export interface OrtPlace {
  /** Address of the folder, with a slash at its end. */
  readonly base: string;
  readonly threads: number;
  /** Leaves the glue code to the bundle itself, where it holds it. */
  readonly bundledGlue?: boolean;
}

/** Loads and sets up the build of onnxruntime-web that this browser runs best. Once a thread: the settings are global. */
export async function loadOrt({
  base,
  threads,
  bundledGlue = false,
}: OrtPlace): Promise<OrtModule> {
  const suspends = canSuspend();
  const ort = suspends
    ? await import('onnxruntime-web/jspi')
    : await import('onnxruntime-web/webgpu');
  const files = suspends ? ORT_FILES.jspi : ORT_FILES.asyncify;
  const { wasm } = ort.env;
  wasm.wasmPaths = {
    wasm: new URL(files.wasm, base).href,
    ...(bundledGlue ? {} : { mjs: new URL(files.mjs, base).href }),
  };
  wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}

/** Whether WebAssembly can wait for a promise (JSPI): then weights are read from a Blob range by range. */
export function canSuspend(): boolean {
  return 'Suspending' in WebAssembly;
}

/** Threads for WASM: all cores but none beyond 8, and one where the page is not isolated from other origins. */
export function wasmThreads(): number {
  return globalThis.crossOriginIsolated ? Math.min(8, navigator.hardwareConcurrency) : 1;
}
