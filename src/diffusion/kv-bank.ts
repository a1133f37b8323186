import { cpuTensor, isCpuTensor, type Tensor } from '../tensor/tensor.js';
import type { AttentionFeatures, KeysValues, LayerQueries } from './ports.js';
import type { Capture } from './sockets.js';

/** What a forward captured besides the noise. */
export interface Captured {
  readonly keysValues?: KeysValues;
  readonly attention?: AttentionFeatures;
  readonly queries?: LayerQueries;
}

/** The second tier: what does not fit where the network runs is kept in the CPU's memory. */
export interface RamTier {
  readonly budgetBytes: number;
  /** Copies values to where the network runs. */
  readonly upload: (values: Float32Array, shape: readonly number[]) => Tensor;
}

/** Bytes that a bank copied from where the network runs to the CPU's memory, and back. */
export interface CopiedBytes {
  readonly toRam: number;
  readonly fromRam: number;
}

/**
 * Captures of branch forwards under their prediction keys, within a byte budget. What does not fit, least recently used first,
 * goes to the CPU's memory where there is a tier for it, and comes back when it is wanted; what does not fit there either is
 * dropped, and whoever needs it again computes it from the stored latent, with the same result. The newest capture always stays,
 * however small the budget.
 */
export interface KvBank {
  readonly budgetBytes: number;
  readonly ramBudgetBytes: number;
  /** Bytes held now, where the network runs. */
  readonly byteLength: number;
  /** Bytes held now in the second tier. */
  readonly ramByteLength: number;
  readonly copied: CopiedBytes;
  /** Forwards made again because their captures had been dropped or not asked for the first time. */
  readonly recomputes: number;
  /**
   * The captures of a prediction if all that is wanted is there; borrowed. What comes back from RAM may be over the budget until
   * {@link trim}.
   */
  find(key: string, wanted: Capture): Captured | undefined;
  /** Takes over captured tensors; those already held under the key are kept and the new copies freed. Without a second tier it trims. */
  keep(key: string, captured: Captured): void;
  /** Copies to RAM what is over the budget, and drops what is over the budget there. For callers one after the other. */
  trim(): Promise<void>;
  /**
   * Copies everything to RAM and keeps it there from now on, the newest capture aside. Answers whether that freed anything: false
   * without a second tier.
   */
  toRam(): Promise<boolean>;
  /** Notes a forward made again. */
  countRecompute(): void;
  /** Frees the captures of a prediction. */
  drop(key: string): void;
  /** Frees everything. */
  clear(): void;
}

function tensorsIn({ keysValues, attention, queries }: Captured): readonly Tensor[] {
  return [
    ...(keysValues?.layers ?? []).flatMap((layer) => [layer.key, layer.value]),
    ...(attention ? [attention.selfQuery, attention.selfKey, attention.textMap] : []),
    ...(queries?.layers ?? []).map(({ query }) => query),
  ];
}

function bytesIn(captured: Captured): number {
  return tensorsIn(captured).reduce((sum, tensor) => sum + tensor.byteLength, 0);
}

function free(captured: Captured): void {
  for (const tensor of tensorsIn(captured)) tensor.dispose();
}

/** The same captures of other tensors. */
function remade(
  { keysValues, attention, queries }: Captured,
  make: (tensor: Tensor) => Tensor,
): Captured {
  return {
    ...(keysValues && {
      keysValues: {
        layers: keysValues.layers.map(({ key, value }) => ({ key: make(key), value: make(value) })),
      },
    }),
    ...(attention && {
      attention: {
        ...attention,
        selfQuery: make(attention.selfQuery),
        selfKey: make(attention.selfKey),
        textMap: make(attention.textMap),
      },
    }),
    ...(queries && {
      queries: { layers: queries.layers.map((one) => ({ ...one, query: make(one.query) })) },
    }),
  };
}

/** A copy in the CPU's memory. */
async function copied(captured: Captured): Promise<Captured> {
  const copies = new Map<Tensor, Tensor>();
  for (const tensor of tensorsIn(captured)) tensor.retain();
  try {
    for (const tensor of tensorsIn(captured)) {
      copies.set(tensor, cpuTensor(await tensor.read(), tensor.shape));
    }
  } finally {
    free(captured);
  }
  return remade(captured, (tensor) => copies.get(tensor) ?? tensor);
}

/** Joins new captures to held ones; what is held already stays and its new copy is freed. */
function merge(held: Captured, added: Captured): Captured {
  if (held.keysValues && added.keysValues) free({ keysValues: added.keysValues });
  if (held.attention && added.attention) free({ attention: added.attention });
  if (held.queries && added.queries) free({ queries: added.queries });
  return { ...added, ...held };
}

/** Captures by key, oldest first, with their bytes. */
class Tier {
  readonly entries = new Map<string, Captured>();
  bytes = 0;

  /** Adds as the newest. */
  add(key: string, captured: Captured): void {
    this.entries.set(key, captured);
    this.bytes += bytesIn(captured);
  }

  take(key: string): Captured | undefined {
    const captured = this.entries.get(key);
    if (captured && this.entries.delete(key)) this.bytes -= bytesIn(captured);
    return captured;
  }

  /** The oldest while there is more than the budget; never `newest`. */
  over(budget: number, newest?: string): string | undefined {
    const [oldest] = this.entries.keys();
    return this.bytes > budget && oldest !== newest ? oldest : undefined;
  }
}

/** An empty bank that holds at most `budgetBytes` (the newest capture aside), and what `ram` allows besides. */
export function createKvBank(budgetBytes: number, ram?: RamTier): KvBank {
  return new TieredBank(budgetBytes, ram);
}

class TieredBank implements KvBank {
  budgetBytes: number;
  readonly ramBudgetBytes: number;
  readonly copied = { toRam: 0, fromRam: 0 };
  recomputes = 0;
  readonly #near = new Tier();
  readonly #far = new Tier();
  readonly #ram: RamTier | undefined;
  #newest = '';

  constructor(budgetBytes: number, ram: RamTier | undefined) {
    this.budgetBytes = budgetBytes;
    this.ramBudgetBytes = ram?.budgetBytes ?? 0;
    this.#ram = ram;
  }

  get byteLength(): number {
    return this.#near.bytes;
  }

  get ramByteLength(): number {
    return this.#far.bytes;
  }

  find(key: string, wanted: Capture): Captured | undefined {
    const captured = this.#near.entries.get(key) ?? this.#far.entries.get(key);
    if (!captured) return undefined;
    if (wanted.keysValues && !captured.keysValues) return undefined;
    if (wanted.attention && !captured.attention) return undefined;
    if (wanted.queries && !captured.queries) return undefined;
    const near = this.#takeNear(key);
    if (near) this.#add(key, near);
    return near;
  }

  keep(key: string, captured: Captured): void {
    const held = this.#takeNear(key);
    this.#add(key, held ? merge(held, captured) : captured);
    if (this.#ram) return;
    for (let oldest = this.#over(); oldest !== undefined; oldest = this.#over()) this.drop(oldest);
  }

  async trim(): Promise<void> {
    for (let oldest = this.#over(); oldest !== undefined; oldest = this.#over()) {
      const captured = this.#near.entries.get(oldest);
      if (!captured) return;
      const copy = await copied(captured);
      // It may have been used, or dropped, while it was copied.
      if (this.#over() !== oldest || this.#near.entries.get(oldest) !== captured) continue;
      this.drop(oldest);
      this.#far.add(oldest, copy);
      this.copied.toRam += bytesIn(copy);
    }
    for (;;) {
      const oldest = this.#far.over(this.ramBudgetBytes);
      if (oldest === undefined) return;
      this.#far.take(oldest);
    }
  }

  async toRam(): Promise<boolean> {
    const before = this.byteLength;
    if (!this.#ram || before === 0) return false;
    this.budgetBytes = 0;
    this.#newest = '';
    await this.trim();
    return this.byteLength < before;
  }

  countRecompute(): void {
    this.recomputes += 1;
  }

  drop(key: string): void {
    const captured = this.#near.take(key);
    if (captured) free(captured);
    this.#far.take(key);
  }

  clear(): void {
    for (const { entries } of [this.#near, this.#far]) {
      for (const key of [...entries.keys()]) this.drop(key);
    }
  }

  /** The captures out of either tier, where the network runs. */
  #takeNear(key: string): Captured | undefined {
    const near = this.#near.take(key);
    const far = this.#far.take(key);
    const ram = this.#ram;
    if (near || !far || !ram) return near;
    const back = remade(far, (tensor) =>
      isCpuTensor(tensor) ? ram.upload(tensor.data, tensor.shape) : tensor,
    );
    this.copied.fromRam += bytesIn(back);
    return back;
  }

  #add(key: string, captured: Captured): void {
    this.#near.add(key, captured);
    this.#newest = key;
  }

  #over(): string | undefined {
    return this.#near.over(this.budgetBytes, this.#newest);
  }
}
