import type { FileVersion } from './model-record.js';
import type { PartsWriter } from './parts-writer.js';
import {
  ask,
  downloadFailed,
  Interruption,
  isSameVersion,
  type ServerAccess,
  versionOf,
  waitFor,
  wholeLength,
} from './server-answers.js';

/** A file on a server, as it was when it was looked at. */
export interface RemotePlan {
  readonly url: string;
  readonly size: number;
  readonly version?: FileVersion;
}

/** How a download goes about it. */
export interface DownloadOptions {
  readonly access: ServerAccess;
  readonly signal: AbortSignal;
  /** Called whenever bytes were written or lost. */
  readonly moved?: () => void;
  /** Milliseconds before the second try; doubled with each one after it. */
  readonly firstPauseMs?: number;
  /** Milliseconds without a byte after which a connection counts as dead. */
  readonly stallMs?: number;
}

/** Failures in a row, with next to nothing between them, after which a download gives up. */
const MAX_FAILURES = 6;
const NEXT_TO_NOTHING = 65_536;

/**
 * Downloads what is missing of a file and hashes its last part. Goes on where it was when the connection breaks; begins anew
 * where the server cannot do that.
 * @throws AppError `model/download-failed`, also for a file that has changed on the server, `model/access-denied`; the
 * browser's error for a full disk; the signal's reason.
 */
export async function downloadFile(
  plan: RemotePlan,
  writer: PartsWriter,
  options: DownloadOptions,
): Promise<void> {
  const { signal, firstPauseMs = 1000 } = options;
  let failures = 0;
  let furthest = writer.length;
  try {
    while (writer.length < plan.size) {
      try {
        await receive(plan, writer, options);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Interruption)) throw error;
        // A server that always begins anew must come further each time.
        failures = writer.length > furthest + NEXT_TO_NOTHING ? 1 : failures + 1;
        furthest = Math.max(furthest, writer.length);
        if (failures > MAX_FAILURES) {
          const reason = `${error.message}; ${String(failures)} tries in a row failed`;
          throw downloadFailed(plan.url, reason, error);
        }
        await waitFor(firstPauseMs * 2 ** (failures - 1), signal);
      }
    }
    await writer.finish();
  } finally {
    await writer.stop();
  }
}

async function receive(
  plan: RemotePlan,
  writer: PartsWriter,
  { access, signal, moved, stallMs = 30_000 }: DownloadOptions,
): Promise<void> {
  const stalled = new AbortController();
  const watch = (): ReturnType<typeof setTimeout> =>
    setTimeout(() => {
      stalled.abort(new Interruption('the server sends nothing any more'));
    }, stallMs);
  let timer = watch();
  const both = AbortSignal.any([signal, stalled.signal]);
  try {
    const first = writer.length;
    const response = await ask(plan.url, access, both, first > 0 ? { first } : undefined);
    checkAnswer(plan, first, response);
    if (first > 0 && response.status === 200) {
      await writer.restart();
      moved?.();
    }
    const reader = response.body?.getReader();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      clearTimeout(timer);
      if (writer.length + value.byteLength > plan.size) {
        await reader?.cancel();
        throw downloadFailed(plan.url, `it is longer than the ${String(plan.size)} bytes promised`);
      }
      await writer.append(value);
      moved?.();
      timer = watch();
    }
  } catch (error) {
    if (stalled.signal.aborted) throw stalled.signal.reason;
    // A stream that breaks in its middle rejects with a TypeError; so does nothing else here.
    if (error instanceof TypeError)
      throw new Interruption('the connection broke', { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
  if (writer.length < plan.size) throw new Interruption('the server ended the file early');
}

const CHANGED =
  'the file on the server is not the one that the download began with; delete what is here and download it anew';

function checkAnswer(plan: RemotePlan, first: number, response: Response): void {
  const { status, headers } = response;
  if (status === 404) throw downloadFailed(plan.url, 'the server has no such file any more');
  if (status === 416) throw downloadFailed(plan.url, CHANGED);
  const length = wholeLength(response);
  if (length !== undefined && length !== plan.size) {
    throw downloadFailed(plan.url, `${CHANGED} (its length was ${String(plan.size)} bytes)`);
  }
  if (!isSameVersion(plan.version, versionOf(response))) throw downloadFailed(plan.url, CHANGED);
  const range = headers.get('content-range');
  if (status !== 206 || range === null) return;
  if (!range.startsWith(`bytes ${String(first)}-`)) {
    throw downloadFailed(plan.url, `the server sent another piece than it was asked for`);
  }
}
