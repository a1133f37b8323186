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
  /** The keys and values of a prompt's text attentions. */
  text(promptEmbeds: Tensor): Promise<LentConditions>;
  /**
   * The vectors of some timesteps. Those of the timesteps `ahead`, which the run will ask for, are computed in the same call when any
   * is missing.
   */
  time(timesteps: readonly number[], ahead: readonly number[]): Promise<LentConditions>;
  /** Frees what is kept, when no forward uses it any more. */
  clear(): void;
}

/** Prompts and tables kept; a transfer uses three prompts of an inversion and one of its passes. */
const KEPT_PROMPTS = 4;
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

interface Table {
  readonly rows: ReadonlyMap<number, number>;
  readonly shared: Shared;
}

/** An empty cache. The sessions stay the caller's to release. */
export function createConditionCache(parts: ConditionParts): ConditionCache {
  const prompts = new Map<Tensor, Shared>();
  let tables: readonly Table[] = [];
  const names = Array.from({ length: parts.textLayers }, (_unused, layer) =>
    Object.values(textInputs(layer)),
  ).flat();

  const projectText = (promptEmbeds: Tensor): Shared => {
    const made = runText(parts, promptEmbeds, names);
    made.catch(() => prompts.delete(promptEmbeds));
    return new Shared(made);
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
    async text(promptEmbeds) {
      const known = prompts.get(promptEmbeds) ?? projectText(promptEmbeds);
      prompts.delete(promptEmbeds);
      prompts.set(promptEmbeds, known);
      for (const [oldest, old] of prompts) {
        if (prompts.size <= KEPT_PROMPTS) break;
        prompts.delete(oldest);
        old.free();
      }
      const { tensors, giveBack } = await known.lend();
      const feeds = Object.fromEntries(tensors.map((tensor, i) => [names[i] ?? '', tensor]));
      return { feeds, giveBack };
    },
    async time(timesteps, ahead) {
      const has = ({ rows }: Table): boolean => timesteps.every((timestep) => rows.has(timestep));
      const table = tables.find(has) ?? projectTime([...timesteps, ...ahead]);
      tables = [table, ...tables.filter((other) => other !== table)];
      for (const old of tables.slice(KEPT_TABLES)) old.shared.free();
      tables = tables.slice(0, KEPT_TABLES);
      const rows = Int32Array.from(timesteps, (timestep) => table.rows.get(timestep) ?? 0);
      const { tensors, giveBack } = await table.shared.lend();
      const [time] = tensors;
      if (time === undefined) throw new Error('The session gave no table of timesteps.');
      const timeRows = { type: 'int32', data: rows, shape: [rows.length] } as const;
      return { feeds: { [UNET_NAMES.time]: time, [UNET_NAMES.timeRows]: timeRows }, giveBack };
    },
    clear() {
      for (const old of prompts.values()) old.free();
      for (const { shared } of tables) shared.free();
      prompts.clear();
      tables = [];
    },
  };
}

async function runText(
  { textSession }: ConditionParts,
  promptEmbeds: Tensor,
  names: readonly string[],
): Promise<readonly Tensor[]> {
  const made = await textSession.run({ [CONDITION_NAMES.text]: promptEmbeds }, names);
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
