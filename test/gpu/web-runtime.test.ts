import { expect } from '@open-wc/testing';
import type { InferenceRunner } from '../../src/runtime/inference.js';
import { testAttention } from '../../src/runtime/web/attention-self-test.js';
import { loadOrt, type OrtModule } from '../../src/runtime/web/ort-bundle.js';
import { openWebRuntime } from '../../src/runtime/web/web-runtime.js';
import { openDevice } from '../../src/runtime/webgpu/device.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';
import { ORT_PLACE } from './context.js';

/** The runner with one value of the output `fused` changed. */
function spoiled(runner: InferenceRunner): InferenceRunner {
  return {
    profile: runner.profile,
    async create(model, files) {
      const session = await runner.create(model, files);
      return {
        ...session,
        run: async (feeds, outputs) => {
          const results = await session.run(feeds, outputs);
          const { fused } = results as Readonly<Record<string, Tensor>>;
          if (fused === undefined) return results;
          const values = Float32Array.from(await fused.read());
          values[7] = (values[7] ?? 0) + 0.25;
          return { ...results, fused: cpuTensor(values, fused.shape) };
        },
      };
    },
  };
}

describe('the choice of where networks run', function () {
  this.timeout(90_000);
  let ort: OrtModule;
  before(async () => {
    ort = await loadOrt({ ...ORT_PLACE, threads: 2 });
  });

  it('falls to the CPU where the only adapter computes there, and says so', async () => {
    const { software } = await openDevice({ allowSoftware: true });
    const runtime = await openWebRuntime(ort, 'auto', 2);
    expect(runtime.provider).to.equal(software ? 'wasm' : 'webgpu');
    if (software) expect(runtime.reason).to.match(/adapter .* computes on the CPU.*2 threads/);
    runtime.dispose();
  });

  it('takes any adapter that computes attention right when WebGPU is asked for', async () => {
    const runtime = await openWebRuntime(ort, 'webgpu', 2);
    expect(runtime.provider).to.equal('webgpu');
    expect(runtime.reason).to.include('WebGPU (');
    expect(runtime.ops.gaussian(1n, 0, [4]).place).to.equal('gpu');
    runtime.dispose();
  });

  it('stays on the CPU when asked to', async () => {
    const runtime = await openWebRuntime(ort, 'wasm', 1);
    expect(runtime.provider).to.equal('wasm');
    expect(runtime.reason).to.include('as asked for').and.to.include('one thread');
    expect(await testAttention(runtime.runner)).to.equal(undefined);
  });

  it('finds out attention that is wrong in a single value', async () => {
    const { runner } = await openWebRuntime(ort, 'wasm', 1);
    expect(await testAttention(spoiled(runner))).to.match(/off by 0\.2/);
  });

  it('never asks a software adapter for subgroups, and tells the loss of a device whoever destroyed it', async () => {
    const opened = await openDevice({ allowSoftware: true });
    if (opened.software) expect(opened.hasSubgroups).to.equal(false);
    opened.device.destroy();
    expect((await opened.lost).details.code).to.equal('webgpu/device-lost');
  });
});
