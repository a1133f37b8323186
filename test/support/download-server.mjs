// @ts-check
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';

/** Bytes after which a server that breaks off does so. */
const CUT_BYTES = 200_000;

/**
 * A server of the project's files that behaves as it is told: `/download-server/<session>/<behaviour>/<path>`. Sessions
 * count their requests apart, so that a server can be another one the second time.
 *
 * - `ranges`: as a good server
 * - `whole`: knows no ranges
 * - `whole-once-cut`: knows no ranges, and breaks off in the first answer
 * - `cut`: breaks every answer off after 200 kB
 * - `dead`: breaks every answer off at once, but the first
 * - `slow`: 64 kB every 20 ms
 * - `sluggish`: 16 kB every 20 ms
 * - `stalled`: falls silent in the first answer after 200 kB
 * - `busy`: answers 503 twice, then well
 * - `longer`: promises one byte more than there is
 * - `changed`: another version from the second answer on
 * - `shrunk`: a shorter file from the second answer on
 * - `locked`: 401 without the token `open-sesame`
 * - `forbidden`: 403 for everyone
 * - `dated`: tells a time instead of a tag, and a later one from the second answer on
 * - `page`: a sign-in page in place of everything
 * - `gone`: 404 from the seventh answer on
 * @param {string} root
 */
export function downloadServer(root) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  /**
   * @param {{ path: string, req: import('node:http').IncomingMessage, res: import('node:http').ServerResponse, respond?: boolean }} context
   * @param {() => Promise<unknown>} next
   */
  return async (context, next) => {
    const match = /^\/download-server\/([\w-]+)\/([\w-]+)\/(.*)$/.exec(context.path);
    if (!match) {
      await next();
      return;
    }
    const [, session = '', behaviour = '', path = ''] = match;
    const file = join(root, normalize(`/${decodeURIComponent(path)}`));
    const isWeights = path.endsWith('.safetensors');
    const count = (counts.get(session) ?? 0) + (isWeights ? 1 : 0);
    counts.set(session, count);
    context.respond = false;
    const bytes = await readFile(file).catch(() => undefined);
    await answer(
      context.req,
      context.res,
      bytes,
      isWeights ? behaviour : plainly(behaviour),
      count,
    );
  };
}

/** Small files come as from a good server, but from one that lets nobody in. @param {string} behaviour */
function plainly(behaviour) {
  return ['locked', 'page', 'forbidden'].includes(behaviour) ? behaviour : 'ranges';
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer | undefined} file
 * @param {string} behaviour
 * @param {number} count
 */
async function answer(request, response, file, behaviour, count) {
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  if (behaviour === 'page') {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<!doctype html><title>Sign in</title>');
  } else if (behaviour === 'locked' && request.headers.authorization !== 'Bearer open-sesame') {
    response.writeHead(401).end();
  } else if (behaviour === 'forbidden') {
    response.writeHead(403).end();
  } else if (file === undefined || (behaviour === 'gone' && count > 6)) {
    response.writeHead(404).end();
  } else if (behaviour === 'busy' && count <= 2) {
    response.writeHead(503).end();
  } else {
    const shown = behaviour === 'shrunk' && count > 1 ? file.subarray(0, CUT_BYTES / 2) : file;
    await send(request, response, shown, behaviour, count);
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer} file
 * @param {string} behaviour
 * @param {number} count
 */
async function send(request, response, file, behaviour, count) {
  const wanted = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const range = behaviour.startsWith('whole') ? null : wanted;
  const first = Number(range?.[1] ?? 0);
  const last = Math.min(Number(range?.[2] || Infinity), file.byteLength - 1);
  if (behaviour === 'dated') {
    response.setHeader('Last-Modified', `Mon, 0${count > 1 ? 2 : 1} Jan 2024 00:00:00 GMT`);
  } else {
    response.setHeader('ETag', behaviour === 'changed' && count > 1 ? '"two"' : '"one"');
  }
  if (range && first >= file.byteLength) {
    response.writeHead(416, { 'Content-Range': `bytes */${file.byteLength}` }).end();
    return;
  }
  const extra = behaviour === 'longer' ? 1 : 0;
  response.setHeader('Content-Length', last + 1 - first + extra);
  if (range) {
    const total = file.byteLength + extra;
    response.setHeader('Content-Range', `bytes ${first}-${last + extra}/${total}`);
  }
  response.writeHead(range ? 206 : 200);
  const body = file.subarray(first, last + 1);
  const breaksOff =
    behaviour === 'cut' ||
    (behaviour === 'whole-once-cut' && count === 1) ||
    (behaviour === 'dead' && first > 0);
  if (behaviour === 'slow' || behaviour === 'sluggish') {
    const size = behaviour === 'slow' ? 65_536 : 16_384;
    for (let at = 0; at < body.byteLength && !response.destroyed; at += size) {
      response.write(body.subarray(at, at + size));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    response.end();
  } else if (behaviour === 'stalled' && count === 1) {
    response.write(body.subarray(0, CUT_BYTES));
  } else if (breaksOff && body.byteLength > CUT_BYTES) {
    response.write(body.subarray(0, behaviour === 'dead' ? 1 : CUT_BYTES), () => {
      setTimeout(() => response.destroy(), 20);
    });
  } else {
    response.end(body);
    if (extra > 0) response.destroy();
  }
}
