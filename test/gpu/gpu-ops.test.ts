import { expect } from '@open-wc/testing';
import { cpuOps } from '../../src/diffusion/cpu-ops.js';
import { createKvBank } from '../../src/diffusion/kv-bank.js';
import type { LatentOps } from '../../src/diffusion/ports.js';
import { createGpuOps } from '../../src/runtime/webgpu/gpu-ops.js';
import type { GpuContext } from '../../src/runtime/webgpu/gpu-context.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { noise, openContext, relativeError } from './context.js';

const SHAPE = [1, 4, 16, 24];
const COUNT = 4 * 16 * 24;
const STEP = { A: 1.0146093, B: -0.0443397, sigma: 0.1657289 };

/** Every operation that gives a tensor, on values that `make` puts where the operations want them. */
const CASES: Record<string, (ops: LatentOps) => Tensor | Promise<Tensor>> = {
  gaussian: (ops) => ops.gaussian(42n, 67, [1, 4, 64, 64]),
  'affine with clamp': (ops) => ops.affine(make(ops, 1), 3, -0.25, [-1, 1]),
  'adding noise': (ops) => ops.addNoise(make(ops, 1), make(ops, 2), 0.10151132),
  guidance: (ops) => ops.guide(make(ops, 1), make(ops, 2), 3.5),
  'the reverse step': (ops) => ops.reverseStep(make(ops, 1), make(ops, 2), make(ops, 3), STEP),
  'the last reverse step': (ops) => ops.reverseStep(make(ops, 1), make(ops, 2), undefined, STEP),
  'the noise map': (ops) => ops.noiseMap(make(ops, 1), make(ops, 2), make(ops, 3), STEP),
  AdaIN: (ops) => ops.adain(make(ops, 1), make(ops, 2)),
  'AdaIN inside masks': (ops) =>
    ops.adain(make(ops, 1), make(ops, 2), { content: mask(ops, 4), style: mask(ops, 5) }),
  'head-mean attention': (ops) =>
    ops.headMeanAttention(
      ops.upload(noise(96 * 40, 6), [1, 96, 40]),
      ops.upload(noise(64 * 40, 7), [1, 64, 40]),
      8,
    ),
  'local moments': async (ops) => ops.localMoments(make(ops, 1), make(ops, 2), await rows(ops)),
  'local moments inside a mask': async (ops) =>
    ops.localMoments(make(ops, 1), make(ops, 2), await rows(ops), mask(ops, 4)),
  stacking: (ops) => ops.concatBatch([make(ops, 1), make(ops, 2)]),
  'joining tokens': (ops) => {
    const tokens = ops.upload(noise(24 * 40, 8), [1, 24, 40]);
    const runs = [
      [0, 3],
      [10, 24],
    ] as const;
    return ops.joinTokens([{ tokens, runs }, { tokens }]);
  },
  slicing: (ops) => ops.sliceBatch(ops.concatBatch([make(ops, 1), make(ops, 2)]), 1),
};

function make(ops: LatentOps, seed: number): Tensor {
  return ops.upload(noise(COUNT, seed), SHAPE);
}

/** Attention of every cell to every cell. */
function rows(ops: LatentOps): Promise<Tensor> {
  const tokens = (seed: number) => ops.upload(noise(16 * 24 * 8, seed), [1, 16 * 24, 8]);
  return ops.headMeanAttention(tokens(6), tokens(7), 2);
}

function mask(ops: LatentOps, seed: number): Tensor {
  const values = noise(16 * 24, seed).map((x) => Number(x > 0));
  return ops.upload(values, [1, 1, 16, 24]);
}

describe('latent operations on the device', () => {
  let context: GpuContext;
  before(async () => {
    context = await openContext();
  });
  after(() => {
    context.destroy();
  });

  for (const [name, run] of Object.entries(CASES)) {
    it(`${name} gives what the CPU gives`, async () => {
      const ops = createGpuOps(context);
      const [found, expected] = [await run(ops), await run(cpuOps)];
      expect(found.shape).to.deep.equal(expected.shape);
      expect(found.place).to.equal('gpu');
      const error = relativeError(await found.read(), await expected.read());
      expect(error).to.be.at.most(1e-5);
    });
  }

  it('take tensors of the CPU as well, and keep no copy of them', async () => {
    const ops = createGpuOps(context);
    const x = cpuOps.upload(noise(COUNT, 1), SHAPE);
    const live = context.counters.liveTensors;
    const result = ops.guide(x, x, 2);
    expect(context.counters.liveTensors).to.equal(live + 1);
    expect(relativeError(await result.read(), await x.read())).to.be.at.most(1e-6);
    result.dispose();
  });

  it('read nothing back in a pass of guidance, reverse step and AdaIN, and create no buffer in the second', () => {
    const ops = createGpuOps(context);
    const [x, cross, self, z, style] = [
      make(ops, 1),
      make(ops, 2),
      make(ops, 3),
      make(ops, 4),
      make(ops, 5),
    ] as const;
    const pass = (): void => {
      const guided = ops.guide(self, cross, 3.5);
      const next = ops.reverseStep(x, guided, z, STEP);
      const moved = ops.adain(next, style);
      for (const tensor of [guided, next, moved]) tensor.dispose();
    };
    const read = ops.bytesRead();
    pass();
    const created = context.pool.created;
    const { liveBytes } = context.counters;
    for (let i = 0; i < 20; i++) pass();
    expect(ops.bytesRead()).to.equal(read);
    expect(context.pool.created).to.equal(created);
    expect(context.counters.liveBytes).to.equal(liveBytes);
  });

  it('take back what the bank put in main memory, with the same bits, and hold nothing afterwards', async () => {
    const ops = createGpuOps(context);
    const { liveBytes } = context.counters;
    const upload = ops.upload.bind(ops);
    const bank = createKvBank(0, { budgetBytes: 2 ** 20, upload });
    for (const [i, key] of ['first', 'second'].entries()) {
      bank.keep(key, { keysValues: { layers: [{ key: make(ops, i), value: make(ops, i + 9) }] } });
      await bank.trim();
    }
    const bytes = 8 * COUNT;
    expect([bank.byteLength, bank.ramByteLength]).to.deep.equal([bytes, bytes]);
    expect(context.counters.liveBytes).to.equal(liveBytes + bytes);
    const back = bank.find('first', { keysValues: true })?.keysValues?.layers[0]?.value;
    expect(back?.place).to.equal('gpu');
    expect(await back?.read()).to.deep.equal(noise(COUNT, 9));
    await bank.trim();
    expect(bank.copied).to.deep.equal({ toRam: 2 * bytes, fromRam: bytes });
    bank.clear();
    expect(context.counters.liveBytes).to.equal(liveBytes);
  });

  it('refuse a tensor after its last claim', () => {
    const ops = createGpuOps(context);
    const x = make(ops, 1);
    x.retain().dispose();
    ops.affine(x, 1, 0).dispose();
    x.dispose();
    expect(() => ops.affine(x, 1, 0)).to.throw('after its last claim');
    expect(() => {
      x.dispose();
    }).to.throw('disposed twice');
  });

  it('fail once after a command that the device refused, then go on', async () => {
    const ops = createGpuOps(context);
    const x = make(ops, 1);
    const tooLarge = { size: context.device.limits.maxBufferSize + 4, usage: 128 };
    context.device.createBuffer(tooLarge).destroy();
    // The device tells what it refused when it comes to it, which can be after a read.
    let failure: unknown;
    for (let reads = 0; reads < 100 && !(failure instanceof Error); reads++) {
      failure = await x.read().catch((error: unknown) => error);
    }
    expect(failure).to.be.instanceOf(Error);
    expect((await ops.affine(x, 1, 0).read()).length).to.equal(COUNT);
    x.dispose();
  });

  it('tell a lost device in words', async () => {
    const other = await openContext();
    const ops = createGpuOps(other);
    const x = make(ops, 1);
    other.device.destroy();
    await other.device.lost;
    const failure: unknown = await x.read().catch((error: unknown) => error);
    expect(failure).to.have.nested.property('details.code', 'webgpu/device-lost');
    expect(() => ops.affine(x, 1, 0)).to.throw('webgpu/device-lost');
  });
});
