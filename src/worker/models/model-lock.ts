/** What this thread works on, where the browser has no locks. */
const held = new Set<string>();

/**
 * Does `work` as the only one of this browser that works under `name`; answers whether it was done: false when somebody is at it.
 * Where the browser has no Web Locks the only one of this thread is enough.
 */
export async function whileAlone(name: string, work: () => Promise<void>): Promise<boolean> {
  if ('locks' in navigator) {
    return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) return false;
      await work();
      return true;
    });
  }
  if (held.has(name)) return false;
  held.add(name);
  try {
    await work();
    return true;
  } finally {
    held.delete(name);
  }
}
