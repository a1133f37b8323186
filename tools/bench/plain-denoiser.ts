import { openModel } from '../../src/runtime/checkpoint/open-model.js';
import type { InferenceSession } from '../../src/runtime/inference.js';
import { timestepFeatures } from '../../src/runtime/models/timestep-features.js';
import { parseUnetConfig, type UnetConfig } from '../../src/runtime/models/unet-config.js';
import { tableWeights } from '../../src/runtime/models/weights.js';
import { packAt } from '../../src/runtime/node/directory-pack.js';
import { createOrtNodeRunner } from '../../src/runtime/node/ort-node-runner.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';
import { PLAIN, plainUnet } from './plain-unet.js';

/** A U-Net as a plain export runs it. */
export interface PlainDenoiser {
  readonly config: UnetConfig;
  /** One forward of a batch; every sample at the same timestep. */
  predict(samples: Tensor, timestep: number, text: Tensor): Promise<Tensor>;
  release(): Promise<void>;
}

/** Opens the U-Net of a model and builds the plain graph of it. @throws AppError `model/*`. */
export async function openPlainDenoiser(path: string): Promise<PlainDenoiser> {
  const { unet } = await openModel(await packAt(path));
  const config = parseUnetConfig(unet.configFile, unet.config);
  const runner = createOrtNodeRunner();
  const { diskFolder } = runner;
  const weights = tableWeights(unet.table, diskFolder === undefined ? {} : { diskFolder });
  const network = plainUnet(config, weights);
  const session: InferenceSession = await runner.create(
    network.graph.toModel(),
    weights.files(),
    network.graph.externalBytes,
  );
  return {
    config,
    async predict(samples, timestep, text) {
      const batch = samples.shape[0] ?? 1;
      const width = config.blockChannels[0] ?? 0;
      const timesteps = Array.from({ length: batch }, () => timestep);
      const time = cpuTensor(timestepFeatures(timesteps, width, config), [batch, width]);
      const feeds = { [PLAIN.sample]: samples, [PLAIN.time]: time, [PLAIN.text]: text };
      return (await session.run(feeds, [PLAIN.noise]))[PLAIN.noise];
    },
    release: () => session.release(),
  };
}

/** A latent to measure with: the same values at every call. */
export function probe(channels: number, height: number, width: number): Tensor {
  const values = Float32Array.from({ length: channels * height * width }, (_unused, i) =>
    Math.sin(i * 12.9898),
  );
  return cpuTensor(values, [1, channels, height, width]);
}

/** A value repeated along the first axis. */
export async function repeated(value: Tensor, times: number): Promise<Tensor> {
  const data = await value.read();
  const all = new Float32Array(data.length * times);
  for (let i = 0; i < times; i++) all.set(data, i * data.length);
  return cpuTensor(all, [times, ...value.shape.slice(1)]);
}
