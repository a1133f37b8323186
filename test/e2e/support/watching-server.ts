import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createFileServer } from '../../../tools/serve/file-server.js';
import { SECURITY_HEADERS } from '../../../tools/serve/security-headers.js';

/** How the served build differs from what users get. */
export interface Differences {
  /** Without the headers that isolate the page, as on a plain static host. */
  readonly isNotIsolated?: boolean;
  /** What the application's threads run before anything else. */
  readonly threadsBeginWith?: string;
}

const POLICY = 'Content-Security-Policy';
const REPORT = '/policy-report';
const THREADS = ['/run-worker.js', '/model-worker.js'];

/**
 * Serves a build as `npm start` does, with a policy that also asks browsers to tell this server what it forbade: in the
 * page, in any thread and in the service worker, which hands the same policy on. `forbidden` gets a line for each.
 */
export function createWatchingServer(
  folder: string,
  forbidden: string[],
  { isNotIsolated = false, threadsBeginWith = '' }: Differences = {},
): Server {
  const files = createFileServer(folder);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?', 1);
    changeHeaders(response, isNotIsolated);
    if (request.method === 'POST' && path === REPORT) {
      forbidden.push(lineOf(await bodyOf(request)));
      response.writeHead(204).end();
    } else if (path === '/service-worker.js') {
      const script = await readFile(join(folder, path), 'utf8');
      sendScript(response, script.replace("frame-ancestors 'none'", withReports));
    } else if (threadsBeginWith !== '' && THREADS.includes(path)) {
      sendScript(response, threadsBeginWith + (await readFile(join(folder, path), 'utf8')));
    } else {
      files.emit('request', request, response);
    }
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
}

function withReports(policy: string): string {
  return `${policy}; report-uri ${REPORT}`;
}

function changeHeaders(response: ServerResponse, isNotIsolated: boolean): void {
  const set = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
    if (isNotIsolated && name.startsWith('Cross-Origin-')) return response;
    return set(name, name === POLICY ? withReports(String(value)) : value);
  };
}

function sendScript(response: ServerResponse, script: string): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.writeHead(200).end(script);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function lineOf(body: string): string {
  const { 'csp-report': report = {} } = JSON.parse(body) as {
    readonly 'csp-report'?: Readonly<Record<string, unknown>>;
  };
  const told = ['effective-directive', 'violated-directive', 'blocked-uri', 'document-uri'];
  return told.map((name) => `${name}: ${String(report[name])}`).join(', ');
}
