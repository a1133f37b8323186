import { isKnown, type GraphOutlook } from '../core/forecast/outlook.js';
import { settleWork } from '../core/forecast/settle-work.js';
import type { NodeId } from '../core/graph/types.js';
import { LARGE_WEIGHT_BYTES } from '../diffusion/forecast-facts.js';
import { peakBytes, type MemoryForecast, type Misfit, type RunForecast } from './run-outlook.js';
import type { DeviceVerdict } from '../worker/messages.js';

/** What of the device is counted with; bytes. */
export type DeviceMemory = Pick<
  DeviceVerdict,
  'provider' | 'bankBytes' | 'cacheBytes' | 'maxBufferBytes'
> & {
  /** What the browser reports; it rounds, and says 8 GiB for more on most machines. */
  readonly deviceBytes?: number | undefined;
};

const GIBIBYTE = 2 ** 30;

/** WebAssembly addresses 4 GiB with 32 bits. */
const WASM_BYTES = 4 * GIBIBYTE;

/** Browsers report no more than this, whatever there is. */
const REPORTED_MOST = 8 * GIBIBYTE;

/** What a run of the needed nodes costs on a device; `loaders` are the nodes that hold weights. */
export function forecastRun(
  outlook: GraphOutlook,
  needed: ReadonlySet<NodeId>,
  loaders: ReadonlySet<NodeId>,
  device: DeviceMemory,
): RunForecast {
  const { bankBytes = Infinity } = device;
  const asked = outlook.work.filter(({ nodeId }) => needed.has(nodeId));
  const work = settleWork(asked, bankBytes);
  const memory = memoryOf(outlook, needed, loaders, work.keptBytes, device);
  return { outlook, needed, work, memory, misfits: misfitsOf(memory, outlook, needed, device) };
}

function memoryOf(
  outlook: GraphOutlook,
  needed: ReadonlySet<NodeId>,
  loaders: ReadonlySet<NodeId>,
  bank: number,
  { provider, cacheBytes = Infinity }: DeviceMemory,
): MemoryForecast {
  const sum = { weights: 0, results: 0, grown: 0, scratch: 0 };
  for (const [id, node] of outlook.nodes) {
    if (!needed.has(id)) continue;
    sum.scratch = Math.max(sum.scratch, node.scratchBytes);
    const values = [...node.outputs.values()].filter(isKnown);
    if (loaders.has(id)) {
      // Half-precision weights are widened once, when the session is made, unless the CPU has much of them.
      const isHalf = values.some(({ dtype }) => dtype === 'f16');
      const isKept = provider === 'wasm' && node.byteLength >= LARGE_WEIGHT_BYTES;
      sum.weights += (isHalf && !isKept ? 2 : 1) * node.byteLength;
    } else {
      sum.results += node.byteLength * node.times;
      for (const { grownBytes = 0 } of values) sum.grown += grownBytes;
    }
  }
  return { ...sum, bank, results: Math.min(sum.results, cacheBytes) };
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
