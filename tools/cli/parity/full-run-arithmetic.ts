import { cpuOps } from '../../../src/diffusion/cpu-ops.js';
import {
  createNoiseSchedule,
  stableDiffusionScheduler,
} from '../../../src/diffusion/noise-schedule.js';
import { createSchedule } from '../../../src/diffusion/schedule.js';
import { passesOf, stepAt } from '../../../src/diffusion/step-axis.js';
import { cpuTensor, type Tensor } from '../../../src/tensor/tensor.js';
import { recordedSettings, traceRow, type FullRunMeta } from './full-run-settings.js';
import { openGolden, type GoldenFile } from './golden-file.js';
import { sampleAt, type InversionMeta } from './recorded-run.js';
import { relativeRow, type Row } from './row.js';

type Golden = GoldenFile<FullRunMeta>;

/** Sample 0 (OUT) or another of a recorded batch. */
function recorded(golden: GoldenFile<unknown>, name: string, sample: number): Tensor {
  const [batch = 1, ...rest] = golden.shape(name);
  return cpuTensor(sampleAt(golden.f32(name), batch, sample).slice(), [1, ...rest]);
}

/** The recorded mask at the latent's size. */
export function recordedMask(golden: Golden, picture: 'app' | 'struct'): Tensor {
  const [side = 0] = golden.shape('init').slice(2);
  const name = `mask/${picture}_${String(side)}`;
  return cpuTensor(Float32Array.from(golden.u8(name)), [1, 1, ...golden.shape(name)]);
}

/** One pass of OUT from its recorded noise: guidance, reverse step, AdaIN. */
function passRows(
  golden: Golden,
  inversion: GoldenFile<InversionMeta>,
  index: number,
): readonly Row[] {
  const { config } = golden.meta;
  const axis = { steps: config.num_steps, skip: config.skip };
  const step = stepAt(createNoiseSchedule(stableDiffusionScheduler), axis, index);
  const { guidance, adain } = createSchedule(recordedSettings(golden.meta)).at(index);
  const self = recorded(golden, `eps_s/${String(index)}`, 0);
  const cross = recorded(golden, `eps_x/${String(index)}`, 0);
  const noise = guidance === undefined ? cross : cpuOps.guide(self, cross, guidance);
  const before = recorded(golden, index === 0 ? 'init' : `lat/${String(index - 1)}`, 0);
  const passes = passesOf(axis);
  const map = sampleAt(inversion.f32('struct/zs'), passes, index).slice();
  const stepped = cpuOps.reverseStep(before, noise, cpuTensor(map, before.shape), step);
  const after = `lat/${String(index)}`;
  const name = `pass ${String(index)} from recorded noise`;
  const style = recorded(golden, after, 1);
  const masks = config.masked_adain
    ? { content: recordedMask(golden, 'struct'), style: recordedMask(golden, 'app') }
    : undefined;
  const result = adain ? cpuOps.adain(stepped, style, masks) : stepped;
  const row = relativeRow(name, valuesOf(result), valuesOf(recorded(golden, after, 0)), 1e-5);
  const unnormalised = `pre_adain/${String(index)}`;
  if (!golden.has(unnormalised)) return [row];
  const expected = golden.f32(unnormalised);
  return [relativeRow(`${name}, before AdaIN`, valuesOf(stepped), expected, 1e-5), row];
}

function valuesOf(tensor: Tensor): Float32Array {
  if (!('data' in tensor) || !(tensor.data instanceof Float32Array)) {
    throw new Error('Recorded tensors lie in the CPU’s memory.');
  }
  return tensor.data;
}

/** `full_run_*` without the network: the schedule, and every pass whose noise and latents were recorded. */
export async function fullRunArithmeticRows(
  directory: string,
  name: string,
): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<FullRunMeta>(directory, name);
  if (!golden) return undefined;
  const inversion = await openGolden<InversionMeta>(directory, golden.meta.config.inversion);
  const rows = [traceRow(golden.meta)];
  for (const { i } of golden.meta.trace) {
    const before = i === 0 ? 'init' : `lat/${String(i - 1)}`;
    const isRecorded = [before, `eps_x/${String(i)}`, `lat/${String(i)}`].every(golden.has);
    if (inversion && isRecorded) rows.push(...passRows(golden, inversion, i));
  }
  return rows;
}
