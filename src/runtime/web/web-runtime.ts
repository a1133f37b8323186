import { AppError } from '../../core/errors.js';
import type { LatentOps } from '../../diffusion/ports.js';
import { cpuOpsWith } from '../cpu-ops-with.js';
import type { InferenceRunner } from '../inference.js';
import { openDevice, type OpenedDevice } from '../webgpu/device.js';
import { GpuContext } from '../webgpu/gpu-context.js';
import { createGpuOps } from '../webgpu/gpu-ops.js';
import { testAttention } from './attention-self-test.js';
import { breathingRunner } from './breathing-runner.js';
import type { OrtModule } from './ort-bundle.js';
import { createOrtWasmRunner } from './ort-wasm-runner.js';
import { createOrtWebGpuRunner } from './ort-webgpu-runner.js';

const MEBIBYTE = 2 ** 20;

/** What networks and latent operations run on in a browser, and why. */
export interface WebRuntime {
  readonly provider: 'webgpu' | 'wasm';
  /** One sentence for the user. */
  readonly reason: string;
  readonly runner: InferenceRunner;
  readonly ops: LatentOps;
  /** How many bytes of captured keys and values may be kept where the tensors lie. */
  readonly bankBytes: number;
  /** The largest buffer that a graphics device makes and lets a kernel read as a whole. */
  readonly maxBufferBytes?: number;
  /** Resolves when the graphics device is lost, unless this runtime was disposed: then it is of no more use. */
  readonly lost: Promise<AppError>;
  dispose(): void;
}

/** `auto`: WebGPU where there is hardware for it and it computes attention right. `webgpu`: software adapters as well. */
export type ProviderChoice = 'auto' | 'webgpu' | 'wasm';

/** Opens the best runtime there is; never fails, since WASM is everywhere. */
export async function openWebRuntime(
  ort: OrtModule,
  choice: ProviderChoice,
  threads: number,
): Promise<WebRuntime> {
  if (choice === 'wasm') return wasmRuntime(ort, threads, 'Networks run on the CPU, as asked for');
  try {
    return await webGpuRuntime(ort, choice === 'webgpu');
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const reason = 'reason' in cause.details ? cause.details.reason : cause.message;
    return wasmRuntime(ort, threads, `Networks run on the CPU: ${reason}`);
  }
}

function wasmRuntime(ort: OrtModule, threads: number, why: string): WebRuntime {
  const count = threads === 1 ? 'one thread' : `${String(threads)} threads`;
  const isolation = globalThis.crossOriginIsolated
    ? ''
    : '; the server does not isolate the page, so more threads are out of reach';
  const runner = breathingRunner(createOrtWasmRunner(ort));
  return {
    provider: 'wasm',
    reason: `${why} (WebAssembly, ${count}${isolation}).`,
    runner,
    ops: cpuOpsWith(runner),
    bankBytes: 512 * MEBIBYTE,
    lost: new Promise(() => undefined),
    dispose: () => undefined,
  };
}

async function webGpuRuntime(ort: OrtModule, allowSoftware: boolean): Promise<WebRuntime> {
  const first = await openDevice({ allowSoftware });
  const tested = await tryDevice(ort, first);
  if (typeof tested !== 'string') return tested;
  if (!first.hasSubgroups) throw unfit(first, tested);
  const second = await openDevice({ allowSoftware, withoutSubgroups: true });
  const retested = await tryDevice(ort, second);
  if (typeof retested !== 'string') return retested;
  throw unfit(second, retested);
}

/** The runtime on a device, or what is wrong with the device, which is then destroyed. */
async function tryDevice(ort: OrtModule, opened: OpenedDevice): Promise<WebRuntime | string> {
  const context = new GpuContext(opened.device);
  const runner = breathingRunner(createOrtWebGpuRunner(ort, context, 'webgpu'));
  const fault = await testAttention(runner).catch((cause: unknown) =>
    cause instanceof Error ? cause.message : String(cause),
  );
  if (fault !== undefined) {
    context.destroy();
    return fault;
  }
  let isDisposed = false;
  const lost = new Promise<AppError>((resolve) => {
    void opened.lost.then((loss) => {
      if (!isDisposed) resolve(loss);
    });
  });
  const { limits } = opened.device;
  const withOrWithout = opened.hasF16 ? 'with' : 'without';
  return {
    provider: 'webgpu',
    reason: `Networks run on WebGPU (${opened.adapterName}, ${withOrWithout} half precision).`,
    runner,
    ops: createGpuOps(context),
    bankBytes: Math.min(1024 * MEBIBYTE, limits.maxBufferSize),
    maxBufferBytes: Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize),
    lost,
    dispose: () => {
      isDisposed = true;
      context.destroy();
    },
  };
}

function unfit({ adapterName }: OpenedDevice, fault: string): AppError {
  return new AppError({
    code: 'webgpu/unavailable',
    reason: `the adapter ${adapterName} failed the self-test (${fault})`,
  });
}
