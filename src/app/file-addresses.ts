/** Addresses under which the page can show files that it holds. */
export interface FileAddresses {
  /** The address of a file; the same one as long as it is asked for. */
  of(file: Blob): string;
  /** Gives up the addresses that were not asked for since the last sweep. */
  sweep(): void;
}

/** Makes addresses that are given up when nobody asks for them any more. */
export function createFileAddresses(): FileAddresses {
  const known = new Map<Blob, { readonly url: string; isUsed: boolean }>();
  return {
    of(file) {
      const entry = known.get(file) ?? { url: URL.createObjectURL(file), isUsed: true };
      entry.isUsed = true;
      known.set(file, entry);
      return entry.url;
    },
    sweep() {
      for (const [file, entry] of known) {
        if (!entry.isUsed) {
          URL.revokeObjectURL(entry.url);
          known.delete(file);
        }
        entry.isUsed = false;
      }
    },
  };
}
