import type { NotedWork } from '../core/forecast/node-forecast.js';
import { isKnown, type GraphOutlook } from '../core/forecast/outlook.js';
import { settleWork } from '../core/forecast/settle-work.js';
import type { NodeId } from '../core/graph/types.js';
import { LARGE_WEIGHT_BYTES } from '../diffusion/forecast-facts.js';
import { peakBytes, type MemoryForecast, type Misfit, type RunForecast } from './run-outlook.js';
import type { DeviceVerdict } from '../worker/messages.js';

/** What of the device is counted with; bytes. */
export type DeviceMemory = Pick<
  DeviceVerdict,
  'provider' | 'bankBytes' | 'bankRamBytes' | 'cacheBytes' | 'maxBufferBytes'
> & {
  /** What the browser reports; it rounds, and says 8 GiB for more on most machines. */
  readonly deviceBytes?: number | undefined;
};

const GIBIBYTE = 2 ** 30;

/** WebAssembly addresses 4 GiB with 32 bits. */
const WASM_BYTES = 4 * GIBIBYTE;

/** Browsers report no more than this, whatever there is. */
const REPORTED_MOST = 8 * GIBIBYTE;

/** What a run of the needed nodes costs on a device; `loaders` are the nodes that give models. */
export function forecastRun(
  outlook: GraphOutlook,
  needed: ReadonlySet<NodeId>,
  loaders: ReadonlySet<NodeId>,
  device: DeviceMemory,
): RunForecast {
  const { bankBytes = Infinity, bankRamBytes } = device;
  const asked = outlook.work.filter(({ nodeId }) => needed.has(nodeId));
  const work = settleWork(asked, bankBytes, bankRamBytes);
  const rest = memoryOf(outlook, needed, loaders, device.cacheBytes ?? Infinity);
  const memory = { ...rest, bank: work.keptBytes, weights: weightsOf(asked, device.provider) };
  return { outlook, needed, work, memory, misfits: misfitsOf(memory, outlook, needed, device) };
}

function memoryOf(
  outlook: GraphOutlook,
  needed: ReadonlySet<NodeId>,
  loaders: ReadonlySet<NodeId>,
  cacheBytes: number,
): Omit<MemoryForecast, 'bank' | 'weights'> {
  const sum = { results: 0, grown: 0, scratch: 0 };
  for (const [id, node] of outlook.nodes) {
    if (!needed.has(id)) continue;
    sum.scratch = Math.max(sum.scratch, node.scratchBytes);
    // What loaders hold is in memory when it is used.
    if (loaders.has(id)) continue;
    sum.results += node.byteLength * node.times;
    for (const { grownBytes = 0 } of [...node.outputs.values()].filter(isKnown)) {
      sum.grown += grownBytes;
    }
  }
  return { ...sum, results: Math.min(sum.results, cacheBytes) };
}

/** Bytes of the networks that the work is done with: one that was changed takes the place of the one that it was made from. */
function weightsOf(work: readonly NotedWork[], provider: DeviceMemory['provider']): number {
  const used = new Map(
    work.flatMap(({ item: { weights } }) => (weights ? [[weights.key, weights] as const] : [])),
  );
  let bytes = 0;
  for (const { byteLength, dtype } of used.values()) {
    // Half-precision weights are widened once, when the session is made, unless the CPU has much of them.
    const isKept = provider === 'wasm' && byteLength >= LARGE_WEIGHT_BYTES;
    bytes += (dtype === 'f16' && !isKept ? 2 : 1) * byteLength;
  }
  return bytes;
}

function misfitsOf(
  memory: MemoryForecast,
  { nodes }: GraphOutlook,
  needed: ReadonlySet<NodeId>,
  { provider, deviceBytes, maxBufferBytes }: DeviceMemory,
): readonly Misfit[] {
  const misfits: Misfit[] = [];
  const check = (limit: Misfit['limit'], needBytes: number, hasBytes: number | undefined): void => {
    if (hasBytes !== undefined && needBytes > hasBytes)
      misfits.push({ limit, needBytes, hasBytes });
  };
  if (provider === 'wasm') check('wasm', memory.weights + memory.scratch, WASM_BYTES);
  if (deviceBytes !== undefined && deviceBytes < REPORTED_MOST) {
    check('device', peakBytes(memory), deviceBytes);
  }
  if (provider !== 'webgpu') return misfits;
  const outlooks = [...nodes].flatMap(([id, node]) => (needed.has(id) ? [node] : []));
  const outputs = outlooks.flatMap((node) => [...node.outputs.values()].filter(isKnown));
  const tensors = outputs.flatMap(({ shape, dtype, byteLength }) =>
    shape && dtype ? [byteLength] : [],
  );
  const scratch = outlooks.map(({ largestScratch }) => largestScratch);
  check('buffer', Math.max(0, ...tensors, ...scratch), maxBufferBytes);
  check(
    'weight',
    Math.max(0, ...outputs.map(({ largestBytes = 0 }) => largestBytes)),
    maxBufferBytes,
  );
  return misfits;
}
