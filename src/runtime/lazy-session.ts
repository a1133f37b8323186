import type { InferenceSession } from './inference.js';

/** A session that is made when first run, and again when run after a release. */
export function lazySession(create: () => Promise<InferenceSession>): InferenceSession {
  let made: Promise<InferenceSession> | undefined;
  const get = (): Promise<InferenceSession> => {
    made ??= create();
    made.catch(() => {
      // The caller of `run` is told; the next run tries again.
      made = undefined;
    });
    return made;
  };
  return {
    run: async (feeds, outputs) => (await get()).run(feeds, outputs),
    release: async () => {
      const session = made;
      made = undefined;
      await (await session)?.release();
    },
  };
}
