import * as ort from 'onnxruntime-node';
import { cpuTensor, isCpuTensor, type Tensor } from '../../tensor/tensor.js';
import { isControlTensor, type ControlTensor, type InferenceRunner } from '../inference.js';

/** Runs graphs with onnxruntime-node on the CPU, with as many threads as given. */
export function createOrtNodeRunner(options: { readonly threads?: number } = {}): InferenceRunner {
  return {
    profile: 'portable',
    async create(model, files) {
      const externalData = await Promise.all(
        files.map(async (file) => ({ path: file.name, data: await file.read(0, file.size) })),
      );
      const session = await ort.InferenceSession.create(model, {
        executionProviders: ['cpu'],
        graphOptimizationLevel: 'all',
        externalData,
        ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
      });
      return {
        async run(feeds, outputs) {
          const inputs: Record<string, ort.Tensor> = {};
          for (const [name, feed] of Object.entries(feeds)) inputs[name] = await toOrt(feed);
          const results = await session.run(inputs, outputs);
          return fromOrt(results, outputs);
        },
        release: () => session.release(),
      };
    },
  };
}

async function toOrt(feed: Tensor | ControlTensor): Promise<ort.Tensor> {
  if (isControlTensor(feed)) return new ort.Tensor(feed.type, feed.data, feed.shape);
  const data = isCpuTensor(feed) ? feed.data : await feed.read();
  return new ort.Tensor('float32', data, feed.shape);
}

function fromOrt<Name extends string>(
  results: ort.InferenceSession.ReturnType,
  names: readonly Name[],
): Record<Name, Tensor> {
  const tensors: Partial<Record<Name, Tensor>> = {};
  for (const name of names) {
    const result = results[name];
    if (result === undefined || !(result.data instanceof Float32Array)) {
      throw new Error(`The graph has no float output ${name}.`);
    }
    tensors[name] = cpuTensor(result.data, result.dims);
  }
  return tensors as Record<Name, Tensor>;
}
