import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseByteRange } from './byte-range.js';
import { contentType } from './content-types.js';
import { SECURITY_HEADERS } from './security-headers.js';

interface ServedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly tag: string;
  readonly modified: string;
}

/**
 * A server of one folder's files, for this machine only: GET and HEAD, no listings, nothing outside the folder or
 * hidden in it, and only for requests that name this machine as their host, so that no foreign page can read through
 * it. Serves ranges and answers 304 to a file that has not changed.
 */
export function createFileServer(root: string): Server {
  return createServer((request, response) => {
    answer(root, request, response).catch((error: unknown) => {
      if (isClosedEarly(error)) return;
      console.error(error);
      if (!response.headersSent) refuse(response, 500, 'The file could not be read.');
      response.destroy();
    });
  });
}

async function answer(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (!isOwnHost(request)) {
    refuse(response, 403, 'This server answers only to 127.0.0.1 and localhost.');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(response, 405, 'Only GET and HEAD.');
  } else {
    const file = await findFile(root, request.url ?? '/');
    if (file === undefined) refuse(response, 404, 'No such file.');
    else await send(file, request, response);
  }
}

async function send(
  file: ServedFile,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('Content-Type', contentType(file.path));
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('ETag', file.tag);
  response.setHeader('Last-Modified', file.modified);
  response.setHeader('Accept-Ranges', 'bytes');
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304).end();
    return;
  }
  const condition = request.headers['if-range'];
  const isSameFile = condition === undefined || condition === file.tag;
  const range = isSameFile ? parseByteRange(request.headers.range, file.sizeBytes) : undefined;
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${file.sizeBytes}`);
    refuse(response, 416, 'The file is shorter than that.');
    return;
  }
  const first = range?.first ?? 0;
  const last = range?.last ?? file.sizeBytes - 1;
  if (range !== undefined) {
    response.setHeader('Content-Range', `bytes ${first}-${last}/${file.sizeBytes}`);
  }
  response.setHeader('Content-Length', last - first + 1);
  response.writeHead(range === undefined ? 200 : 206);
  if (request.method === 'HEAD' || file.sizeBytes === 0) response.end();
  else await pipeline(createReadStream(file.path, { start: first, end: last }), response);
}

async function findFile(root: string, url: string): Promise<ServedFile | undefined> {
  const relative = decodePath(url);
  if (relative === undefined) return undefined;
  try {
    const top = await realpath(root);
    const path = await realpath(join(top, relative));
    const info = await stat(path);
    if (!info.isFile() || !path.startsWith(top + sep)) return undefined;
    return {
      path,
      sizeBytes: info.size,
      tag: `"${info.size.toString(36)}-${Math.round(info.mtimeMs).toString(36)}"`,
      modified: info.mtime.toUTCString(),
    };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** The path within the folder that a URL asks for; undefined for one that no file of ours has. */
function decodePath(url: string): string | undefined {
  const [encoded = ''] = url.split(/[?#]/, 1);
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  const parts = path.split('/').slice(1);
  const isPlain = parts.every((part) => !/^\.|[\\\0:]/.test(part));
  if (!path.startsWith('/') || !isPlain) return undefined;
  return path.endsWith('/') ? `${path}index.html` : path;
}

function isOwnHost(request: IncomingMessage): boolean {
  const host = request.headers.host ?? '';
  const name = host.replace(/:\d+$/, '');
  const port = Number(/:(\d+)$/.exec(host)?.[1] ?? 80);
  return ['127.0.0.1', 'localhost'].includes(name) && port === request.socket.localPort;
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.writeHead(status).end(`${reason}\n`);
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(String(code));
}

function isClosedEarly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
