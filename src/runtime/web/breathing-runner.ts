import type { InferenceRunner } from '../inference.js';

/**
 * A runner that lets the thread's other messages in before every run: between two runs there would else be promises
 * only, and a request to stop would wait for the last of them.
 */
export function breathingRunner(runner: InferenceRunner): InferenceRunner {
  return {
    ...runner,
    async create(model, files, weightBytes) {
      const session = await runner.create(model, files, weightBytes);
      return {
        run: async (feeds, outputs) => {
          await nextTask();
          return session.run(feeds, outputs);
        },
        release: () => session.release(),
      };
    },
  };
}

/** Resolves in a task of its own, without the delay that timers add. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
