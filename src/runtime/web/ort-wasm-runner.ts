import type { Tensor as OrtTensor } from 'onnxruntime-web/webgpu';
import { cpuTensor, isCpuTensor, type Tensor } from '../../tensor/tensor.js';
import { isControlTensor, type ControlTensor, type InferenceRunner } from '../inference.js';
import { createTurns } from './in-turn.js';
import type { OrtModule } from './ort-bundle.js';
import { createOrtSession, memoryError } from './ort-session.js';

/** Runs graphs on the CPU with the threads that onnxruntime-web was loaded with; tensors stay in CPU memory. */
export function createOrtWasmRunner(ort: OrtModule): InferenceRunner {
  const inTurn = createTurns();
  return {
    profile: 'portable',
    create: (model, files) =>
      inTurn(async () => {
        const session = await createOrtSession(ort, model, files, { executionProviders: ['wasm'] });
        return {
          run: (feeds, outputs) =>
            inTurn(async () => {
              const inputs: Record<string, OrtTensor> = {};
              for (const [name, feed] of Object.entries(feeds)) {
                inputs[name] = await toOrt(ort, feed);
              }
              const results = await session.run(inputs, outputs).catch((cause: unknown) => {
                throw memoryError(cause) ?? cause;
              });
              return namedTensors(outputs, (name) => {
                const { data, dims } = results[name] as OrtTensor;
                return cpuTensor(floatsOf(name, data), dims);
              });
            }),
          release: () => inTurn(() => session.release()),
        };
      }),
  };
}

/** A feed as a tensor of the runtime in CPU memory. */
export async function toOrt(ort: OrtModule, feed: Tensor | ControlTensor): Promise<OrtTensor> {
  if (isControlTensor(feed)) return new ort.Tensor(feed.type, feed.data, feed.shape);
  const data = isCpuTensor(feed) ? feed.data : await feed.read();
  return new ort.Tensor('float32', data, feed.shape);
}

/** A record of one tensor for each name. */
export function namedTensors<Name extends string>(
  names: readonly Name[],
  make: (name: Name) => Tensor,
): Readonly<Record<Name, Tensor>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Tensor>;
}

function floatsOf(name: string, data: unknown): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new Error(`The output ${name} of a graph is not of 32-bit floats.`);
}
