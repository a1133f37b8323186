import { expect } from '@open-wc/testing';
import type { InferenceRunner } from '../../src/runtime/inference.js';
import { OnnxGraph } from '../../src/runtime/onnx/onnx-graph.js';
import { loadOrt, wasmThreads, type OrtModule } from '../../src/runtime/web/ort-bundle.js';
import { createOrtWasmRunner } from '../../src/runtime/web/ort-wasm-runner.js';
import { createOrtWebGpuRunner } from '../../src/runtime/web/ort-webgpu-runner.js';
import { createGpuOps } from '../../src/runtime/webgpu/gpu-ops.js';
import type { GpuContext } from '../../src/runtime/webgpu/gpu-context.js';
import { cpuTensor } from '../../src/tensor/tensor.js';
import { noise, openContext, ORT_PLACE, relativeError } from './context.js';

/** y = gelu(x) W and twice = 2 x, where W lies in a file. */
function model(): { bytes: Uint8Array; weights: Float32Array } {
  const graph = new OnnxGraph();
  const x = graph.input('x', 'float32', ['rows', 8]);
  const kernel = graph.external('w', 'float32', [8, 3], {
    path: 'weights.bin',
    offset: 4,
    byteLength: 96,
  });
  const hidden = graph.node('Gelu', [x], {}, 'com.microsoft');
  graph.output(graph.node('MatMul', [hidden, kernel]), 'float32', ['rows', 3], 'y');
  graph.output(graph.node('Mul', [x, graph.float32([2])]), 'float32', ['rows', 8], 'twice');
  return { bytes: graph.toModel(), weights: noise(25, 3) };
}

describe('sessions of onnxruntime-web', () => {
  let ort: OrtModule;
  let context: GpuContext;
  before(async function () {
    this.timeout(60_000);
    ort = await loadOrt({ ...ORT_PLACE, threads: wasmThreads() });
    context = await openContext();
  });
  after(() => {
    context.destroy();
  });

  const open = async (runner: InferenceRunner) => {
    const { bytes, weights } = model();
    const blob = new Blob([weights as Float32Array<ArrayBuffer>]);
    const source = {
      name: 'weights.bin',
      size: blob.size,
      blob,
      read: async (offset: number, length: number) =>
        new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
    };
    return runner.create(bytes, [source]);
  };

  it('give the same values on WebGPU as on WASM threads', async function () {
    this.timeout(60_000);
    const x = cpuTensor(noise(40), [5, 8]);
    const onCpu = await open(createOrtWasmRunner(ort));
    const onGpu = await open(createOrtWebGpuRunner(ort, context, 'webgpu'));
    const ops = createGpuOps(context);
    const expected = await (await onCpu.run({ x }, ['y'])).y.read();
    const input = ops.upload(x.data, x.shape);
    const { y } = await onGpu.run({ x: input }, ['y']);
    expect(y.place).to.equal('gpu');
    expect(relativeError(await y.read(), expected)).to.be.at.most(1e-5);
    for (const tensor of [input, y]) tensor.dispose();
    await Promise.all([onCpu.release(), onGpu.release()]);
  });

  it('keep their order with our kernels and read nothing back', async function () {
    this.timeout(60_000);
    const session = await open(createOrtWebGpuRunner(ort, context, 'webgpu'));
    const ops = createGpuOps(context);
    const bytesRead = ops.bytesRead();
    let x = ops.upload(new Float32Array(16).fill(1), [2, 8]);
    for (let round = 0; round < 5; round++) {
      const { twice } = await session.run({ x }, ['twice']);
      x.dispose();
      x = ops.affine(twice, 1, 1);
      twice.dispose();
    }
    expect(ops.bytesRead()).to.equal(bytesRead);
    expect([...(await x.read())]).to.deep.equal(Array.from({ length: 16 }, () => 63));
    x.dispose();
    await session.release();
    expect(context.counters.liveTensors).to.equal(0);
    expect(context.counters.liveBytes).to.equal(0);
  });

  it('are sent an input once more at most, however often it comes, unless it is small', async function () {
    this.timeout(60_000);
    const session = await open(createOrtWebGpuRunner(ort, context, 'webgpu'));
    const sentWith = async (rows: number): Promise<readonly number[]> => {
      const x = cpuTensor(noise(8 * rows), [rows, 8]);
      const doubled = [...x.data].map((value) => 2 * value);
      const sent: number[] = [];
      for (let round = 0; round < 4; round++) {
        const before = context.counters.bytesSent;
        const { twice } = await session.run({ x }, ['twice']);
        sent.push(context.counters.bytesSent - before);
        expect([...(await twice.read())]).to.deep.equal(doubled);
        twice.dispose();
      }
      return sent;
    };
    expect(await sentWith(10)).to.deep.equal([320, 320, 0, 0]);
    expect(await sentWith(2)).to.deep.equal([64, 64, 64, 64]);
    await session.release();
    expect(context.counters.liveTensors).to.equal(0);
  });

  it('take runs that are asked for at once one after the other', async function () {
    this.timeout(60_000);
    for (const runner of [
      createOrtWasmRunner(ort),
      createOrtWebGpuRunner(ort, context, 'webgpu'),
    ]) {
      const session = await open(runner);
      const results = await Promise.all(
        [1, 2, 3].map((value) => {
          const x = cpuTensor(new Float32Array(8).fill(value), [1, 8]);
          return session.run({ x }, ['twice']);
        }),
      );
      const firsts = await Promise.all(results.map(async ({ twice }) => (await twice.read())[0]));
      expect(firsts).to.deep.equal([2, 4, 6]);
      for (const { twice } of results) twice.dispose();
      await session.release();
    }
  });
});
