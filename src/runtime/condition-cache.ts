import { cpuTensor, type Tensor } from '../tensor/tensor.js';
import type { ControlTensor, InferenceSession } from './inference.js';
import { timestepFeatures } from './models/timestep-features.js';
import type { UnetConfig } from './models/unet-config.js';
import { CONDITION_NAMES, textInputs, UNET_NAMES } from './models/unet-names.js';

/** What a cache of conditions is made of. */
export interface ConditionParts {
  readonly config: UnetConfig;
  readonly textSession: InferenceSession;
  readonly textLayers: number;
  readonly timeSession: InferenceSession;
}

/** Rows of a batch before its fork and after it. */
export interface BatchRows {
  readonly before: number;
  readonly after: number;
}

/** Inputs of a forward that are lent until `giveBack`. */
export interface LentConditions {
  readonly feeds: Readonly<Record<string, Tensor | ControlTensor>>;
  readonly giveBack: () => void;
}

/**
 * What a forward needs of its prompt and its timestep, computed once for each and kept where the network runs. Prompts are told
 * by their tensor, so the same tensor must keep its values.
 */
export interface ConditionCache {
  /** The keys and values of a prompt's text attentions, for a batch of so many rows. */
  text(promptEmbeds: Tensor, rows: BatchRows): Promise<LentConditions>;
  /**
   * The vectors of some timesteps. Those of the timesteps `ahead`, which the run will ask for, are computed in the same call when any
   * is missing.
   */
  time(timesteps: readonly number[], ahead: readonly number[]): Promise<LentConditions>;
  /** Frees what is kept, when no forward uses it any more. */
  clear(): void;
}

/** Prompts and tables kept; a transfer uses two prompts of each inversion, and one in plain passes and in pairs. */
const KEPT_PROMPTS = 6;
const KEPT_TABLES = 8;

/** Tensors with one claim of the cache and one for each forward that uses them. */
class Shared {
  readonly #tensors: Promise<readonly Tensor[]>;

  constructor(tensors: Promise<readonly Tensor[]>) {
    this.#tensors = tensors;
  }

  async lend(): Promise<{ readonly tensors: readonly Tensor[]; readonly giveBack: () => void }> {
    const tensors = (await this.#tensors).map((tensor) => tensor.retain());
    return {
      tensors,
      giveBack: () => {
        for (const tensor of tensors) tensor.dispose();
      },
    };
  }

  /** Gives the cache's claim back, behind whoever was lent to before. */
  free(): void {
    void this.#tensors.then(
      (tensors) => {
        for (const tensor of tensors) tensor.dispose();
      },
      () => undefined,
    );
  }
}

interface Prompt {
  readonly promptEmbeds: Tensor;
  readonly rows: BatchRows;
  readonly shared: Shared;
}

interface Table {
  readonly rows: ReadonlyMap<number, number>;
  readonly shared: Shared;
}

/** An empty cache. The sessions stay the caller's to release. */
export function createConditionCache(parts: ConditionParts): ConditionCache {
  let prompts: readonly Prompt[] = [];
  let tables: readonly Table[] = [];
  const names = Array.from({ length: parts.textLayers }, (_unused, layer) =>
    Object.values(textInputs(layer)),
  ).flat();

  const projectText = (promptEmbeds: Tensor, rows: BatchRows): Prompt => {
    const made = runText(parts, promptEmbeds, rows, names);
    const prompt = { promptEmbeds, rows, shared: new Shared(made) };
    made.catch(() => {
      prompts = prompts.filter((other) => other !== prompt);
    });
    return prompt;
  };
  const projectTime = (timesteps: readonly number[]): Table => {
    const rows = new Map([...new Set(timesteps)].map((timestep, row) => [timestep, row]));
    const made = runTime(parts, [...rows.keys()]);
    const table = { rows, shared: new Shared(made) };
    made.catch(() => {
      tables = tables.filter((other) => other !== table);
    });
    return table;
  };
  return {
    async text(promptEmbeds, rows) {
      const isIt = (kept: Prompt): boolean =>
        kept.promptEmbeds === promptEmbeds &&
        kept.rows.before === rows.before &&
        kept.rows.after === rows.after;
      const prompt = prompts.find(isIt) ?? projectText(promptEmbeds, rows);
      prompts = keepFirst(prompts, prompt, KEPT_PROMPTS);
      const { tensors, giveBack } = await prompt.shared.lend();
      const feeds = Object.fromEntries(tensors.map((tensor, i) => [names[i] ?? '', tensor]));
      return { feeds, giveBack };
    },
    async time(timesteps, ahead) {
      const has = ({ rows }: Table): boolean => timesteps.every((timestep) => rows.has(timestep));
      const table = tables.find(has) ?? projectTime([...timesteps, ...ahead]);
      tables = keepFirst(tables, table, KEPT_TABLES);
      const rows = Int32Array.from(timesteps, (timestep) => table.rows.get(timestep) ?? 0);
      const { tensors, giveBack } = await table.shared.lend();
      const [time] = tensors;
      if (time === undefined) throw new Error('The session gave no table of timesteps.');
      const timeRows = { type: 'int32', data: rows, shape: [rows.length] } as const;
      return { feeds: { [UNET_NAMES.time]: time, [UNET_NAMES.timeRows]: timeRows }, giveBack };
    },
    clear() {
      for (const { shared } of [...prompts, ...tables]) shared.free();
      prompts = [];
      tables = [];
    },
  };
}

/** All with `first` at the front; what comes after so many is freed. */
function keepFirst<Kept extends { readonly shared: Shared }>(
  all: readonly Kept[],
  first: Kept,
  count: number,
): readonly Kept[] {
  const inOrder = [first, ...all.filter((other) => other !== first)];
  for (const { shared } of inOrder.slice(count)) shared.free();
  return inOrder.slice(0, count);
}

async function runText(
  { textSession }: ConditionParts,
  promptEmbeds: Tensor,
  { before, after }: BatchRows,
  names: readonly string[],
): Promise<readonly Tensor[]> {
  const count = (rows: number): ControlTensor => ({
    type: 'int32',
    data: Int32Array.of(rows),
    shape: [1],
  });
  const feeds = {
    [CONDITION_NAMES.text]: promptEmbeds,
    [CONDITION_NAMES.rows]: count(before),
    [CONDITION_NAMES.forkedRows]: count(after),
  };
  const made = await textSession.run(feeds, names);
  return Object.values(made);
}

async function runTime(
  { config, timeSession }: ConditionParts,
  timesteps: readonly number[],
): Promise<readonly Tensor[]> {
  const width = config.blockChannels[0] ?? 0;
  const features = cpuTensor(timestepFeatures(timesteps, width, config), [timesteps.length, width]);
  const { table } = CONDITION_NAMES;
  const made = await timeSession.run({ [CONDITION_NAMES.features]: features }, [table]);
  return [made[table]];
}
