import { del, get, set, values } from 'idb-keyval';
import { database, guarded } from '../database.js';
import type { ModelRecord, StoredKind } from './model-record.js';

/** All models of the user, finished or not, the newest first. @throws AppError `storage/failed`. */
export async function listModels(): Promise<readonly ModelRecord[]> {
  const all = await guarded(() => values<ModelRecord>(database('models')));
  return all.sort((a, b) => b.addedAt - a.addedAt || (a.name < b.name ? -1 : 1));
}

/** The model of that id, or undefined. @throws AppError `storage/failed`. */
export function getModel(id: string): Promise<ModelRecord | undefined> {
  return guarded(() => get<ModelRecord>(id, database('models')));
}

/** The finished model of that name, or undefined. @throws AppError `storage/failed`. */
export async function findModel(name: string, kind: StoredKind): Promise<ModelRecord | undefined> {
  const all = await listModels();
  return all.find((each) => each.name === name && each.kind === kind && each.state === 'ready');
}

/** Keeps a model's record in place of the one with its id. @throws AppError `storage/quota`, `storage/failed`. */
export function putModel(record: ModelRecord): Promise<void> {
  return guarded(() => set(record.id, record, database('models')));
}

/** Forgets a model's record; its parts are another matter. @throws AppError `storage/failed`. */
export function forgetModel(id: string): Promise<void> {
  return guarded(() => del(id, database('models')));
}

/** The name itself, or with a number after it when it is taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count++) candidate = `${name}-${String(count)}`;
  return candidate;
}
