import type { ServerAccess } from '../../storage/models/server-answers.js';
import { parseModelAddress, HUB } from '../../storage/models/model-address.js';
import { type ModelRecord, modelBytes, savedBytes } from '../../storage/models/model-record.js';
import { getModel, listModels } from '../../storage/models/model-records.js';
import { arePartsThere } from '../../storage/models/part-store.js';
import { detailsOf } from './desk-failures.js';
import { countParts, ModelDesk } from './model-desk.js';
import type { ModelReply, ModelRequest, ModelRow } from './model-messages.js';
import { lookAtPlace, type NewModel } from './prospects.js';

/** How often the page hears of what goes on. */
const TELL_MS = 200;

const scope = globalThis as unknown as {
  postMessage(reply: ModelReply): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ModelRequest>) => void): void;
};
const origin = globalThis.location.origin;
/** Tokens by origin, as long as the page lives; nowhere else. */
const tokens = new Map<string, string>();
const access: ServerAccess = { token: (host) => tokens.get(host) };
const otherWindows = new BroadcastChannel('crossweave-models');
const desk = new ModelDesk({ access, changed: tellSoon, failed: tellFailure });
let found:
  { readonly id: number; readonly model: NewModel; readonly taken: readonly string[] } | undefined;
let looking = new AbortController();
let timer: ReturnType<typeof setTimeout> | undefined;
let finished = '';

scope.addEventListener('message', ({ data }) => {
  carryOut(data).catch(tellFailure);
});
otherWindows.addEventListener('message', tellSoon);
tellSoon();

async function carryOut(request: ModelRequest): Promise<void> {
  switch (request.type) {
    case 'look':
      return look(request);
    case 'add':
      if (found?.id !== request.prospect) return;
      return desk.add(found.model, request.name, new Set(found.taken));
    case 'pause':
      desk.pause(request.id);
      return;
    case 'resume':
    case 'restart': {
      const record = await getModel(request.id);
      if (!record) return;
      if (request.token !== undefined) keepToken(record, request.token);
      if (request.type === 'restart') return desk.restart(request.id);
      desk.begin({ ...record, state: 'partial' });
      return;
    }
    case 'delete':
      return desk.remove(request.id);
    case 'refresh':
      seen.clear();
      tellSoon();
  }
}

async function look(request: Extract<ModelRequest, { readonly type: 'look' }>): Promise<void> {
  looking.abort();
  looking = new AbortController();
  const { signal } = looking;
  const { place, requestId, taken } = request;
  if (place.type === 'address' && place.token !== undefined) {
    const address = parseModelAddress(place.text, origin);
    tokens.set(address.type === 'hub' ? HUB : new URL(address.url).origin, place.token);
  }
  const { prospect, model } = await lookAtPlace(place, access, origin, requestId, signal);
  found = model && { id: requestId, model, taken };
  scope.postMessage({ type: 'found', requestId, prospect });
}

function keepToken({ files }: ModelRecord, token: string): void {
  const url = files.find((file) => file.url !== undefined)?.url;
  if (url !== undefined) tokens.set(new URL(url).origin, token);
}

function tellFailure(cause: unknown): void {
  scope.postMessage({ type: 'failed', details: detailsOf(cause) });
}

function tellSoon(): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    tell().catch(tellFailure);
  }, TELL_MS);
}

async function tell(): Promise<void> {
  const models = await Promise.all((await listModels()).map(rowOf));
  const transfer = desk.report();
  scope.postMessage({ type: 'models', models, ...(transfer && { transfer }) });
  const state = models.map(({ id, state: each }) => `${id} ${each}`).join();
  if (state !== finished) otherWindows.postMessage('changed');
  finished = state;
}

async function rowOf(record: ModelRecord): Promise<ModelRow> {
  const { id, name, kind, origin: from, isFromDisk, words, failure } = record;
  const stored = record.files.reduce((sum, file) => sum + savedBytes(file), 0);
  return {
    id,
    name,
    kind,
    origin: from,
    isFromDisk,
    words,
    bytes: modelBytes(record),
    savedBytes: desk.savedOf(id) ?? stored,
    state: await stateOf(record),
    ...(failure && { failure }),
    canFetch: record.files.every(({ url }) => url !== undefined),
    ...(record.files.some(({ comesWhole }) => comesWhole) && { comesWhole: true }),
    ...countParts(record),
  };
}

async function stateOf(record: ModelRecord): Promise<ModelRow['state']> {
  const { id, state, handle } = record;
  const stage = desk.stageOf(id);
  if (stage) return stage;
  if (state === 'failed') return 'failed';
  if (handle && (await handle.queryPermission({ mode: 'read' })) !== 'granted') return 'locked';
  if (state !== 'ready') return 'paused';
  return handle || (await isStored(record)) ? 'ready' : 'gone';
}

/** Models whose parts were seen to be there. */
const seen = new Set<string>();

async function isStored({ id, files }: ModelRecord): Promise<boolean> {
  if (seen.has(id)) return true;
  for (const [index, file] of files.entries()) {
    if (!(await arePartsThere(id, index, file))) return false;
  }
  seen.add(id);
  return true;
}
