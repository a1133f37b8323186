import { isSequence } from './sequence.js';

/** What signatures need to know of a sequence, without holding it. */
export interface SequenceFacts {
  readonly first: number;
  readonly end: number;
  /** Content keys of the slices, from `first` on; undefined when the sequence has none. */
  readonly keys: readonly string[] | undefined;
}

/** Facts of the outputs that are sequences, by output name, in the order of the outputs. */
export type OutputFacts = ReadonlyMap<string, SequenceFacts>;

/** Reads the facts of a node's outputs. */
export function factsOf(outputs: Readonly<Record<string, unknown>>): OutputFacts {
  const facts = new Map<string, SequenceFacts>();
  for (const [output, value] of Object.entries(outputs)) {
    if (!isSequence(value)) continue;
    const { first, end } = value;
    const keyAt = value.keyAt?.bind(value);
    const keys =
      keyAt && Array.from({ length: Math.max(0, end - first) }, (_, i) => keyAt(first + i));
    facts.set(output, { first, end, keys });
  }
  return facts;
}

/** Remembers facts by signature, so that a cached zone is recognised although its sequences are gone. */
export interface FactsMemory {
  get(signature: string): OutputFacts | undefined;
  set(signature: string, facts: OutputFacts): void;
  clear(): void;
}

/** Makes a memory that forgets the oldest beyond `limit` signatures. */
export function createFactsMemory(limit = 4096): FactsMemory {
  const memory = new Map<string, OutputFacts>();
  return {
    get: (signature) => memory.get(signature),
    set: (signature, facts) => {
      memory.delete(signature);
      memory.set(signature, facts);
      const oldest = memory.size > limit ? memory.keys().next() : undefined;
      if (oldest?.done === false) memory.delete(oldest.value);
    },
    clear: () => {
      memory.clear();
    },
  };
}
