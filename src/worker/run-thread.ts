import type { InspectedValue } from '../core/node/value-description.js';
import { answerLens } from './answer-lens.js';
import { failureDetails } from './failure-details.js';
import type { RunReply, RunRequest } from './messages.js';
import { runToEnd } from './run-to-end.js';
import type { RunRecorder } from './run-recorder.js';
import type { PartsHolder, ThreadParts } from './thread-parts.js';

/** The thread's end of the channel to the page. */
export interface ThreadPort {
  postMessage(reply: RunReply, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<RunRequest>) => void): void;
}

type InspectCall = Extract<RunRequest, { readonly type: 'inspect' }>;

/**
 * Answers the page's requests: runs come one after the other, an interrupt reaches the one it names. A `recorder` keeps runs
 * under way beyond the life of the page.
 */
export function startRunThread(
  port: ThreadPort,
  open: () => Promise<ThreadParts>,
  recorder?: RunRecorder,
): void {
  const controllers = new Map<number, AbortController>();
  const post = (reply: RunReply, transfer: Transferable[] = []): void => {
    port.postMessage(reply, transfer);
  };
  const holder = holdParts(open, post);
  let turn: Promise<void> = Promise.resolve();
  port.addEventListener('message', ({ data }) => {
    switch (data.type) {
      case 'run': {
        const controller = new AbortController();
        controllers.set(data.runId, controller);
        turn = turn
          .then(() => runToEnd(data, controller.signal, holder, post, recorder))
          .finally(() => controllers.delete(data.runId));
        return;
      }
      case 'interrupt':
        controllers.get(data.runId)?.abort();
        return;
      case 'inspect':
        void inspect(data, holder, post);
        return;
      case 'lens':
        // A forward of the lens and one of a run may not be under way at once.
        if (controllers.size > 0)
          post({ type: 'lensed', requestId: data.requestId, answer: undefined });
        else turn = turn.then(() => answerLens(data, holder, post));
        return;
      case 'facts':
        void tellFacts(data, holder, post);
        return;
      case 'lists':
        void tellLists(holder, post);
    }
  });
}

function holdParts(open: () => Promise<ThreadParts>, post: (reply: RunReply) => void): PartsHolder {
  let parts: Promise<ThreadParts> | undefined;
  const get = (): Promise<ThreadParts> => (parts ??= openAndTell());
  const openAndTell = async (): Promise<ThreadParts> => {
    try {
      const opened = await open();
      post({ type: 'ready', device: opened.device });
      void opened.lost.then(async ({ details }) => {
        post({ type: 'failed', details });
        parts = undefined;
        // Waits for the run that the loss has just ended.
        await opened.dispose();
        await get().catch(() => undefined);
      });
      return opened;
    } catch (cause) {
      parts = undefined;
      post({ type: 'failed', details: failureDetails(cause) });
      throw cause;
    }
  };
  get().catch(() => undefined);
  return { get };
}

/** Answers in any case: who asks is waiting. The value is claimed only as long as it is read. */
async function inspect(
  { requestId, place, socketType }: InspectCall,
  holder: PartsHolder,
  post: (reply: RunReply) => void,
): Promise<void> {
  const answer = (value: InspectedValue): void => {
    post({ type: 'inspected', requestId, value });
  };
  try {
    const parts = await holder.get();
    const found = parts.engine.peek(place);
    if (found.kind !== 'kept') {
      answer(found);
      return;
    }
    try {
      const description = await parts.describe(socketType, found.value);
      answer({ kind: 'kept', pass: found.pass, description });
    } finally {
      found.release();
    }
  } catch (cause) {
    post({ type: 'failed', details: failureDetails(cause) });
    answer({ kind: 'not-kept' });
  }
}

/** Answers what is known; what the world refuses is the answer as well. */
async function tellFacts(
  { requestId, kind, name }: Extract<RunRequest, { readonly type: 'facts' }>,
  holder: PartsHolder,
  post: (reply: RunReply) => void,
): Promise<void> {
  try {
    const fact = await (await holder.get()).facts(kind, name);
    post({ type: 'facts', requestId, fact });
  } catch (cause) {
    const details = failureDetails(cause);
    post({
      type: 'facts',
      requestId,
      fact: 'reason' in details ? details.reason : `there is no ${kind} of the name “${name}”`,
    });
  }
}

async function tellLists(holder: PartsHolder, post: (reply: RunReply) => void): Promise<void> {
  const list = async (
    ask: (parts: ThreadParts) => Promise<readonly string[]>,
  ): Promise<readonly string[]> => {
    try {
      return await ask(await holder.get());
    } catch (cause) {
      post({ type: 'failed', details: failureDetails(cause) });
      return [];
    }
  };
  const [models, loras, vaes, embeddings, pictures] = await Promise.all([
    list((parts) => parts.models()),
    list((parts) => parts.models('lora')),
    list((parts) => parts.models('vae')),
    list((parts) => parts.models('embedding')),
    list((parts) => parts.pictures()),
  ]);
  post({ type: 'lists', models, loras, vaes, embeddings, pictures });
}
