import { expect } from '@open-wc/testing';
import { layerLaneNames, layerMasks } from '../../../src/diffusion/schedule-sources.js';
import node from '../../../nodes/denoise/cross-image-unet-step.js';
import type { KeyValueSource, ScheduleStep } from '../../../src/diffusion/sockets.js';
import { attentionWeights } from '../../../src/tensor/attention.js';
import { cpuTensor } from '../../../src/tensor/tensor.js';
import { createAnalyticServices } from '../../support/analytic-services.js';
import { listen, refusal } from '../../support/execute-node.js';
import { watchPairs } from '../../support/watch-pairs.js';
import { createZoneParts } from '../../support/zone-parts.js';

function scheduleSlice(source: KeyValueSource, changes: Partial<ScheduleStep> = {}): ScheduleStep {
  return {
    index: 2,
    total: 7,
    sources: { half: source, full: source },
    layers: {},
    masks: ['appearance', 'structure', 'c', 'd'],
    contrast: 1.67,
    clip: true,
    guidance: 3.5,
    adain: 0,
    ...changes,
  };
}

/** A mask that is `value` in its upper half, at the picture's size. */
function upperHalf(value: number) {
  const values = Float32Array.from({ length: 32 * 32 }, (_, i) => (i < 512 ? value : 0));
  return { values: cpuTensor(values, [1, 1, 32, 32]) };
}

async function lab() {
  const services = createAnalyticServices();
  const structure = await createZoneParts(services, { picture: 'structure' });
  const appearance = await createZoneParts(services, { picture: 'other' });
  const inputs = {
    model: structure.model,
    positive: structure.positive,
    samples: structure.inversion.latentAt(2),
    step: structure.inversion.step(2),
    appearance: appearance.reference.at(2),
    structure: structure.reference.at(2),
    reference_c: undefined,
    reference_d: undefined,
    reference_e: undefined,
    reference_f: undefined,
    appearance_mask: undefined,
    structure_mask: undefined,
    mask_c: undefined,
    mask_d: undefined,
    mask_e: undefined,
    mask_f: undefined,
    sharpness: 1,
    renormalize: false,
    appearance_keys: undefined,
    own_keys: false,
    foreign_bias: 0,
    weight_c: 0,
    weight_d: 0,
    weight_e: 0,
    weight_f: 0,
  };
  return { services, inputs, context: listen(services, { pass: 2 }).context };
}

describe('CrossImageUNetStep', () => {
  it('makes one forked forward where foreign keys and values are read', async () => {
    const { services, inputs, context } = await lab();
    const schedule = scheduleSlice('appearance');
    const { cross, self } = await node.execute({ ...inputs, schedule }, context);
    expect(services.network.work().pairs).to.equal(1);
    expect(cross.key).to.not.equal(self.key);
    expect((await cross.noisePred.read())[0]).to.not.equal((await self.noisePred.read())[0]);
    expect([cross.index, self.index]).to.deep.equal([2, 2]);
  });

  it('sharpens by scaling the foreign keys, so that softmax(τ Q Kᵀ) comes out; at 1 they are read as they are', async () => {
    const { services, inputs, context } = await lab();
    const watched = watchPairs(inputs.model);
    const schedule = scheduleSlice('appearance', { contrast: 1 });
    const keysAt = async (sharpness: number) => {
      const { cross } = await node.execute(
        { ...inputs, model: watched.model, schedule, sharpness },
        context,
      );
      return { cross, source: watched.layers()[0]?.source };
    };
    const plain = await keysAt(1);
    const sharp = await keysAt(2.5);
    const keys = async (one: typeof plain) => [...((await one.source?.key.read()) ?? [])];
    const bank = await inputs.appearance.prediction({ keysValues: true }, context.signal);
    expect(plain.source?.key).to.equal(bank.keysValues?.layers[0]?.key);
    const own = await keys(plain);
    expect(own.some((value) => value !== 0)).to.equal(true);
    expect(await keys(sharp)).to.deep.equal(own.map((value) => Math.fround(2.5 * value)));
    expect(sharp.cross.key).to.not.equal(plain.cross.key);
    const query = Float32Array.of(0.3, -1, 2, 0.5);
    const tokens = Float32Array.of(1, 0.2, -0.4, 0.7, -0.3, 0.9);
    const scaled = attentionWeights(
      query,
      tokens.map((value) => 2.5 * value),
      2,
      3,
      2,
    );
    for (let row = 0; row < 2; row++) {
      const terms = [0, 1, 2].map((j) => {
        const [a = 0, b = 0] = query.subarray(2 * row);
        const [c = 0, d = 0] = tokens.subarray(2 * j);
        return Math.exp((2.5 * (a * c + b * d)) / Math.SQRT2);
      });
      const sum = terms.reduce((x, y) => x + y, 0);
      terms.forEach((term, j) => {
        expect(scaled[3 * row + j]).to.be.closeTo(term / sum, 1e-6);
      });
    }
    expect(services.network.work().pairs).to.equal(2);
  });

  it('reads only the appearance’s keys under their mask, and all of them under an empty one', async () => {
    const { services, inputs, context } = await lab();
    const watched = watchPairs(inputs.model);
    const schedule = scheduleSlice('appearance');
    const keysUnder = async (value: number | undefined) => {
      const appearance_keys = value === undefined ? undefined : upperHalf(value);
      const { cross } = await node.execute(
        { ...inputs, model: watched.model, schedule, appearance_keys },
        context,
      );
      const full = watched.layers()[1]?.source;
      return { keys: [...((await full?.key.read()) ?? [])], bias: full?.bias, key: cross.key };
    };
    const all = await keysUnder(undefined);
    const upper = await keysUnder(1);
    const none = await keysUnder(0.5);
    expect(all.bias).to.equal(undefined);
    expect(upper.keys).to.deep.equal(all.keys.slice(0, all.keys.length / 2));
    expect([...(upper.bias ?? [])]).to.deep.equal(Array.from({ length: 8 }, () => 0));
    expect(none.keys).to.deep.equal(all.keys);
    expect(upper.key).to.not.equal(all.key);
    const { context: last, heard } = listen(services, { pass: 6 });
    const step = { ...inputs.step, total: 3 };
    const ending = { ...inputs, step, schedule: { ...schedule, total: 3 } };
    await node.execute({ ...ending, appearance_keys: upperHalf(0.5) }, last);
    await node.execute({ ...ending, appearance_keys: upperHalf(1) }, last);
    expect(heard.warnings).to.deep.equal([
      'The mask at appearance_keys is empty, so the whole appearance was read.',
    ]);
    const live = services.ledger.live();
    await keysUnder(1);
    // The two results and the keys that the test itself claims: nothing that was joined stays.
    expect(services.ledger.live() - live).to.equal(4);
  });

  it('reads further pictures beside the appearance, each key with the logarithm of its weight', async () => {
    const { inputs, context } = await lab();
    const watched = watchPairs(inputs.model);
    const schedule = scheduleSlice('appearance');
    const both = { ...inputs, model: watched.model, schedule, weight_c: 2 };
    expect(await refusal(() => node.execute(both, context))).to.contain(
      'weight_c is above 0, but nothing is linked to reference_c',
    );
    const beside = { ...both, reference_c: inputs.structure };
    const { cross } = await node.execute({ ...beside, renormalize: true }, context);
    const { key, bias } = watched.layers()[1]?.source ?? {};
    const keys = async (branch: typeof inputs.appearance) => [
      ...((await (
        await branch.prediction({ keysValues: true }, context.signal)
      ).keysValues?.layers[1]?.key.read()) ?? []),
    ];
    expect([...((await key?.read()) ?? [])]).to.deep.equal([
      ...(await keys(inputs.appearance)),
      ...(await keys(inputs.structure)),
    ]);
    const weights = Array.from({ length: 32 }, (_, i) => (i < 16 ? 0 : Math.fround(Math.log(2))));
    expect([...(bias ?? [])]).to.deep.equal(weights);
    expect(watched.asked()).to.include({ renormalize: true, besideOwn: false });
    const own = { ...beside, own_keys: true, foreign_bias: -1 };
    const other = await node.execute(own, context);
    expect(watched.asked()).to.include({ renormalize: false, besideOwn: true });
    expect(watched.layers()[1]?.source?.bias?.[0]).to.equal(-1);
    expect(other.cross.key).to.not.equal(cross.key);
  });

  it('takes over the structure branch’s forward while the result equals it', async () => {
    const { services, inputs, context } = await lab();
    const { cross, self } = await node.execute(
      { ...inputs, schedule: scheduleSlice('own') },
      context,
    );
    expect(cross.key).to.equal(self.key);
    await inputs.structure.prediction({}, context.signal);
    expect(services.network.work()).to.deep.equal({ sampleForwards: 1, pairs: 0 });
  });

  it('says which branch is missing when the schedule reads the structure', async () => {
    const { inputs, context } = await lab();
    const schedule = scheduleSlice('structure');
    const message = await refusal(() =>
      node.execute({ ...inputs, schedule, structure: undefined }, context),
    );
    expect(message).to.contain('no structure branch is linked');
  });

  it('reads a further picture that lanes name, and says so when nothing is connected there', async () => {
    const { inputs, context } = await lab();
    const schedule = scheduleSlice('c');
    const missing = await refusal(() => node.execute({ ...inputs, schedule }, context));
    expect(missing).to.contain('reads c in pass 2, but nothing is linked to reference_c');
    const { cross } = await node.execute(
      { ...inputs, schedule, reference_c: inputs.structure },
      context,
    );
    const same = await node.execute({ ...inputs, schedule: scheduleSlice('structure') }, context);
    expect([...(await cross.noisePred.read())]).to.deep.equal([
      ...(await same.cross.noisePred.read()),
    ]);
  });

  it('lets one layer read another picture than the rest of its scale', async () => {
    const { services, inputs, context } = await lab();
    const layers = { 'half.0': 'structure' } as const;
    const asked = watchPairs(inputs.model);
    await node.execute(
      { ...inputs, model: asked.model, schedule: scheduleSlice('appearance', { layers }) },
      context,
    );
    const [half, full] = asked.layers();
    const values = async (one: typeof half) => [...((await one?.source?.key.read()) ?? [])];
    expect(await values(half)).to.not.deep.equal(await values(full));
    expect(services.network.work().pairs).to.equal(1);
  });

  it('parts the queries by the masks that act: M of the source, then appearance, then its own', async () => {
    const { inputs, context } = await lab();
    const asked = watchPairs(inputs.model);
    const structure_mask = upperHalf(0.75);
    const appearance_mask = upperHalf(0.5);
    const schedule = scheduleSlice('structure');
    const run = async (changes: Partial<ScheduleStep>) => {
      await node.execute(
        {
          ...inputs,
          model: asked.model,
          structure_mask,
          appearance_mask,
          schedule: { ...schedule, ...changes },
        },
        context,
      );
      const region = asked.layers()[1]?.region;
      return [
        [...((await region?.share.read()) ?? [])],
        [...((await region?.underShare.read()) ?? [])],
      ];
    };
    const rows = (upper: number, lower: number) =>
      Array.from({ length: 16 }, (_unused, i) => (i < 8 ? upper : lower));
    expect(await run({})).to.deep.equal([rows(0.75, 0), rows(0.125, 0)]);
    expect(await run({ masks: ['structure'] })).to.deep.equal([rows(0.75, 0), rows(0.25, 1)]);
    expect(await run({ masks: [] })).to.deep.equal([[], []]);
    // Masks of single lanes: the layer's, else its scale's, else those of all lanes.
    const laneMasks = { half: [], full: ['structure'], 'full.0': [] } as const;
    const [name = ''] = layerLaneNames(inputs.model.denoiser.mixedLayers).slice(1);
    const scale = name.startsWith('half') ? 'half' : 'full';
    expect(await run({ masks: [], laneMasks: { [scale]: ['structure'] } })).to.deep.equal([
      rows(0.75, 0),
      rows(0.25, 1),
    ]);
    expect(await run({ laneMasks: { [scale]: ['structure'], [name]: [] } })).to.deep.equal([
      [],
      [],
    ]);
    expect(layerMasks({ masks: ['appearance'], laneMasks }, 'full.1')).to.deep.equal(['structure']);
    expect(layerMasks({ masks: ['appearance'] }, 'full.1')).to.deep.equal(['appearance']);
  });

  it('reads the last of the further references, and names the one that is not linked', async () => {
    const { inputs, context } = await lab();
    const schedule = scheduleSlice('f');
    expect(await refusal(() => node.execute({ ...inputs, schedule }, context))).to.contain(
      'nothing is linked to reference_f',
    );
    const reference_f = inputs.structure;
    const through = await node.execute({ ...inputs, reference_f, schedule }, context);
    const same = { ...inputs, schedule: scheduleSlice('structure') };
    const direct = await node.execute(same, context);
    const [a, b] = [through, direct].map(({ cross }) => cross.noisePred.read());
    expect(await a).to.deep.equal(await b);
  });

  it('refuses a schedule for another number of passes', async () => {
    const { inputs, context } = await lab();
    const schedule = scheduleSlice('own', { total: 68 });
    expect(await refusal(() => node.execute({ ...inputs, schedule }, context))).to.contain(
      'the schedule is made for 68 passes, the inversion for 7',
    );
  });

  it('refuses a network that has nothing to mix', async () => {
    const { inputs, context } = await lab();
    const denoiser = { ...inputs.model.denoiser, mixedLayers: [] };
    const model = { ...inputs.model, denoiser };
    const schedule = scheduleSlice('own');
    expect(await refusal(() => node.execute({ ...inputs, model, schedule }, context))).to.contain(
      'no self-attention in the two finest scales',
    );
  });
});
