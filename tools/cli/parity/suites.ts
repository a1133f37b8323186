import { readdir } from 'node:fs/promises';
import type { Checkpoint } from '../../../src/diffusion/ports.js';
import { adainRows } from './adain.js';
import { clipRows } from './clip.js';
import { contrastRows } from './contrast.js';
import { freeURows } from './free-u.js';
import { fullRunArithmeticRows } from './full-run-arithmetic.js';
import { fullRunRows } from './full-run.js';
import { inversionRows } from './inversion.js';
import { philoxRows } from './philox.js';
import { preprocessRows } from './preprocess.js';
import type { Row } from './row.js';
import { scheduleRows } from './schedule.js';
import { segmentationRows } from './segmentation.js';
import { unetForwardRows } from './unet-forward.js';
import { vaeRows } from './vae.js';

/** The comparisons of one recorded file; undefined when the file is not there. */
export interface Suite {
  readonly name: string;
  readonly rows: () => Promise<readonly Row[] | undefined>;
}

/** Recorded runs and inversions of a directory, whatever their step counts. */
async function recordedNames(directory: string, prefix: string): Promise<readonly string[]> {
  const files = await readdir(directory);
  return files
    .filter((file) => file.startsWith(prefix) && file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** What can be compared without a network. */
export async function arithmeticSuites(directory: string): Promise<readonly Suite[]> {
  const runs = await recordedNames(directory, 'full_run_');
  return [
    { name: 'schedule', rows: () => scheduleRows(directory) },
    { name: 'philox', rows: () => philoxRows(directory) },
    { name: 'preprocess', rows: () => preprocessRows(directory) },
    { name: 'contrast', rows: () => contrastRows(directory) },
    { name: 'freeu', rows: () => freeURows(directory) },
    { name: 'adain', rows: () => adainRows(directory) },
    { name: 'segmentation', rows: () => segmentationRows(directory) },
    ...runs.map((name) => ({ name, rows: () => fullRunArithmeticRows(directory, name) })),
  ];
}

/** What runs through the networks of a checkpoint. */
export async function networkSuites(
  directory: string,
  checkpoint: Checkpoint,
): Promise<readonly Suite[]> {
  const inversions = await recordedNames(directory, 'inversion_');
  const runs = await recordedNames(directory, 'full_run_');
  return [
    { name: 'clip', rows: () => clipRows(directory, checkpoint) },
    { name: 'vae', rows: () => vaeRows(directory, checkpoint) },
    { name: 'unet_forward', rows: () => unetForwardRows(directory, checkpoint) },
    ...inversions.map((name) => ({ name, rows: () => inversionRows(directory, name, checkpoint) })),
    ...runs.map((name) => ({ name, rows: () => fullRunRows(directory, name, checkpoint) })),
  ];
}
