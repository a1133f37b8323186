import { tmpdir } from 'node:os';
import { createEngine } from '../../src/core/engine/engine.js';
import type { GraphDocument } from '../../src/core/graph/types.js';
import { createKvBank } from '../../src/diffusion/kv-bank.js';
import { cpuOpsWith } from '../../src/runtime/cpu-ops-with.js';
import type { InferenceRunner } from '../../src/runtime/inference.js';
import { CONDITION_NAMES, UNET_NAMES } from '../../src/runtime/models/unet-names.js';
import { createModelLibrary } from '../../src/runtime/model-library.js';
import { packAt } from '../../src/runtime/node/directory-pack.js';
import { diskVocabulary } from '../../src/runtime/node/disk-vocabulary.js';
import { createOrtNodeRunner } from '../../src/runtime/node/ort-node-runner.js';
import { createDiskPictures } from '../cli/headless/picture-store.js';
import { modelPath } from '../cli/headless/model-library.js';
import { places, registry } from '../cli/headless/project.js';
import { createTraffic, type Moved } from './traffic.js';

/** What one run took. */
export interface TimedRun {
  readonly milliseconds: number;
  /** The part of it that the U-Net ran, with what it makes of prompts and timesteps. */
  readonly unetMs: number;
  readonly forwards: number;
  /** What would cross between processor and device; see {@link createTraffic}. */
  readonly moved: Moved;
}

/** An engine that keeps its results from run to run, as the editor's does. */
export interface Lab {
  run(document: GraphDocument): Promise<TimedRun>;
  dispose(): Promise<void>;
}

const CACHE_BYTES = 2 ** 29;

/** Makes a lab with nothing computed yet, of the given runtime; saved pictures go to a temporary folder. */
export function createLab(runner: InferenceRunner = createOrtNodeRunner()): Lab {
  const cwd = process.cwd();
  const traffic = createTraffic();
  const timed = timedRunner(traffic.runner(runner));
  const models = createModelLibrary(
    {
      list: () => Promise.resolve([]),
      find: (name) => packAt(modelPath(name, { cwd, models: places.models })),
    },
    timed.runner,
    diskVocabulary,
  );
  const pictures = createDiskPictures({
    cwd,
    samples: places.samples,
    out: tmpdir(),
    replace: true,
  });
  const services = {
    ops: traffic.ops(cpuOpsWith(runner)),
    models,
    pictures,
    bank: createKvBank(CACHE_BYTES),
  };
  const engine = createEngine({ registry, services, cacheBytes: CACHE_BYTES });
  const forwards = (): number => {
    const { sampleForwards, pairs, forkShare } = models.work();
    return sampleForwards + pairs * forkShare;
  };
  return {
    async run(document) {
      const before = { forwards: forwards(), unet: timed.milliseconds(), ...traffic.moved() };
      const began = performance.now();
      const { outcome, problems, failures } = await engine.run(document);
      const milliseconds = performance.now() - began;
      if (outcome === 'success') {
        const unetMs = timed.milliseconds() - before.unet;
        const { sent, readBack } = traffic.moved();
        const moved = { sent: sent - before.sent, readBack: readBack - before.readBack };
        return { milliseconds, unetMs, forwards: forwards() - before.forwards, moved };
      }
      throw new Error([...problems, ...failures].map(({ message }) => message).join(' '));
    },
    async dispose() {
      await engine.dispose();
      services.bank.clear();
    },
  };
}

/** Inputs by which the graphs of a U-Net are told from an autoencoder's and a text encoder's. */
const OF_UNET = [UNET_NAMES.sample, CONDITION_NAMES.text, CONDITION_NAMES.features];

/** A runner that adds up how long the graphs of U-Nets ran. */
function timedRunner(inner: InferenceRunner): {
  readonly runner: InferenceRunner;
  milliseconds(): number;
} {
  let total = 0;
  return {
    milliseconds: () => total,
    runner: {
      ...inner,
      async create(model, files, weightBytes) {
        const session = await inner.create(model, files, weightBytes);
        return {
          async run(feeds, outputs) {
            const began = performance.now();
            try {
              return await session.run(feeds, outputs);
            } finally {
              if (OF_UNET.some((name) => name in feeds)) total += performance.now() - began;
            }
          },
          release: () => session.release(),
        };
      },
    },
  };
}
