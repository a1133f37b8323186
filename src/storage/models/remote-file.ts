import type { FileVersion } from './model-record.js';
import {
  ask,
  downloadFailed,
  Interruption,
  type ServerAccess,
  versionOf,
  waitFor,
  wholeLength,
} from './server-answers.js';

/** A file on a server that is looked into before it is downloaded. */
export interface RemoteFile {
  readonly name: string;
  readonly size: number;
  readonly url: string;
  readonly version: FileVersion;
  /** The server knows no ranges: a download that is broken off begins anew. */
  readonly comesWhole?: true;
  /** The whole file, when it is a small one. */
  readonly bytes?: Uint8Array;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** What is read of weights at first: most headers begin and many end in it. */
const FIRST_BYTES = 65_536;
const MAX_SMALL_BYTES = 64_000_000;
/** A whole Stable Diffusion 1.x checkpoint has 8e9 bytes at most; a server that claims much more is not believed. */
const MAX_WEIGHT_BYTES = 64e9;
const MAX_TRIES = 3;
const WEIGHTS = /\.(safetensors|ckpt|pt|pth|bin)$/i;

/**
 * Opens a file on a server: configs and vocabularies whole, of weights the first bytes. Undefined when there is none.
 * @throws AppError `model/access-denied`, `model/download-failed`.
 */
export async function openRemoteFile(
  name: string,
  url: string,
  access: ServerAccess,
  signal: AbortSignal,
): Promise<RemoteFile | undefined> {
  const isSmall = !WEIGHTS.test(name);
  const range = isSmall ? undefined : { first: 0, last: FIRST_BYTES - 1 };
  const response = await askTwice(url, access, signal, range);
  if (response.status === 404) {
    await response.body?.cancel();
    return undefined;
  }
  const version = versionOf(response);
  if (isSmall) {
    const bytes = await readFrom(response, 0, MAX_SMALL_BYTES);
    const read = (offset: number, length: number): Promise<Uint8Array> =>
      Promise.resolve(bytes.subarray(offset, offset + length));
    return { name, url, version, bytes, size: bytes.byteLength, read };
  }
  const size =
    response.status === 416
      ? 0
      : (wholeLength(response) ?? (await lengthByHead(url, access, signal)));
  if (size > MAX_WEIGHT_BYTES) {
    await response.body?.cancel();
    throw downloadFailed(url, `the server claims ${String(size)} bytes, more than any model has`);
  }
  const head =
    response.status === 416 ? new Uint8Array() : await readFrom(response, 0, FIRST_BYTES);
  return {
    name,
    url,
    version,
    size,
    ...(response.status === 200 && size > FIRST_BYTES && { comesWhole: true }),
    async read(offset, length) {
      const end = Math.min(size, offset + length);
      if (end <= head.byteLength) return head.subarray(offset, end);
      const answer = await askTwice(url, access, signal, { first: offset, last: end - 1 });
      const skipped = answer.status === 206 ? 0 : offset;
      return readFrom(answer, skipped, end - offset);
    },
  };
}

async function lengthByHead(
  url: string,
  { token, fetch: fetchIt = fetch }: ServerAccess,
  signal: AbortSignal,
): Promise<number> {
  const key = token?.(new URL(url).origin);
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const response = await fetchIt(url, { method: 'HEAD', headers, signal, credentials: 'omit' });
  const length = wholeLength(response);
  if (length !== undefined) return length;
  throw downloadFailed(url, 'the server does not tell how long the file is');
}

/** Asks again when a server is short of breath; a user waits for the answer, so not for long. */
async function askTwice(
  url: string,
  access: ServerAccess,
  signal: AbortSignal,
  range?: { readonly first: number; readonly last: number },
): Promise<Response> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask(url, access, signal, range);
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      if (tries === MAX_TRIES) throw downloadFailed(url, error.message, error);
      await waitFor(300 * tries, signal);
    }
  }
}

/** At most `length` bytes of an answer after the first `skipped`; the rest is not fetched. */
async function readFrom(response: Response, skipped: number, length: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let seen = 0;
  const reader = response.body?.getReader();
  while (seen < skipped + length) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    const from = Math.max(0, skipped - seen);
    const piece = value.subarray(from, Math.min(value.byteLength, skipped + length - seen));
    if (piece.byteLength > 0) pieces.push(piece);
    seen += value.byteLength;
  }
  await reader?.cancel();
  return new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}
