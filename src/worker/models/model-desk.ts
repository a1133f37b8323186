import { AppError, type ErrorDetails } from '../../core/errors.js';
import { downloadFile } from '../../storage/models/download-file.js';
import {
  type FileProgress,
  type ModelFile,
  type ModelRecord,
  modelBytes,
  PART_BYTES,
  savedBytes,
} from '../../storage/models/model-record.js';
import {
  forgetModel,
  freeName,
  getModel,
  listModels,
  putModel,
} from '../../storage/models/model-records.js';
import { arePartsThere, opfsParts, removeParts } from '../../storage/models/part-store.js';
import { PartsWriter } from '../../storage/models/parts-writer.js';
import type { ServerAccess } from '../../storage/models/server-answers.js';
import { checkModel } from './check-model.js';
import { detailsOf } from './desk-failures.js';
import { whileAlone } from './model-lock.js';
import type { TransferReport } from './model-messages.js';
import type { NewModel } from './prospects.js';
import { TransferPace } from './transfer-pace.js';

/** A model that is being worked on now. */
interface Task {
  readonly controller: AbortController;
  stage: 'waiting' | 'arriving' | 'checking';
  /** The files as they are now; records are written behind. */
  files: readonly ModelFile[];
  readBytes: number;
}

/** How the desk stands to the world. */
export interface DeskOptions {
  readonly access: ServerAccess;
  /** Something about the models is other than it was. */
  readonly changed: () => void;
  /** Told where not even the failure of a model could be noted. */
  readonly failed: (cause: unknown) => void;
}

/** Brings models into the browser's storage one after the other: download or copy, check, ready. */
export class ModelDesk {
  readonly #access: ServerAccess;
  readonly #changed: () => void;
  readonly #failed: (cause: unknown) => void;
  readonly #tasks = new Map<string, Task>();
  readonly #pace = new TransferPace();
  /** Files from disk and small files, as long as they are being copied. */
  readonly #bytes = new Map<string, readonly (Blob | undefined)[]>();
  #turn: Promise<void> = Promise.resolve();

  constructor({ access, changed, failed }: DeskOptions) {
    this.#access = access;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** What is being done with a model now. */
  stageOf(id: string): Task['stage'] | undefined {
    return this.#tasks.get(id)?.stage;
  }

  /** How many bytes of a model under way are there, or were read back. */
  savedOf(id: string): number | undefined {
    const task = this.#tasks.get(id);
    if (!task) return undefined;
    return task.stage === 'checking' ? task.readBytes : sumSaved(task.files);
  }

  /** All that is under way as one; undefined when nothing is. */
  report(): TransferReport | undefined {
    const tasks = [...this.#tasks.values()].filter(({ stage }) => stage !== 'checking');
    if (tasks.length === 0) return undefined;
    const bytes = tasks.reduce((sum, { files }) => sum + sumSizes(files), 0);
    const saved = tasks.reduce((sum, { files }) => sum + sumSaved(files), 0);
    const speed = this.#pace.speed(performance.now());
    return {
      bytes,
      savedBytes: saved,
      ...(speed !== undefined && { bytesPerSecond: speed }),
      ...(speed !== undefined && speed > 0 && { secondsLeft: (bytes - saved) / speed }),
    };
  }

  /** Keeps a record of a new model and begins with it. */
  async add(model: NewModel, name: string, taken: ReadonlySet<string>): Promise<void> {
    const id = crypto.randomUUID();
    const others = (await listModels()).filter(({ kind }) => kind === model.kind);
    const names = new Set([...taken, ...others.map((other) => other.name)]);
    const { blobs, ...rest } = model;
    const record: ModelRecord = {
      ...rest,
      id,
      name: freeName(name.trim() || model.name, names),
      state: 'partial',
      addedAt: Date.now(),
    };
    await putModel(record);
    this.#bytes.set(id, blobs);
    this.begin(record);
  }

  /** Goes on with a model where it was. */
  begin(record: ModelRecord): void {
    if (this.#tasks.has(record.id) || record.state === 'ready') return;
    const controller = new AbortController();
    const task: Task = { controller, stage: 'waiting', files: record.files, readBytes: 0 };
    this.#tasks.set(record.id, task);
    this.#turn = this.#turn.then(() => this.#work(record.id, task));
    this.#changed();
  }

  /** Stops; what is there stays. */
  pause(id: string): void {
    this.#tasks.get(id)?.controller.abort();
    this.#changed();
  }

  /** Stops and removes all of it. The user's own files on disk stay. */
  async remove(id: string): Promise<void> {
    this.#tasks.get(id)?.controller.abort();
    // The record goes first: parts without a record are nobody's model, the reverse would be half of one.
    await forgetModel(id);
    this.#changed();
    const before = this.#tasks.has(id) ? this.#turn : Promise.resolve();
    await before;
    await forgetModel(id);
    await removeParts(id);
    this.#bytes.delete(id);
    this.#changed();
  }

  /** Removes what is there of a model and begins anew. */
  async restart(id: string): Promise<void> {
    const record = await getModel(id);
    if (!record || this.#tasks.has(id)) return;
    await removeParts(id);
    const files = record.files.map((file) => ({ ...file, parts: [], tailBytes: 0 }));
    const { failure: _past, ...rest } = record;
    const fresh: ModelRecord = { ...rest, files, state: 'partial' };
    await putModel(fresh);
    this.begin(fresh);
  }

  async #work(id: string, task: Task): Promise<void> {
    const { signal } = task.controller;
    try {
      const isDone = await whileAlone(`crossweave-model-${id}`, async () => {
        const record = await getModel(id);
        if (!record || record.state === 'ready') return;
        signal.throwIfAborted();
        await this.#bring(record, task);
      });
      if (!isDone) throw elsewhere();
    } catch (error) {
      // What else waits goes on, whatever becomes of this one.
      if (!signal.aborted) await this.#fail(id, detailsOf(error)).catch(this.#failed);
    } finally {
      this.#tasks.delete(id);
      this.#changed();
    }
  }

  async #bring(record: ModelRecord, task: Task): Promise<void> {
    const { signal } = task.controller;
    if (!record.handle) {
      task.stage = 'arriving';
      for (const [index] of record.files.entries()) await this.#bringFile(record, index, task);
    }
    task.stage = 'checking';
    this.#changed();
    const { failure: _past, ...rest } = record;
    const arrived: ModelRecord = { ...rest, files: task.files };
    const files = await checkModel(arrived, signal, (bytes) => {
      task.readBytes += bytes;
      this.#changed();
    });
    signal.throwIfAborted();
    await putModel({ ...arrived, files: files.map(withoutKeys), state: 'ready' });
    this.#bytes.delete(record.id);
  }

  async #bringFile(record: ModelRecord, index: number, task: Task): Promise<void> {
    const { signal } = task.controller;
    const noted = task.files[index];
    // A part that the browser cleared would be filled up with zeros.
    const isThere = noted && (await arePartsThere(record.id, index, noted));
    const file = noted && !isThere ? { ...noted, parts: [], tailBytes: 0 } : noted;
    if (!file || (savedBytes(file) === file.size && file.tailBytes === 0)) return;
    let seen = savedBytes(file);
    const show = (progress: FileProgress): void => {
      task.files = task.files.with(index, { ...file, ...progress });
    };
    const writer = new PartsWriter(opfsParts(record.id, index), file, {
      note: async (progress) => {
        show(progress);
        if (await getModel(record.id)) await putModel({ ...record, files: task.files });
      },
    });
    const moved = (): void => {
      const parts = task.files[index]?.parts ?? [];
      show({ parts, tailBytes: writer.length - parts.length * PART_BYTES });
      this.#pace.add(Math.max(0, writer.length - seen), performance.now());
      seen = writer.length;
      this.#changed();
    };
    const blob = this.#bytes.get(record.id)?.[index];
    if (blob) await copyBlob(blob, writer, signal, moved);
    else if (file.url !== undefined) {
      await downloadFile({ ...file, url: file.url }, writer, {
        access: this.#access,
        signal,
        moved,
      });
    } else throw lost(file.path);
  }

  async #fail(id: string, failure: ErrorDetails): Promise<void> {
    const record = await getModel(id);
    if (!record) return;
    const failed: ModelRecord = { ...record, state: 'failed', failure };
    try {
      await putModel(failed);
    } catch (cause) {
      if (detailsOf(cause).code !== 'storage/quota') throw cause;
      // Not even the note fits on a full disk: what arrived makes room for it.
      await removeParts(id);
      const files = record.files.map((file) => ({ ...file, parts: [], tailBytes: 0 }));
      await putModel({ ...failed, files });
    }
  }
}

async function copyBlob(
  blob: Blob,
  writer: PartsWriter,
  signal: AbortSignal,
  moved: () => void,
): Promise<void> {
  try {
    const reader = blob.slice(writer.length).stream().getReader();
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      await writer.append(value);
      moved();
    }
    await writer.finish();
  } finally {
    await writer.stop();
  }
}

function elsewhere(): AppError {
  const reason = 'another window of this browser is working on it; watch it there';
  return new AppError({ code: 'storage/failed', reason });
}

function lost(path: string): AppError {
  const reason = `the file ${path} was being copied when the page was closed; delete this and choose the file again`;
  return new AppError({ code: 'model/missing', name: path, reason });
}

/** A finished file keeps its address, for the day the browser clears it; one with a query not, which can hold keys. */
function withoutKeys(file: ModelFile): ModelFile {
  const { url, ...rest } = file;
  return url === undefined || new URL(url).search !== '' ? rest : file;
}

function sumSizes(files: readonly ModelFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

function sumSaved(files: readonly ModelFile[]): number {
  return files.reduce((sum, file) => sum + savedBytes(file), 0);
}

/** What a list tells of the parts of a model. */
export function countParts(record: ModelRecord): {
  readonly hashedParts: number;
  readonly parts: number;
} {
  const parts = record.files.reduce((sum, { size }) => sum + Math.ceil(size / PART_BYTES), 0);
  const hashedParts = record.files.reduce((sum, file) => sum + file.parts.length, 0);
  return { hashedParts: Math.min(parts, hashedParts), parts: modelBytes(record) === 0 ? 0 : parts };
}
