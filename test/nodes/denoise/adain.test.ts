import { expect } from '@open-wc/testing';
import node from '../../../nodes/denoise/adain.js';
import type { ScheduleStep } from '../../../src/diffusion/sockets.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen } from '../../support/execute-node.js';
import { createZoneParts } from '../../support/zone-parts.js';

const schedule = (adain: number) => ({ adain }) as ScheduleStep;

/** A mask that is 1 in its upper `rows` of 32, at the picture's size. */
function upperMask(rows: number) {
  const values = Float32Array.from({ length: 32 * 32 }, (_, i) => (i < rows * 32 ? 1 : 0));
  return { values: cpuTensor(values, [1, 1, 32, 32]) };
}

async function lab() {
  const services = createAnalyticServices();
  const structure = await createZoneParts(services, { picture: 'structure' });
  const { reference } = await createZoneParts(services, { picture: 'other' });
  const { context, heard } = listen(services, { pass: 2 });
  const samples = structure.inversion.latentAt(3);
  const asked = structure.reference.at(2);
  return { samples, appearance: reference.at(2), asked, context, heard, services };
}

function means(values: Float32Array, from: number, to: number): readonly number[] {
  return [0, 1].map((channel) => {
    const plane = values.subarray(16 * channel + from, 16 * channel + to);
    return plane.reduce((sum, value) => sum + value, 0) / plane.length;
  });
}

describe('AdaIN', () => {
  it('hands the latents on with a claim of its own where the schedule does not ask for it', async () => {
    const { samples, appearance, context, services } = await lab();
    const before = services.ledger.live();
    const inputs = { samples, appearance, schedule: schedule(0), structure: undefined };
    const result = await node.execute(
      { ...inputs, content_mask: undefined, style_mask: undefined },
      context,
    );
    expect(result.samples.key).to.equal(samples.key);
    result.samples.samples.dispose();
    expect(services.ledger.live()).to.equal(before);
  });

  it('gives every channel the mean of the appearance after the same pass, and previews it', async () => {
    const { samples, appearance, context, heard } = await lab();
    const inputs = { samples, appearance, schedule: schedule(1), structure: undefined };
    const result = await node.execute(
      { ...inputs, content_mask: undefined, style_mask: undefined },
      context,
    );
    const style = await appearance.nextLatent(context.signal);
    const wanted = means(await style.samples.read(), 0, 16);
    means(await result.samples.samples.read(), 0, 16).forEach((mean, channel) => {
      expect(mean).to.be.closeTo(wanted[channel] ?? NaN, 1e-4);
    });
    expect(result.samples.key).to.not.equal(samples.key);
    expect(heard.previews).to.have.length(1);
  });

  it('goes as far as the schedule says: half way is the middle between before and after', async () => {
    const { samples, appearance, context } = await lab();
    const masks = { content_mask: upperMask(16), style_mask: upperMask(8) };
    const run = async (strength: number) => {
      const inputs = { samples, appearance, schedule: schedule(strength), structure: undefined };
      return (await node.execute({ ...inputs, ...masks }, context)).samples;
    };
    const [half, whole] = [await run(0.5), await run(1)];
    const [before, after] = [await samples.samples.read(), await whole.samples.read()];
    (await half.samples.read()).forEach((value, i) => {
      expect(value).to.be.closeTo(((before[i] ?? NaN) + (after[i] ?? NaN)) / 2, 1e-5);
    });
    expect(half.key).to.not.equal(whole.key);
  });

  it('brings masks of the picture’s size to the latents’, and changes nothing outside them', async () => {
    const { samples, appearance, context, heard } = await lab();
    const masks = { content_mask: upperMask(16), style_mask: upperMask(8) };
    const inputs = { samples, appearance, schedule: schedule(1), structure: undefined };
    const result = await node.execute({ ...inputs, ...masks }, context);
    const [before, after] = [await samples.samples.read(), await result.samples.samples.read()];
    expect([...after.subarray(8, 16)]).to.deep.equal([...before.subarray(8, 16)]);
    const style = await appearance.nextLatent(context.signal);
    const wanted = means(await style.samples.read(), 0, 4);
    means(after, 0, 8).forEach((mean, channel) => {
      expect(mean).to.be.closeTo(wanted[channel] ?? NaN, 1e-4);
    });
    expect(heard.warnings).to.deep.equal([]);
  });

  it('takes the whole picture and says so when a mask has fewer than two pixels', async () => {
    const { samples, appearance, context, heard } = await lab();
    const masks = { content_mask: upperMask(0), style_mask: upperMask(16) };
    const inputs = { samples, appearance, schedule: schedule(1), structure: undefined };
    const result = await node.execute({ ...inputs, ...masks }, context);
    expect([...(await result.samples.samples.read())].every(Number.isFinite)).to.equal(true);
    expect(heard.warnings).to.have.length(1);
    expect(heard.warnings[0]).to.contain('without masks');
  });

  it('with the structure’s branch takes each place’s statistics from where its attention goes', async () => {
    const { samples, appearance, asked, context, services } = await lab();
    const masks = { content_mask: upperMask(16), style_mask: undefined };
    const inputs = { samples, appearance, schedule: schedule(1), ...masks };
    const live = services.ledger.live();
    const run = async () => (await node.execute({ ...inputs, structure: asked }, context)).samples;
    const local = await run();
    const style = await (await appearance.nextLatent(context.signal)).samples.read();
    const [before, after] = [await samples.samples.read(), await local.samples.read()];
    // The attention of these networks goes from each row of the 4 by 4 grid to the same row, evenly.
    for (let channel = 0; channel < 2; channel++) {
      const content = [...before.subarray(16 * channel, 16 * channel + 8)];
      const mean = content.reduce((sum, value) => sum + value, 0) / 8;
      const squares = content.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      content.forEach((value, i) => {
        const at = 16 * channel + 4 * Math.floor(i / 4);
        const row = [...style.subarray(at, at + 4)];
        const rowMean = row.reduce((sum, one) => sum + one, 0) / 4;
        const spread = row.reduce((sum, one) => sum + (one - rowMean) ** 2, 0) / 4;
        const normal = (value - mean) / Math.sqrt(squares / 7 + 1e-5);
        const wanted = normal * Math.sqrt(spread + 1e-5) + rowMean;
        expect(after[16 * channel + i]).to.be.closeTo(wanted, 1e-3);
      });
      const below = [16 * channel + 8, 16 * channel + 16] as const;
      expect([...after.subarray(...below)]).to.deep.equal([...before.subarray(...below)]);
    }
    const whole = await node.execute({ ...inputs, structure: undefined }, context);
    expect(local.key).to.not.equal(whole.samples.key);
    const kept = services.ledger.live();
    (await run()).samples.dispose();
    expect(services.ledger.live()).to.equal(kept);
    expect(kept).to.be.above(live);
  });
});
