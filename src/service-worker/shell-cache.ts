import { contentPolicy, isolationHeaders } from './isolation-headers.js';

/** The files of one build of the page: each path with a hash of its content. */
export interface ShellFiles {
  /** Changes with any of the files. */
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
}

const CACHE = 'crossweave-files';

const HEADERS = { ...isolationHeaders, 'Content-Security-Policy': contentPolicy };

/** Stores every file of a build that is not there yet; what did not change is not fetched again. Rejects when one fails. */
export async function keepShell(base: string, { files }: ShellFiles): Promise<void> {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  for (const path of Object.keys(files)) {
    const key = keyOf(base, path, files);
    if (key === undefined || kept.has(key)) continue;
    const response = await fetch(new URL(path, base), { cache: 'no-cache' });
    if (!response.ok) throw new Error(`${path}: the server answered ${String(response.status)}`);
    await cache.put(key, response);
  }
}

/** Removes what no file of this build is. */
export async function dropOthers(base: string, { files }: ShellFiles): Promise<void> {
  const cache = await caches.open(CACHE);
  const wanted = new Set(Object.keys(files).map((path) => keyOf(base, path, files)));
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) await cache.delete(request);
  }
}

/** The path of a file of the build that an address means; undefined for anything else. */
export function shellPath(base: string, url: string, { files }: ShellFiles): string | undefined {
  const { origin, pathname } = new URL(url);
  const folder = new URL('./', base);
  if (origin !== folder.origin || !pathname.startsWith(folder.pathname)) return undefined;
  // Paths of the build need no escapes, so an address that has some is another's; decoding it could fail.
  const path = pathname.slice(folder.pathname.length) || 'index.html';
  return Object.hasOwn(files, path) ? path : undefined;
}

/** Whether an address means a file beside those of a model of the build. */
export function isBesideShell(base: string, url: string, { files }: ShellFiles): boolean {
  const folder = new URL('./models/', base).href;
  if (!url.startsWith(folder)) return false;
  const [model = ''] = url.slice(folder.length).split('/');
  return model !== '' && Object.keys(files).some((path) => path.startsWith(`models/${model}/`));
}

/** The stored file, or undefined when it is not there. */
export async function storedFile(
  base: string,
  path: string,
  { files }: ShellFiles,
): Promise<Response | undefined> {
  const key = keyOf(base, path, files);
  return key === undefined ? undefined : (await caches.open(CACHE)).match(key);
}

/** The same answer with the headers of isolation and the policy, where a server does not send them. */
export function isolated(response: Response): Response {
  const missing = Object.entries(HEADERS).filter(([name]) => !response.headers.has(name));
  if (response.status === 0 || missing.length === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of missing) headers.set(name, value);
  const { status, statusText } = response;
  const hasBody = ![101, 204, 205, 304].includes(status);
  return new Response(hasBody ? response.body : null, { status, statusText, headers });
}

function keyOf(base: string, path: string, files: ShellFiles['files']): string | undefined {
  const hash = files[path];
  if (hash === undefined) return undefined;
  const url = new URL(path, base);
  url.search = `v=${hash}`;
  return url.href;
}
