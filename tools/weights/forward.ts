import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadCheckpoint } from '../../src/runtime/node/load-checkpoint.js';
import { cpuTensor, type Tensor } from '../../src/tensor/tensor.js';

const USAGE = `Usage: node --import tsx tools/weights/forward.ts --model PATH [--recorded NAME]

Loads a model, encodes a prompt, runs the U-Net once and decodes, and prints seconds and the largest resident memory in MB. With
--recorded, NAME.json and NAME.bin hold what diffusers computes on the same model (tools/parity/checkpoint_forward.py), and
the differences are printed too.`;

type Arrays = Readonly<
  Record<
    string,
    { readonly shape: readonly number[]; readonly offset: number; readonly nbytes: number }
  >
>;

function readRecorded(
  name: string,
): (array: string) => { shape: readonly number[]; bytes: ArrayBuffer } {
  const { arrays } = JSON.parse(readFileSync(`${name}.json`, 'utf8')) as { arrays: Arrays };
  const all = new Uint8Array(readFileSync(`${name}.bin`));
  return (array) => {
    const entry = arrays[array];
    if (entry === undefined) throw new Error(`${name} has no array ${array}.`);
    const bytes = all.slice(entry.offset, entry.offset + entry.nbytes).buffer;
    return { shape: entry.shape, bytes };
  };
}

/** max |a - b| / max |b|. */
function relativeError(found: Float32Array, wanted: Float32Array): number {
  let difference = 0;
  let size = 0;
  wanted.forEach((value, i) => {
    difference = Math.max(difference, Math.abs((found[i] ?? NaN) - value));
    size = Math.max(size, Math.abs(value));
  });
  return difference / size;
}

function megabytes(): string {
  return ((process.resourceUsage().maxRSS * 1024) / 1e6).toFixed(0);
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { model: text, recorded: text } });
  if (values.model === undefined) {
    console.error(USAGE);
    return 2;
  }
  const { signal } = new AbortController();
  let began = performance.now();
  const tell = (what: string): void => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${what.padEnd(28)} ${seconds.padStart(6)} s   ${megabytes().padStart(6)} MB peak`);
    began = performance.now();
  };
  tell('start');
  const checkpoint = await loadCheckpoint(values.model, {
    warn: (note) => {
      console.log(note);
    },
  });
  tell('opened and checked');
  const recorded = values.recorded === undefined ? undefined : readRecorded(values.recorded);
  const ids = recorded
    ? [...new Int32Array(recorded('tokens').bytes)]
    : [49_406, 320, 1125, 539, 320, 4102, ...Array.from({ length: 71 }, () => 49_407)];
  const compare = async (name: string, tensor: Tensor): Promise<void> => {
    tell(name);
    const found = await tensor.read();
    if (recorded === undefined) return;
    const error = relativeError(found, new Float32Array(recorded(name).bytes));
    console.log(`${''.padEnd(28)} ${error.toExponential(1)} from diffusers, relative`);
  };
  const states = await checkpoint.textEncoder.encodeTokens(ids, signal);
  await compare('text', states);
  const samples: Tensor = recorded
    ? cpuTensor(new Float32Array(recorded('sample').bytes), recorded('sample').shape)
    : cpuTensor(
        Float32Array.from({ length: 4 * 64 * 64 }, (_unused, i) => Math.sin(i * 12.9898)),
        [1, 4, 64, 64],
      );
  const request = { samples, timesteps: [471], promptEmbeds: states, freeU: undefined, signal };
  const { noisePred } = await checkpoint.denoiser.predict(request);
  await compare('noise', noisePred);
  await compare('decoded', await checkpoint.vae.decode(samples, signal));
  checkpoint.dispose();
  return 0;
}

process.exitCode = await main();
