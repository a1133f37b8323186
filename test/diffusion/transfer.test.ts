import { expect } from '@open-wc/testing';
import { adainLatent } from '../../src/diffusion/adain-latent.js';
import { cpuOps } from '../../src/diffusion/cpu-ops.js';
import { crossImageStep } from '../../src/diffusion/cross-image-step.js';
import { denoiseStep } from '../../src/diffusion/denoise-step.js';
import { createKvBank, type KvBank } from '../../src/diffusion/kv-bank.js';
import {
  inversionPresets,
  referencePresets,
  schedulePresets,
  startPresets,
  type PresetName,
} from '../../src/diffusion/presets.js';
import { createReference } from '../../src/diffusion/reference.js';
import { createSchedule } from '../../src/diffusion/schedule.js';
import type { Inversion, Latent, Reference } from '../../src/diffusion/sockets.js';
import {
  analyticNetwork,
  invertPicture,
  modelOf,
  pictureLatent,
  prompt,
  type AnalyticNetwork,
} from './analytic-network.js';

const signal = new AbortController().signal;
const positive = prompt('a cat', 0.1);

interface Branches {
  readonly structureNoise: Inversion;
  readonly structure: Reference;
  readonly appearance: Reference;
}

async function branches(
  network: AnalyticNetwork,
  preset: PresetName,
  bank: KvBank,
): Promise<Branches> {
  const { steps, skipSteps, cfg } = inversionPresets[preset];
  const axis = { steps, skip: skipSteps };
  const invert = (noiseStream: 0 | 1) =>
    invertPicture(network, bank, { axis, cfg, noiseStream, samples: pictureLatent(noiseStream) });
  const [appearanceNoise, structureNoise] = [await invert(0), await invert(1)];
  const branch = (inversion: Inversion): Reference =>
    createReference({
      ops: cpuOps,
      bank,
      model: modelOf(network),
      positive,
      inversion,
      ...referencePresets[preset],
    });
  return { structureNoise, structure: branch(structureNoise), appearance: branch(appearanceNoise) };
}

/** The loop as the nodes of the zone run it; gives the latent after every pass. */
async function run(
  network: AnalyticNetwork,
  preset: PresetName,
  made: Branches,
): Promise<readonly Latent[]> {
  const { structureNoise, structure, appearance } = made;
  const schedule = createSchedule(schedulePresets[preset]);
  const { startAt } = startPresets[preset];
  let samples = structureNoise.latentAt(startAt);
  const latents: Latent[] = [];
  for (let i = startAt; i < schedule.end; i++) {
    const slice = schedule.at(i);
    const step = structureNoise.step(i);
    const { cross, self } = await crossImageStep(
      {
        model: modelOf(network),
        positive,
        samples,
        step,
        schedule: slice,
        appearance: appearance.at(i),
        structure: structure.at(i),
      },
      signal,
    );
    const isGuided = slice.guidance !== undefined && cross.key !== self.key;
    const guided = isGuided
      ? {
          ...cross,
          noisePred: cpuOps.guide(self.noisePred, cross.noisePred, slice.guidance),
          key: `guided ${cross.key}`,
        }
      : cross;
    samples = await denoiseStep(cpuOps, samples, guided, step, structureNoise, signal);
    if (slice.adain > 0) {
      const style = await appearance.at(i).nextLatent(signal);
      samples = await adainLatent(cpuOps, samples, style, undefined, () => undefined);
    }
    latents.push(samples);
  }
  return latents;
}

describe('the work of a transfer', () => {
  it('official: at most 434 sample-forwards, 57 of them forked', async () => {
    const network = analyticNetwork();
    await run(network, 'official', await branches(network, 'official', createKvBank(2 ** 24)));
    expect(network.work().sampleForwards).to.be.at.most(434);
    expect(network.work().pairs).to.equal(57);
  });

  it('official: a new structure with the same appearance costs at most 232', async () => {
    const network = analyticNetwork();
    const bank = createKvBank(2 ** 24);
    const first = await branches(network, 'official', bank);
    await run(network, 'official', first);
    const before = network.work().sampleForwards;
    const structureNoise = await invertPicture(network, bank, {
      noiseStream: 1,
      samples: pictureLatent(7),
    });
    const structure = createReference({
      ops: cpuOps,
      bank,
      model: modelOf(network),
      positive,
      inversion: structureNoise,
      source: 'replay',
    });
    await run(network, 'official', { ...first, structureNoise, structure });
    expect(network.work().sampleForwards - before).to.be.at.most(232);
  });

  it('consistent: at most 167 sample-forwards, 57 of them forked', async () => {
    const network = analyticNetwork();
    await run(network, 'consistent', await branches(network, 'consistent', createKvBank(2 ** 24)));
    expect(network.work().sampleForwards).to.be.at.most(167);
    expect(network.work().pairs).to.equal(57);
  });

  it('paper: the structure is not replayed when nothing reads it', async () => {
    const network = analyticNetwork();
    await run(network, 'paper', await branches(network, 'paper', createKvBank(2 ** 24)));
    // Inversion 99 * 2 * 2, appearance 100, structure 10 (lent to OUT), OUT 80 pairs and 10 plain.
    expect(network.work().sampleForwards).to.equal(396 + 100 + 10 + 80 + 10);
  });
});

describe('the result of a transfer', () => {
  it('equals the structure branch, key and value, until something mixes', async () => {
    const network = analyticNetwork();
    const made = await branches(network, 'official', createKvBank(2 ** 24));
    const latents = await run(network, 'official', made);
    expect(latents[10]?.key).to.equal(made.structure.at(11).latentKey);
    const structure = await made.structure.at(11).latent(signal);
    expect([...((await latents[10]?.samples.read()) ?? [])]).to.deep.equal([
      ...(await structure.samples.read()),
    ]);
    expect(latents[11]?.key).to.not.equal(made.structure.at(12).latentKey);
  });

  it('is the same however little the bank may hold, and costs no forward more where RAM takes the rest', async () => {
    const network = analyticNetwork();
    const large = createKvBank(2 ** 24);
    const small = createKvBank(0);
    const tiered = createKvBank(0, {
      budgetBytes: 2 ** 24,
      upload: (values, shape) => cpuOps.upload(values, shape),
    });
    const plenty = await run(network, 'official', await branches(network, 'official', large));
    const starved = await branches(network, 'official', small);
    await starved.appearance.at(40).prediction({ keysValues: true }, signal);
    const scarce = await run(network, 'official', starved);
    const before = network.work().sampleForwards;
    const inRam = await branches(network, 'official', tiered);
    await inRam.appearance.at(40).prediction({ keysValues: true }, signal);
    const moved = await run(network, 'official', inRam);
    expect(network.work().sampleForwards - before).to.be.at.most(434);
    expect([tiered.recomputes, tiered.copied.fromRam > 0]).to.deep.equal([0, true]);
    expect(tiered.copied.toRam).to.be.greaterThan(tiered.copied.fromRam);
    expect([...((await moved.at(-1)?.samples.read()) ?? [])]).to.deep.equal([
      ...((await plenty.at(-1)?.samples.read()) ?? []),
    ]);
    expect(small.recomputes).to.be.greaterThan(0);
    expect(large.recomputes).to.equal(0);
    expect([...((await scarce.at(-1)?.samples.read()) ?? [])]).to.deep.equal([
      ...((await plenty.at(-1)?.samples.read()) ?? []),
    ]);
  });
});

describe('a reference branch', () => {
  it('tells the keys of every pass without computing anything', async () => {
    const network = analyticNetwork();
    const { appearance } = await branches(network, 'consistent', createKvBank(2 ** 20));
    expect(appearance.at(67).predictionKey).to.not.equal(appearance.at(66).predictionKey);
    expect(network.work().sampleForwards).to.equal(0);
    expect((await appearance.at(20).prediction({}, signal)).key).to.equal(
      appearance.at(20).predictionKey,
    );
  });

  it('makes each forward once, also for callers at the same time', async () => {
    const network = analyticNetwork();
    const { appearance } = await branches(network, 'official', createKvBank(2 ** 20));
    const before = network.work().sampleForwards;
    await Promise.all([appearance.at(5).latent(signal), appearance.at(5).latent(signal)]);
    await appearance.at(3).prediction({ keysValues: true }, signal);
    expect(network.work().sampleForwards - before).to.equal(5);
  });

  it('stops between forwards when aborted, and goes on later', async () => {
    const network = analyticNetwork();
    const { appearance } = await branches(network, 'official', createKvBank(2 ** 20));
    const stopped = await appearance
      .at(9)
      .latent(AbortSignal.abort('stop'))
      .catch((error: unknown) => error);
    expect(stopped).to.equal('stop');
    expect((await appearance.at(9).latent(signal)).key).to.equal(appearance.at(9).latentKey);
  });

  it('frees what it and its inversion hold with the last claim', async () => {
    const network = analyticNetwork();
    const bank = createKvBank(2 ** 20);
    const inversion = await invertPicture(network, bank);
    const branch = createReference({
      ops: cpuOps,
      bank,
      model: modelOf(network),
      positive,
      inversion,
      source: 'replay',
    });
    inversion.dispose();
    await branch.at(4).nextLatent(signal);
    expect(branch.byteLength).to.be.greaterThan(0);
    branch.dispose();
    expect([branch.byteLength, inversion.byteLength, bank.byteLength]).to.deep.equal([0, 0, 0]);
  });
});
