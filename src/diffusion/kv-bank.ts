import type { Tensor } from '../tensor/tensor.js';
import type { AttentionFeatures, KeysValues } from './ports.js';
import type { Capture } from './sockets.js';

/** What a forward captured besides the noise. */
export interface Captured {
  readonly keysValues?: KeysValues;
  readonly attention?: AttentionFeatures;
}

/**
 * Captures of branch forwards under their prediction keys, within a byte budget. What does not fit is
 * dropped, least recently used first; whoever needs it again computes it from the stored latent, with the
 * same result. The newest capture always stays, however small the budget.
 */
export interface KvBank {
  readonly budgetBytes: number;
  /** Bytes held now. */
  readonly byteLength: number;
  /** Forwards made again because their captures had been dropped or not asked for the first time. */
  readonly recomputes: number;
  /** The captures of a prediction if all that is wanted is there; borrowed. */
  find(key: string, wanted: Capture): Captured | undefined;
  /** Takes over captured tensors; those already held under the key are kept and the new copies freed. */
  keep(key: string, captured: Captured): void;
  /** Notes a forward made again. */
  countRecompute(): void;
  /** Frees the captures of a prediction. */
  drop(key: string): void;
  /** Frees everything. */
  clear(): void;
}

function tensorsIn({ keysValues, attention }: Captured): readonly Tensor[] {
  return [
    ...(keysValues?.layers ?? []).flatMap((layer) => [layer.key, layer.value]),
    ...(attention ? [attention.selfQuery, attention.selfKey, attention.textMap] : []),
  ];
}

function bytesIn(captured: Captured): number {
  return tensorsIn(captured).reduce((sum, tensor) => sum + tensor.byteLength, 0);
}

function free(captured: Captured): void {
  for (const tensor of tensorsIn(captured)) tensor.dispose();
}

/** Joins new captures to held ones; what is held already stays and its new copy is freed. */
function merge(held: Captured, added: Captured): Captured {
  if (held.keysValues && added.keysValues) free({ keysValues: added.keysValues });
  if (held.attention && added.attention) free({ attention: added.attention });
  const keysValues = held.keysValues ?? added.keysValues;
  const attention = held.attention ?? added.attention;
  return { ...(keysValues && { keysValues }), ...(attention && { attention }) };
}

/** An empty bank that holds at most `budgetBytes` (the newest capture aside). */
export function createKvBank(budgetBytes: number): KvBank {
  const entries = new Map<string, Captured>();
  let byteLength = 0;
  let recomputes = 0;

  const remove = (key: string): Captured | undefined => {
    const captured = entries.get(key);
    if (!captured) return undefined;
    entries.delete(key);
    byteLength -= bytesIn(captured);
    return captured;
  };
  const drop = (key: string): void => {
    const captured = remove(key);
    if (captured) free(captured);
  };
  return {
    budgetBytes,
    get byteLength() {
      return byteLength;
    },
    get recomputes() {
      return recomputes;
    },
    find(key, wanted) {
      const captured = entries.get(key);
      if (!captured) return undefined;
      if (wanted.keysValues && !captured.keysValues) return undefined;
      if (wanted.attention && !captured.attention) return undefined;
      entries.delete(key);
      entries.set(key, captured);
      return captured;
    },
    keep(key, captured) {
      const held = remove(key);
      const joined = held ? merge(held, captured) : captured;
      entries.set(key, joined);
      byteLength += bytesIn(joined);
      for (const oldest of entries.keys()) {
        if (byteLength <= budgetBytes || oldest === key) break;
        drop(oldest);
      }
    },
    countRecompute() {
      recomputes += 1;
    },
    drop,
    clear() {
      for (const key of [...entries.keys()]) drop(key);
    },
  };
}
