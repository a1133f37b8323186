import type { RunEvent } from '../core/engine/events.js';
import type { AppError, ErrorCode, ErrorDetails } from '../core/errors.js';
import type { MemoryStep } from '../core/memory-step.js';
import { failureDetails } from './failure-details.js';
import type { KeptResult, RunReply, RunRequest } from './messages.js';
import { withOwnPictures } from './own-pictures.js';
import type { RunRecorder } from './run-recorder.js';
import type { PartsHolder, ThreadParts } from './thread-parts.js';
import { workBetween } from './unet-work.js';

type RunCall = Extract<RunRequest, { readonly type: 'run' }>;
type Finished = Extract<RunReply, { readonly type: 'finished' }>;
type Post = (reply: RunReply, transfer?: Transferable[]) => void;

/** Who hears of a run: the page, and who keeps its events, which still own their pictures. */
interface Teller {
  readonly post: Post;
  readonly hear: (event: RunEvent) => void;
}

/** How often a run is begun again on a new device before its loss counts as the run's failure. */
const MAX_LOSSES = 2;

/** How long a device may take to tell that it is lost, after a command has failed for that reason. */
const LOSS_MS = 5000;

/** What stopped an attempt without being the graph's fault. */
type Fault = 'lost' | 'memory';

interface Attempt {
  readonly result: Finished;
  readonly fault: Fault | undefined;
  /** Failures that were not told, since the run might be begun again. */
  readonly withheld: readonly RunEvent[];
}

/**
 * Runs a document and answers in any case. When the graphics device is lost the run goes on with a new one; when memory
 * ran out, what is kept is given up step by step, each is told, and the run goes on until there is nothing left to give.
 */
export async function runToEnd(
  call: RunCall,
  signal: AbortSignal,
  holder: PartsHolder,
  post: Post,
  recorder?: RunRecorder,
): Promise<void> {
  const left = (await recorder?.begin(call)) ?? [];
  const kept = [...left, ...(call.kept ?? [])];
  const tell: Teller = { post, hear: (event) => recorder?.event(event) };
  const result = await attempts({ ...call, kept }, signal, holder, tell);
  await recorder?.end();
  post(result);
}

/** Tries until the run has ended for good, and answers how. */
async function attempts(
  call: RunCall & { readonly kept: readonly KeptResult[] },
  signal: AbortSignal,
  holder: PartsHolder,
  tell: Teller,
): Promise<Finished> {
  const { post } = tell;
  let losses = 0;
  const given: MemoryStep[] = [];
  let before: Finished | undefined;
  for (;;) {
    let parts: ThreadParts;
    try {
      parts = await holder.get();
    } catch {
      // The holder has told why.
      return { ...nothingOf(call), outcome: 'error' };
    }
    if (call.kept.length > 0 && !before) await parts.restore?.(call.kept);
    const { result, fault, withheld } = await attempt(call, signal, parts, tell);
    const whole = before ? joined(before, result) : result;
    if (fault === 'lost' && losses < MAX_LOSSES) losses++;
    else {
      const step = fault === 'memory' ? await parts.shed?.(given) : undefined;
      if (step === undefined) {
        for (const event of withheld) post({ type: 'event', runId: call.runId, event });
        return whole;
      }
      given.push(step);
      const reason = 'memory was short, and something was given up for the run';
      post({ type: 'failed', details: { code: 'model/out-of-memory', reason, step } });
    }
    before = whole;
  }
}

async function attempt(
  call: RunCall,
  signal: AbortSignal,
  parts: ThreadParts,
  { post, hear }: Teller,
): Promise<Attempt> {
  const { runId, document, targets, scope } = call;
  let isLost = false;
  const lost = parts.lost.then(() => {
    isLost = true;
  });
  const withheld: RunEvent[] = [];
  const [work, bytesRead] = [parts.work(), parts.bytesRead()];
  try {
    const { outcome, problems, failures } = await parts.engine.run(document, {
      ...(targets && { targets }),
      ...(scope !== undefined && { scope }),
      signal,
      previews: true,
      onEvent: (event) => {
        if (isFault(event, signal)) withheld.push(event);
        else {
          hear(event);
          const own = withOwnPictures(event);
          post({ type: 'event', runId, event: own.event }, own.buffers);
        }
      },
    });
    const isStopped = signal.aborted || outcome === 'success';
    if (!isStopped && has(failures, 'webgpu/device-lost')) await Promise.race([lost, pause()]);
    const fault = has(failures, 'model/out-of-memory') ? 'memory' : undefined;
    const result: Finished = {
      ...nothingOf(call),
      // A lost device stops the run as well, but nobody asked for that.
      outcome: outcome === 'interrupted' && !signal.aborted ? 'error' : outcome,
      problems,
      unet: workBetween(work, parts.work()),
      bytesRead: parts.bytesRead() - bytesRead,
    };
    return { result, withheld, fault: isStopped ? undefined : wasLost() ? 'lost' : fault };
  } catch (cause) {
    if (!wasLost()) post({ type: 'failed', details: failureDetails(cause) });
    const result: Finished = { ...nothingOf(call), outcome: 'error' };
    return { result, withheld, fault: wasLost() && !signal.aborted ? 'lost' : undefined };
  }

  /** The loss happens while something else is awaited. */
  function wasLost(): boolean {
    return isLost;
  }
}

function nothingOf({ runId }: RunCall): Omit<Finished, 'outcome'> {
  return { type: 'finished', runId, problems: [], bytesRead: 0 };
}

/** Whether an event tells of a failure after which a run may be begun again. */
function isFault(event: RunEvent, signal: AbortSignal): boolean {
  if (event.type === 'execution-interrupted') return !signal.aborted;
  return (
    event.type === 'execution-error' &&
    (isCausedBy(event.details, 'webgpu/device-lost') ||
      isCausedBy(event.details, 'model/out-of-memory'))
  );
}

function has(failures: readonly AppError[], code: ErrorCode): boolean {
  return failures.some(({ details }) => isCausedBy(details, code));
}

function isCausedBy(details: ErrorDetails, code: ErrorCode): boolean {
  if (details.code === code) return true;
  return details.code === 'execution/node-failed' && details.causeDetails?.code === code;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOSS_MS));
}

/** The work of both attempts, and how the second one ended. */
function joined(first: Finished, second: Finished): Finished {
  const bytesRead = first.bytesRead + second.bytesRead;
  if (!first.unet || !second.unet) return { ...second, bytesRead };
  const sampleForwards = first.unet.sampleForwards + second.unet.sampleForwards;
  const pairs = first.unet.pairs + second.unet.pairs;
  const { forkShare } = second.unet;
  const forwardEquivalents = first.unet.forwardEquivalents + second.unet.forwardEquivalents;
  return { ...second, bytesRead, unet: { sampleForwards, pairs, forkShare, forwardEquivalents } };
}
