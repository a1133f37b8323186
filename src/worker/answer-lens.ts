import { failureDetails } from './failure-details.js';
import type { RunReply, RunRequest } from './messages.js';
import type { PartsHolder } from './thread-parts.js';

/** Answers in any case: who asks is waiting. The inputs are claimed only as long as they are read. */
export async function answerLens(
  { requestId, places, question }: Extract<RunRequest, { readonly type: 'lens' }>,
  holder: PartsHolder,
  post: (reply: RunReply) => void,
): Promise<void> {
  const releases: (() => void)[] = [];
  const answer = async () => {
    const parts = await holder.get();
    const inputs: Record<string, unknown> = {};
    for (const [name, place] of Object.entries(places)) {
      const found = parts.engine.peek(place);
      if (found.kind !== 'kept') return undefined;
      releases.push(() => {
        found.release();
      });
      inputs[name] = found.value;
    }
    return parts.lens?.(inputs, question);
  };
  try {
    post({ type: 'lensed', requestId, answer: await answer() });
  } catch (cause) {
    post({ type: 'failed', details: failureDetails(cause) });
    post({ type: 'lensed', requestId, answer: undefined });
  } finally {
    for (const release of releases) release();
  }
}
