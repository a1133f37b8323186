import { presetNames } from '../../../src/diffusion/presets.js';
import { parseOptions, UsageError, wholeNumber } from './command.js';
import type { Provider } from './model-library.js';
import type { TransferSettings } from './transfer-graph.js';

/** How the command is called. */
export const TRANSFER_USAGE = `Usage: npm run -s transfer -- --structure PICTURE --appearance PICTURE --out FOLDER [options]

Gives the first picture the appearance of the second. Pictures are PNG or JPEG files; transparent parts are laid
on white. The folder gets transfer.png, structure.png and appearance.png (the pictures as the model sees them),
masks.png (the foreground of both) and run.json.

  --structure PICTURE    the shape to keep: a path, or a sample such as giraffe.png
  --appearance PICTURE   the looks to take on
  --out FOLDER           where results are written, over older ones
  --model NAME           a folder of public/models, the path of a folder or .safetensors file, or an http address
  --prompt TEXT          what both pictures show (default “a photo of an animal”)
  --noun WORD            the word of the prompt that the masks look for (default “animal”)
  --preset NAME          official, paper or consistent (default official)
  --steps N              timesteps in all; the schedule is scaled with them (default 100)
  --skip N               noisiest timesteps left out (default the preset's share)
  --seed N               seed of the noise (default 42)
  --ep cpu|wasm          onnxruntime-node, or what a browser without WebGPU runs (default cpu)
  --threads N            threads of one forward (default: what onnxruntime chooses)
  --branches             write what the two branches give back as structure.png and appearance.png`;

/** The options of the command, read. */
export interface TransferOptions extends TransferSettings {
  readonly out: string;
  readonly provider: Provider;
  readonly threads?: number;
  readonly branches: boolean;
}

/** Reads the options of the command. @throws UsageError. */
export function readTransferOptions(args: readonly string[]): TransferOptions | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseOptions({
    args: [...args],
    options: {
      structure: text,
      appearance: text,
      out: text,
      model: text,
      prompt: text,
      noun: text,
      preset: text,
      steps: text,
      skip: text,
      seed: text,
      ep: text,
      threads: text,
      branches: flag,
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';
  const steps = wholeNumber('steps', values.steps, 1, 999);
  const skip = wholeNumber('skip', values.skip, 0, (steps ?? 100) - 1);
  const threads = wholeNumber('threads', values.threads, 1, 256);
  const seed = wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER);
  return {
    structure: required('structure', values.structure),
    appearance: required('appearance', values.appearance),
    out: required('out', values.out),
    preset: oneOf('preset', values.preset ?? 'official', presetNames),
    provider: oneOf('ep', values.ep ?? 'cpu', ['cpu', 'wasm']),
    branches: values.branches ?? false,
    ...(values.model !== undefined && { model: values.model }),
    ...(values.prompt !== undefined && { prompt: values.prompt }),
    ...(values.noun !== undefined && { noun: values.noun }),
    ...(steps !== undefined && { steps }),
    ...(skip !== undefined && { skip }),
    ...(seed !== undefined && { seed }),
    ...(threads !== undefined && { threads }),
  };
}

function required(option: string, value: string | undefined): string {
  if (value) return value;
  throw new UsageError(`--${option} is needed; --help tells how to call the command.`);
}

function oneOf<Name extends string>(option: string, value: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found) return found;
  throw new UsageError(`--${option} takes ${names.join(', ')}, not “${value}”.`);
}
