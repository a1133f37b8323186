import type { Warning } from '../memory-step.js';
import type { Picture } from '../node/definition.js';
import { resourcesIn, type Resource } from './resource.js';

/** What is kept of one execution. */
export interface CacheEntry {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly pictures: readonly { readonly label: string; readonly picture: Picture }[];
  readonly warnings: readonly Warning[];
}

/** Keeps the outputs of executed nodes by signature, within a budget of bytes. */
export interface OutputCache {
  /** The entry, marked as used just now. */
  get(signature: string): CacheEntry | undefined;
  has(signature: string): boolean;
  /** Takes over the claims on the outputs' resources; replaces an entry of the same signature. */
  store(signature: string, entry: CacheEntry): void;
  /** Adds a pin: an entry with pins, now or once it is stored, is not evicted. */
  pin(signature: string): void;
  unpin(signature: string): void;
  /** Takes all pins away and evicts down to the budget. */
  unpinAll(): void;
  remove(signature: string): void;
  /** Drops every entry and gives all claims back. */
  clear(): void;
  /** Bytes held now; what several entries share counts once. */
  bytes(): number;
}

/** How many stores may pass until the bytes of growing values are counted again. */
const recountInterval = 32;

/** Makes an output cache that evicts the least recently used beyond `limitBytes`, and gives its claims back. */
export function createOutputCache(limitBytes: number): OutputCache {
  const entries = new Map<string, CacheEntry>();
  const pins = new Map<string, number>();
  const held = new Map<Resource, number>();
  let pictureBytes = 0;
  let estimate = 0;
  let storesSinceCount = 0;

  const count = () => {
    estimate = pictureBytes;
    for (const resource of held.keys()) estimate += resource.byteLength;
    storesSinceCount = 0;
    return estimate;
  };
  const remove = (signature: string) => {
    const entry = entries.get(signature);
    if (entry === undefined) return;
    entries.delete(signature);
    pictureBytes -= bytesOfPictures(entry);
    estimate -= bytesOfPictures(entry);
    for (const resource of resourcesOf(entry)) {
      const claims = (held.get(resource) ?? 0) - 1;
      if (claims > 0) held.set(resource, claims);
      else {
        held.delete(resource);
        estimate -= resource.byteLength;
      }
      resource.dispose();
    }
  };
  const trim = () => {
    if (estimate > limitBytes || storesSinceCount >= recountInterval) count();
    for (const signature of entries.keys()) {
      if (estimate <= limitBytes) return;
      if (!pins.has(signature)) remove(signature);
    }
  };
  return {
    get: (signature) => {
      const entry = entries.get(signature);
      if (entry !== undefined) {
        entries.delete(signature);
        entries.set(signature, entry);
      }
      return entry;
    },
    has: (signature) => entries.has(signature),
    store: (signature, entry) => {
      remove(signature);
      entries.set(signature, entry);
      pictureBytes += bytesOfPictures(entry);
      estimate += bytesOfPictures(entry);
      for (const resource of resourcesOf(entry)) {
        const claims = held.get(resource) ?? 0;
        if (claims === 0) estimate += resource.byteLength;
        held.set(resource, claims + 1);
      }
      storesSinceCount += 1;
      trim();
    },
    pin: (signature) => {
      pins.set(signature, (pins.get(signature) ?? 0) + 1);
    },
    unpin: (signature) => {
      const left = (pins.get(signature) ?? 0) - 1;
      if (left > 0) pins.set(signature, left);
      else pins.delete(signature);
    },
    unpinAll: () => {
      pins.clear();
      count();
      trim();
    },
    remove,
    clear: () => {
      for (const signature of [...entries.keys()]) remove(signature);
    },
    bytes: count,
  };
}

function resourcesOf({ outputs }: CacheEntry): readonly Resource[] {
  return Object.values(outputs).flatMap(resourcesIn);
}

function bytesOfPictures({ pictures }: CacheEntry): number {
  return pictures.reduce((bytes, { picture }) => bytes + picture.data.byteLength, 0);
}
