import { AppError } from '../../core/errors.js';
import type { FileVersion } from './model-record.js';

/** How servers are asked. */
export interface ServerAccess {
  /** The token for a host, where the user gave one; it is sent to that host alone. */
  readonly token?: (origin: string) => string | undefined;
  readonly fetch?: typeof fetch;
}

/** A failure that may be over in a moment: asking again is worth a try. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** Fails for good, in words. */
export function downloadFailed(url: string, reason: string, cause?: unknown): AppError {
  return new AppError({ code: 'model/download-failed', url: shownAddress(url), reason }, { cause });
}

/** An address as it may be shown and kept: without its query, which can hold keys. */
export function shownAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${readable(pathname)}`;
}

/** A path with its letters in place of their escapes; as it is when its escapes are no letters. */
function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

/**
 * Asks a server for a file, or for its bytes from `first` on, up to and with `last`. 404 and 416 are answers.
 * @throws AppError `model/access-denied`, `model/download-failed`; {@link Interruption}.
 */
export async function ask(
  url: string,
  { token, fetch: fetchIt = fetch }: ServerAccess,
  signal: AbortSignal,
  range?: { readonly first: number; readonly last?: number },
): Promise<Response> {
  const headers = new Headers();
  const key = token?.(new URL(url).origin);
  if (key !== undefined) headers.set('Authorization', `Bearer ${key}`);
  // A condition (If-Range) would make the browser ask for leave first, which many servers do not give.
  if (range) headers.set('Range', `bytes=${String(range.first)}-${String(range.last ?? '')}`);
  let response: Response;
  try {
    response = await fetchIt(url, {
      headers,
      signal,
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw new Interruption(
      'the server cannot be reached, or it does not let pages of other sites read its files',
      { cause },
    );
  }
  await checkStatus(url, response);
  return response;
}

async function checkStatus(url: string, response: Response): Promise<void> {
  const { status, headers } = response;
  if (status === 404 || status === 416) return;
  const isPage = /^text\/html/i.test(headers.get('content-type') ?? '');
  if (response.ok && !isPage) return;
  await response.body?.cancel();
  if (status === 401 || status === 403) {
    throw new AppError({
      code: 'model/access-denied',
      host: new URL(url).host,
      reason: `it answered ${String(status)}: the file wants a token, or the licence must be accepted on the model’s page first`,
    });
  }
  if (status === 429 || status >= 500) {
    throw new Interruption(`the server answered ${String(status)}`);
  }
  if (response.ok) {
    const reason =
      'a web page came in place of a file; copy the address of the download itself, or type owner/name of the repository';
    throw downloadFailed(url, reason);
  }
  throw downloadFailed(url, `the server answered ${String(status)}`);
}

/** Length of the whole file, as far as the answer tells it. */
export function wholeLength(response: Response): number | undefined {
  const { status, headers } = response;
  const [, total] = /^bytes [\d*-]+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
  if (total !== undefined) return lengthOf(total);
  const length = headers.get('content-length');
  // A compressed answer tells the length of what travels.
  if (status !== 200 || length === null || headers.has('content-encoding')) return undefined;
  return lengthOf(length);
}

function lengthOf(text: string): number | undefined {
  const length = Number(text);
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

/** What tells this version of the file from another. */
export function versionOf({ headers }: Response): FileVersion {
  const etag = headers.get('etag');
  const modified = headers.get('last-modified');
  return { ...(etag !== null && { etag }), ...(modified !== null && { modified }) };
}

/** Whether two answers can be of the same file. */
export function isSameVersion(a: FileVersion | undefined, b: FileVersion | undefined): boolean {
  // Two servers behind one name may disagree about the time; the tag is the better witness.
  if (a?.etag !== undefined && b?.etag !== undefined) return plainTag(a.etag) === plainTag(b.etag);
  if (a?.modified !== undefined && b?.modified !== undefined) return a.modified === b.modified;
  return true;
}

function plainTag(etag: string): string {
  return etag.replace(/^W\//, '');
}

/** Waits, or rejects when the signal is aborted meanwhile. */
export function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
