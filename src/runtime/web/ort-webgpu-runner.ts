import type { InferenceSession as OrtSession, Tensor as OrtTensor } from 'onnxruntime-web/webgpu';
import { isCpuTensor, type Tensor } from '../../tensor/tensor.js';
import {
  isControlTensor,
  type ControlTensor,
  type Feeds,
  type InferenceRunner,
  type InferenceSession,
} from '../inference.js';
import type { GpuContext } from '../webgpu/gpu-context.js';
import { adoptBuffer, GpuTensor } from '../webgpu/gpu-tensor.js';
import { createKeptFeeds, type KeptFeeds } from '../webgpu/kept-feeds.js';
import { createTurns } from './in-turn.js';
import type { OrtModule } from './ort-bundle.js';
import { createOrtSession, memoryError } from './ort-session.js';

/** Runs graphs on the context's device: GPU tensors go in as they are, results stay there. */
export function createOrtWebGpuRunner(
  ort: OrtModule,
  context: GpuContext,
  profile: InferenceRunner['profile'],
): InferenceRunner {
  // The runtime refuses to make two sessions at once, and runs share one command queue.
  const inTurn = createTurns();
  const options: OrtSession.SessionOptions = {
    executionProviders: [
      {
        name: 'webgpu',
        device: context.device,
        // Graphs of the profile `webgpu` hold their convolutions in NHWC already; others are turned by the runtime.
        preferredLayout: profile === 'webgpu' ? 'NCHW' : 'NHWC',
        storageBufferCacheMode: 'simple',
      },
    ],
    preferredOutputLocation: 'gpu-buffer',
  };
  return {
    profile,
    half: context.device.features.has('shader-f16'),
    create: (model, files) =>
      inTurn(async () => {
        context.check();
        const session = await createOrtSession(ort, model, files, options);
        return gpuSession(ort, context, session, inTurn);
      }),
  };
}

function gpuSession(
  ort: OrtModule,
  context: GpuContext,
  session: OrtSession,
  inTurn: ReturnType<typeof createTurns>,
): InferenceSession {
  const kept = createKeptFeeds(context);
  return {
    run: (feeds, outputs) =>
      inTurn(async () => {
        const inputs = await placeFeeds(ort, context, kept, feeds);
        // What our kernels wrote must be in the queue before the runtime reads it.
        context.flush();
        context.check();
        const results = await session.run(inputs, outputs).catch((cause: unknown) => {
          context.check();
          throw memoryError(cause) ?? cause;
        });
        const taken = outputs.map(
          (name) => [name, takeOver(context, name, results[name])] as const,
        );
        return Object.fromEntries(taken) as Record<(typeof outputs)[number], Tensor>;
      }),
    release: () =>
      inTurn(() => {
        kept.clear();
        return session.release();
      }),
  };
}

async function placeFeeds(
  ort: OrtModule,
  context: GpuContext,
  kept: KeptFeeds,
  feeds: Feeds,
): Promise<Record<string, OrtTensor>> {
  const inputs: Record<string, OrtTensor> = {};
  for (const [name, feed] of Object.entries(feeds)) {
    inputs[name] = await place(ort, context, kept, feed);
  }
  return inputs;
}

/** A feed where it lies: the runtime copies what is in CPU memory to the device by itself, unless it was kept there. */
async function place(
  ort: OrtModule,
  context: GpuContext,
  kept: KeptFeeds,
  feed: Tensor | ControlTensor,
): Promise<OrtTensor> {
  if (isControlTensor(feed)) return new ort.Tensor(feed.type, feed.data, feed.shape);
  const resident = isCpuTensor(feed) ? kept.find(feed) : feed;
  if (resident instanceof GpuTensor && resident.context === context) {
    return ort.Tensor.fromGpuBuffer(resident.buffer, { dataType: 'float32', dims: feed.shape });
  }
  context.counters.bytesSent += feed.byteLength;
  return new ort.Tensor('float32', isCpuTensor(feed) ? feed.data : await feed.read(), feed.shape);
}

/** An output of the runtime as a tensor of ours, whose last claim gives the buffer back to the runtime. */
function takeOver(context: GpuContext, name: string, result: OrtTensor | undefined): Tensor {
  if (result?.location !== 'gpu-buffer' || result.type !== 'float32') {
    throw new Error(`The graph put no floats for ${name} on the device.`);
  }
  return adoptBuffer(context, result.gpuBuffer, result.dims, () => {
    result.dispose();
  });
}
