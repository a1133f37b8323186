import { texts } from '../texts/texts.js';
import { getModel } from '../storage/models/model-records.js';
import { sayError } from '../ui/messages.js';
import type { ModelShelfShown, ModelWish } from '../ui/model-panel-model.js';
import { createModelClient, type ModelClient } from '../worker/models/model-client.js';
import type { FoundModel, ModelPlace, ModelRow } from '../worker/models/model-messages.js';
import type { Application } from './application.js';
import { useModel } from './use-model.js';

/** The Models tab at work: its thread is started when the tab is first shown. */
interface Shelf {
  readonly client: ModelClient;
  found: FoundModel | undefined;
  /** What was ready when the thread last told. */
  ready: string;
}

const shelves = new WeakMap<Application, Shelf>();

const nothingYet: ModelShelfShown = {
  models: [],
  isRead: false,
  isLooking: false,
  prospect: undefined,
  isKept: undefined,
  isKeepingRefused: false,
  hasPickers: 'showOpenFilePicker' in globalThis,
  memoryBytes: memoryTold(),
};

/** Starts the tab; does nothing when it runs. */
export function openModelShelf(application: Application): void {
  if (shelves.has(application)) return;
  const { store, toasts } = application;
  show(application, {});
  const worker = new Worker(new URL('model-worker.js', document.baseURI), { type: 'module' });
  const client = createModelClient(worker, {
    models({ models, transfer }) {
      const { transfer: _before, ...rest } = store.get().modelShelf ?? nothingYet;
      store.set({ modelShelf: { ...rest, models, isRead: true, ...(transfer && { transfer }) } });
      const shelf = shelves.get(application);
      if (shelf) refreshLists(application, shelf, models);
    },
    failed: (details) => {
      toasts.error(sayError(details));
    },
  });
  shelves.set(application, { client, found: undefined, ready: '' });
  if (!('storage' in navigator) || !('persisted' in navigator.storage)) return;
  navigator.storage.persisted().then((isKept) => {
    show(application, { isKept });
  }, toasts.thrown);
}

/** Does what a user wants of the tab. */
export async function fulfilModelWish(application: Application, wish: ModelWish): Promise<void> {
  openModelShelf(application);
  const shelf = shelves.get(application);
  if (!shelf) return;
  const { client } = shelf;
  switch (wish.wish) {
    case 'look': {
      const { text, choice, token } = wish;
      const extra = {
        ...(choice !== undefined && { choice }),
        ...(token !== undefined && { token }),
      };
      return look(application, shelf, { type: 'address', text, ...extra });
    }
    case 'pick': {
      const handle = await pick(wish.what);
      return handle && look(application, shelf, { type: 'handle', handle });
    }
    case 'files':
      return look(application, shelf, placeOf(wish.files));
    case 'add':
      if (shelf.found) client.send({ type: 'add', prospect: shelf.found.id, name: wish.name });
      show(application, { prospect: undefined });
      return;
    case 'dismiss':
      show(application, { prospect: undefined });
      return;
    case 'resume':
    case 'restart': {
      const { wish: type, id, token } = wish;
      client.send({ type, id, ...(token !== undefined && { token }) });
      return;
    }
    case 'pause':
    case 'delete':
      client.send({ type: wish.wish, id: wish.id });
      return;
    case 'allow':
      await (await getModel(wish.id))?.handle?.requestPermission({ mode: 'read' });
      client.send({ type: 'refresh' });
      return;
    case 'use': {
      const model = await getModel(wish.id);
      if (model) useModel(application, model.kind, model.name);
      return;
    }
    case 'keep': {
      const isKept = await navigator.storage.persist();
      show(application, { isKept, isKeepingRefused: !isKept });
    }
  }
}

function show({ store }: Application, change: Partial<ModelShelfShown>): void {
  store.set({ modelShelf: { ...(store.get().modelShelf ?? nothingYet), ...change } });
}

async function look(application: Application, shelf: Shelf, place: ModelPlace): Promise<void> {
  const { models, loras = [], vaes = [], embeddings = [] } = application.store.get().lists;
  const own = new Set(application.store.get().modelShelf?.models.map(({ name }) => name));
  const taken = [...models, ...loras, ...vaes, ...embeddings].filter((name) => !own.has(name));
  show(application, { isLooking: true, prospect: undefined });
  const prospect = await shelf.client.look(place, taken);
  shelf.found = prospect.type === 'model' ? prospect : undefined;
  show(application, { isLooking: false, prospect });
}

/** The widgets' lists follow what is ready; a model that became so is told. */
function refreshLists(application: Application, shelf: Shelf, models: readonly ModelRow[]): void {
  const isReady = ({ state }: ModelRow): boolean => state === 'ready' || state === 'locked';
  const ready = models.filter(isReady);
  const now = JSON.stringify(ready.map(({ id }) => id));
  if (now === shelf.ready) return;
  const before = new Set(JSON.parse(shelf.ready || '[]') as readonly string[]);
  const isFirst = shelf.ready === '';
  shelf.ready = now;
  void application.library.refresh().then(() => {
    const added = isFirst ? [] : ready.filter(({ id }) => !before.has(id));
    for (const { name } of added) application.toasts.note(texts().models.added(name));
  });
}

/** Files that were chosen one by one or as a folder, as a place; a folder's own name stands before each path. */
function placeOf(files: readonly File[]): ModelPlace {
  const [first] = files;
  const folder = first?.webkitRelativePath.split('/')[0] ?? '';
  return {
    type: 'files',
    name: folder === '' ? (first?.name ?? '') : folder,
    files: files.map((file) => ({
      file,
      path: folder === '' ? file.name : file.webkitRelativePath.slice(folder.length + 1),
    })),
  };
}

interface Pickers {
  showOpenFilePicker(options: object): Promise<readonly FileSystemFileHandle[]>;
  showDirectoryPicker(options: object): Promise<FileSystemDirectoryHandle>;
}

/** Lets the user pick; undefined when the dialog is left. */
async function pick(
  what: 'file' | 'folder',
): Promise<FileSystemFileHandle | FileSystemDirectoryHandle | undefined> {
  const pickers = globalThis as unknown as Pickers;
  const types = [{ accept: { 'application/octet-stream': ['.safetensors'] } }];
  try {
    if (what === 'folder') return await pickers.showDirectoryPicker({ mode: 'read' });
    return (await pickers.showOpenFilePicker({ types }))[0];
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

/** Browsers tell at most 8 GiB: that then means “8 or more”, which is no bound. */
function memoryTold(): number | undefined {
  const told = 'deviceMemory' in navigator ? navigator.deviceMemory : undefined;
  return typeof told === 'number' && told < 8 ? told * 2 ** 30 : undefined;
}
