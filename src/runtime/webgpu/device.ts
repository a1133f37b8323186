import { AppError } from '../../core/errors.js';

/** A device of our own, with what the user may be told of it. */
export interface OpenedDevice {
  readonly device: GPUDevice;
  /** The adapter in words, such as `nvidia ampere`. */
  readonly adapterName: string;
  /** Whether the adapter computes on the CPU, where WASM threads are faster. */
  readonly software: boolean;
  readonly hasF16: boolean;
  readonly hasSubgroups: boolean;
  /** Resolves when the device is gone, whoever destroyed it. */
  readonly lost: Promise<AppError>;
}

/** How {@link openDevice} chooses. */
export interface OpenDeviceOptions {
  /** Accepts an adapter that computes on the CPU. */
  readonly allowSoftware: boolean;
  /** Leaves subgroups out although the adapter has them. */
  readonly withoutSubgroups?: boolean;
}

const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxStorageBuffersPerShaderStage',
] as const;

/**
 * Opens a device at the adapter's maxima with `shader-f16`, `timestamp-query` and, on hardware, `subgroups`.
 * @throws AppError `webgpu/unavailable` with the reason in words.
 */
export async function openDevice(options: OpenDeviceOptions): Promise<OpenedDevice> {
  const adapter = await requestAdapter();
  const software = isSoftware(adapter);
  const adapterName = nameOf(adapter);
  if (software && !options.allowSoftware) {
    throw unavailable(
      `the only WebGPU adapter (${adapterName}) computes on the CPU, where WebAssembly threads are faster`,
    );
  }
  const wanted: GPUFeatureName[] = ['shader-f16', 'timestamp-query'];
  // SwiftShader's subgroups of 4 make flash attention wrong.
  if (!software && options.withoutSubgroups !== true) wanted.push('subgroups');
  const device = await adapter
    .requestDevice({
      label: 'crossweave',
      requiredFeatures: wanted.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
    })
    .catch((cause: unknown) => {
      throw unavailable(`the adapter ${adapterName} gave no device: ${wordsOf(cause)}`, cause);
    });
  return {
    device,
    adapterName,
    software,
    hasF16: device.features.has('shader-f16'),
    hasSubgroups: device.features.has('subgroups'),
    lost: lossOf(device, adapterName),
  };
}

async function requestAdapter(): Promise<GPUAdapter> {
  if (!('gpu' in navigator)) throw unavailable('this browser has no WebGPU');
  const adapter = await navigator.gpu
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch((cause: unknown) => {
      throw unavailable(`the browser refused an adapter: ${wordsOf(cause)}`, cause);
    });
  if (adapter === null) throw unavailable('the browser found no WebGPU adapter');
  return adapter;
}

/** Whether an adapter is a software rasteriser. */
function isSoftware(adapter: GPUAdapter): boolean {
  const { info } = adapter;
  return (
    info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${info.architecture} ${info.description}`)
  );
}

function nameOf({ info }: GPUAdapter): string {
  const name = [info.vendor, info.architecture, info.description].filter(Boolean).join(' ');
  return name === '' ? 'unnamed' : name;
}

function lossOf(device: GPUDevice, adapterName: string): Promise<AppError> {
  return new Promise((resolve) => {
    void device.lost.then((info) => {
      const told = info.message === '' ? '' : `: ${info.message}`;
      resolve(
        new AppError({
          code: 'webgpu/device-lost',
          reason: `the graphics device (${adapterName}) was lost${told}`,
        }),
      );
    });
  });
}

function unavailable(reason: string, cause?: unknown): AppError {
  return new AppError({ code: 'webgpu/unavailable', reason }, { cause });
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
