import type { Engine } from '../core/engine/engine.js';
import { AppError, type ErrorDetails } from '../core/errors.js';
import type { InspectedValue, ValueDescription } from '../core/node/value-description.js';
import type { DeviceVerdict, RunReply, RunRequest, UnetWorkReport } from './messages.js';
import { withOwnPictures } from './own-pictures.js';

/** U-Net work as it grows, with the share of a forward that each pair did twice. */
export type WorkCount = Omit<UnetWorkReport, 'forwardEquivalents'>;

/** What a run thread works with; made anew when the graphics device is lost. */
export interface ThreadParts {
  readonly engine: Engine;
  readonly device: DeviceVerdict;
  /** Resolves when these parts are of no more use. */
  readonly lost: Promise<AppError>;
  /** U-Net work since the parts were made. */
  work(): WorkCount;
  /** Bytes read back from the device since the parts were made. */
  bytesRead(): number;
  /** What can be told of a value of a socket type. */
  describe(socketType: string, value: unknown): Promise<ValueDescription>;
  /** What is known of a model or a picture without loading it. */
  facts(kind: 'model' | 'picture', name: string): Promise<object>;
  models(kind?: 'checkpoint' | 'lora' | 'vae'): Promise<readonly string[]>;
  pictures(): Promise<readonly string[]>;
  dispose(): Promise<void>;
}

/** The thread's end of the channel to the page. */
export interface ThreadPort {
  postMessage(reply: RunReply, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<RunRequest>) => void): void;
}

type InspectCall = Extract<RunRequest, { readonly type: 'inspect' }>;

type RunCall = Extract<RunRequest, { readonly type: 'run' }>;

/** Answers the page's requests: runs come one after the other, an interrupt reaches the one it names. */
export function startRunThread(port: ThreadPort, open: () => Promise<ThreadParts>): void {
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
          .then(() => run(data, controller.signal, holder, post))
          .finally(() => controllers.delete(data.runId));
        return;
      }
      case 'interrupt':
        controllers.get(data.runId)?.abort();
        return;
      case 'inspect':
        void inspect(data, holder, post);
        return;
      case 'facts':
        void tellFacts(data, holder, post);
        return;
      case 'lists':
        void tellLists(holder, post);
    }
  });
}

interface PartsHolder {
  /** The parts that can be used now; opens new ones when the last were lost. */
  get(): Promise<ThreadParts>;
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
      post({ type: 'failed', details: detailsOf(cause) });
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
    post({ type: 'failed', details: detailsOf(cause) });
    answer({ kind: 'not-kept' });
  }
}

async function run(
  { runId, document, targets, scope }: RunCall,
  signal: AbortSignal,
  holder: PartsHolder,
  post: (reply: RunReply, transfer?: Transferable[]) => void,
): Promise<void> {
  const nothing = { type: 'finished', runId, problems: [], bytesRead: 0 } as const;
  let parts: ThreadParts;
  try {
    parts = await holder.get();
  } catch {
    // The holder has told why.
    post({ ...nothing, outcome: 'error' });
    return;
  }
  const [work, bytesRead] = [parts.work(), parts.bytesRead()];
  try {
    const { outcome: ended, problems } = await parts.engine.run(document, {
      ...(targets && { targets }),
      ...(scope !== undefined && { scope }),
      signal,
      previews: true,
      onEvent: (event) => {
        const own = withOwnPictures(event);
        post({ type: 'event', runId, event: own.event }, own.buffers);
      },
    });
    // A lost device stops the run as well, but nobody asked for that.
    const outcome = ended === 'interrupted' && !signal.aborted ? 'error' : ended;
    const unet = reportOf(work, parts.work());
    post({ ...nothing, outcome, problems, unet, bytesRead: parts.bytesRead() - bytesRead });
  } catch (cause) {
    post({ type: 'failed', details: detailsOf(cause) });
    post({ ...nothing, outcome: 'error' });
  }
}

function reportOf(before: WorkCount, after: WorkCount): UnetWorkReport {
  const sampleForwards = after.sampleForwards - before.sampleForwards;
  const pairs = after.pairs - before.pairs;
  const { forkShare } = after;
  return {
    sampleForwards,
    pairs,
    forkShare,
    forwardEquivalents: sampleForwards + pairs * forkShare,
  };
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
    const details = detailsOf(cause);
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
      post({ type: 'failed', details: detailsOf(cause) });
      return [];
    }
  };
  const [models, loras, vaes, pictures] = await Promise.all([
    list((parts) => parts.models()),
    list((parts) => parts.models('lora')),
    list((parts) => parts.models('vae')),
    list((parts) => parts.pictures()),
  ]);
  post({ type: 'lists', models, loras, vaes, pictures });
}

/** A failure as plain data; what is no `AppError` is a mistake of the program and is told with its stack. */
function detailsOf(cause: unknown): ErrorDetails {
  if (cause instanceof AppError) return cause.details;
  const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return { code: 'worker/crashed', reason };
}
