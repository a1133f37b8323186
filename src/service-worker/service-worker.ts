import {
  dropOthers,
  isBesideShell,
  isolated,
  keepShell,
  type ShellFiles,
  shellPath,
  storedFile,
} from './shell-cache.js';

interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends WaitingEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface ServiceWorkerScope {
  /** Written before this script by the build. */
  readonly SHELL: ShellFiles;
  readonly location: { readonly href: string; readonly hostname: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: WaitingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

const scope = globalThis as unknown as ServiceWorkerScope;
const base = scope.location.href;
const shell = withOneRuntime(scope.SHELL);
/** On the machine where the files are made the newest are wanted, and the server is never far. */
const isWorkshop = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(scope.location.hostname);

scope.addEventListener('install', (event) => {
  event.waitUntil(
    keepShell(base, shell).then(() => (isWorkshop ? scope.skipWaiting() : undefined)),
  );
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers(base, shell).then(() => scope.clients.claim()));
});

scope.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void scope.skipWaiting();
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const path = shellPath(base, request.url, shell);
  if (path !== undefined) event.respondWith(answer(request, path));
  else if (isBesideShell(base, request.url, shell)) event.respondWith(absentOffline(request));
});

/**
 * Reading a model looks for files under several names, most of which are not there. Without the server that must be an answer
 * too: what the build did not have is absent.
 */
async function absentOffline(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return new Response(null, { status: 404 });
  }
}

async function answer(request: Request, path: string): Promise<Response> {
  const stored = (): Promise<Response | undefined> => storedFile(base, path, shell);
  if (!isWorkshop) {
    const kept = await stored();
    return isolated(kept ?? (await fetch(request)));
  }
  try {
    return isolated(await fetch(request));
  } catch (cause) {
    const kept = await stored();
    if (kept) return isolated(kept);
    throw cause;
  }
}

/** Without the runtime's build that this browser does not run: each is tens of megabytes. */
function withOneRuntime({ version, files }: ShellFiles): ShellFiles {
  const other = 'Suspending' in WebAssembly ? /\.asyncify\.(mjs|wasm)$/ : /\.jspi\.(mjs|wasm)$/;
  const kept = Object.entries(files).filter(([path]) => !other.test(path));
  return { version, files: Object.fromEntries(kept) };
}
