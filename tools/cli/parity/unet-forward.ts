import { referenceFreeU } from '../../../src/diffusion/free-u.js';
import type {
  Checkpoint,
  Denoiser,
  DenoiserResult,
  FreeU,
  MixedLayer,
} from '../../../src/diffusion/ports.js';
import { headMeanWeights } from '../../../src/tensor/attention.js';
import { cpuTensor, type Tensor } from '../../../src/tensor/tensor.js';
import { openGolden, type GoldenFile } from './golden-file.js';
import { sampleAt } from './recorded-run.js';
import { absoluteRow, relativeRow, type Row } from './row.js';

interface Meta {
  readonly t_vec: readonly number[];
  readonly t_scalar: number;
  readonly contrast: number;
  readonly cases: readonly string[];
}

const FEATURES = 5e-5;
const PROBABILITIES = 1e-4;

interface Recording {
  readonly golden: GoldenFile<Meta>;
  readonly denoiser: Denoiser;
  readonly signal: AbortSignal;
}

function sample({ golden }: Recording, name: 'sample' | 'text', index: number): Tensor {
  const [batch = 1, ...rest] = golden.shape(name);
  return cpuTensor(sampleAt(golden.f32(name), batch, index).slice(), [1, ...rest]);
}

function plainForward(
  { golden, denoiser, signal }: Recording,
  timesteps: readonly number[],
  freeU: FreeU | undefined,
): Promise<DenoiserResult> {
  return denoiser.predict({
    samples: cpuTensor(golden.f32('sample'), golden.shape('sample')),
    timesteps,
    promptEmbeds: cpuTensor(golden.f32('text'), golden.shape('text')),
    freeU,
    capture: { keysValues: true, attention: true },
    signal,
  });
}

async function noiseRow(
  recording: Recording,
  name: string,
  timesteps: readonly number[],
  freeU: FreeU | undefined,
): Promise<Row> {
  const { noisePred } = await plainForward(recording, timesteps, freeU);
  const expected = recording.golden.f32(`${name}/eps`);
  return relativeRow(`${name}: noise`, await noisePred.read(), expected, FEATURES);
}

/** The folder of recorded values of a layer: its path down to the attention's index. */
function folderOf({ name }: MixedLayer): string {
  return name.split('.').slice(0, 4).join('.');
}

/** Keys, values, the last query and the text attention of the forward with FreeU at one timestep. */
async function captureRows(recording: Recording): Promise<readonly Row[]> {
  const { golden, denoiser } = recording;
  const name = 'freeu_tscalar';
  const { t_scalar, t_vec } = golden.meta;
  const timesteps = t_vec.map(() => t_scalar);
  const result = await plainForward(recording, timesteps, referenceFreeU);
  const rows: Row[] = [];
  for (const [j, layer] of denoiser.mixedLayers.entries()) {
    const folder = `${name}/${folderOf(layer)}`;
    const captured = result.keysValues?.layers[j];
    if (!captured) throw new Error(`The network captured nothing at ${layer.name}.`);
    const [key, value] = [await captured.key.read(), await captured.value.read()];
    rows.push(
      relativeRow(`${folder}: keys`, key, golden.f32(`${folder}/K`), FEATURES),
      relativeRow(`${folder}: values`, value, golden.f32(`${folder}/V`), FEATURES),
    );
  }
  const { attention } = result;
  const last = denoiser.mixedLayers.findLast(({ downscale }) => downscale === 1);
  if (!attention || !last) throw new Error('The network captured no attention.');
  const query = await attention.selfQuery.read();
  const folder = `${name}/${folderOf(last)}`;
  const recorded = golden.f32(`${name}/cross_probs_head_mean`);
  const [batch = 1] = golden.shape('sample');
  const weightsOf = (queries: Float32Array, keys: Float32Array) =>
    headMeanWeights(
      sampleAt(queries, batch, 0),
      sampleAt(keys, batch, 0),
      last.channels,
      attention.heads,
    );
  const expected = weightsOf(golden.f32(`${folder}/Q`), golden.f32(`${folder}/K`));
  const selfMap = weightsOf(query, await attention.selfKey.read());
  return [
    ...rows,
    relativeRow(`${folder}: queries`, query, golden.f32(`${folder}/Q`), FEATURES),
    absoluteRow(`${folder}: self-attention, mean of heads`, selfMap, expected, PROBABILITIES),
    absoluteRow(
      `${name}: text attention, mean of heads`,
      await attention.textMap.read(),
      recorded,
      PROBABILITIES,
    ),
  ];
}

/** What a recorded swap pass does, read from its name (`swap_app_only_up2`, `swap_app_beta3`, …). */
function swapOf(name: string, contrast: number) {
  const beta = /_beta([\d.]+)/.exec(name)?.[1];
  return {
    source: name.includes('struct') ? 2 : 1,
    contrast: beta === undefined ? contrast : Number(beta),
    freeU: name.includes('nofreeu') ? undefined : referenceFreeU,
    includes: ({ downscale }: MixedLayer) =>
      !(name.includes('only_up2') && downscale !== 2) &&
      !(name.includes('only_up3') && downscale !== 1),
  };
}

/** One forked pass: the swap for OUT, and its plain half. */
async function swapRows(recording: Recording, name: string): Promise<readonly Row[]> {
  const { golden, denoiser, signal } = recording;
  const swap = swapOf(name, golden.meta.contrast);
  const timestep = golden.meta.t_scalar;
  const forward = (index: number) =>
    denoiser.predict({
      samples: sample(recording, 'sample', index),
      timesteps: [timestep],
      promptEmbeds: sample(recording, 'text', index),
      freeU: swap.freeU,
      capture: { keysValues: true },
      signal,
    });
  const { keysValues } = await forward(swap.source);
  const own = await forward(0);
  const pair = await denoiser.predictPair({
    samples: sample(recording, 'sample', 0),
    timestep,
    promptEmbeds: sample(recording, 'text', 0),
    freeU: swap.freeU,
    layers: denoiser.mixedLayers.map((layer, j) => ({
      source: swap.includes(layer) ? keysValues?.layers[j] : undefined,
      contrast: swap.includes(layer) ? swap.contrast : 1,
    })),
    clip: true,
    signal,
  });
  const [batch = 1] = golden.shape('sample');
  const expected = sampleAt(golden.f32(`${name}/eps`), batch, 0);
  const plain = await own.noisePred.read();
  return [
    relativeRow(`${name}: noise`, await pair.cross.read(), expected, FEATURES),
    relativeRow(`${name}: plain half of the pair`, await pair.self.read(), plain, FEATURES),
  ];
}

/** `unet_forward`: noise, captures and swap passes of single forwards. */
export async function unetForwardRows(
  directory: string,
  { denoiser }: Checkpoint,
): Promise<readonly Row[] | undefined> {
  const golden = await openGolden<Meta>(directory, 'unet_forward');
  if (!golden) return undefined;
  const recording = { golden, denoiser, signal: new AbortController().signal };
  const { t_vec, t_scalar, cases } = golden.meta;
  const same = t_vec.map(() => t_scalar);
  const rows = [
    await noiseRow(recording, 'plain_tvec', t_vec, undefined),
    await noiseRow(recording, 'plain_tscalar', same, undefined),
    await noiseRow(recording, 'freeu_tvec', t_vec, referenceFreeU),
    await noiseRow(recording, 'freeu_tscalar', same, referenceFreeU),
    ...(await captureRows(recording)),
  ];
  for (const name of cases) {
    if (name.startsWith('noswap')) rows.push(await noiseRow(recording, name, same, undefined));
    else rows.push(...(await swapRows(recording, name)));
  }
  return rows;
}
