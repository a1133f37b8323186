import { del, entries, set } from 'idb-keyval';
import { database, guarded } from './database.js';

/** A schedule that the user keeps, as the text of its file. */
export interface StoredSchedule {
  readonly name: string;
  readonly text: string;
}

/** The user's schedules by name. @throws AppError `storage/failed`. */
export async function listSchedules(): Promise<readonly StoredSchedule[]> {
  const found = await guarded(() => entries<string, string>(database('schedules')));
  return found.map(([name, text]) => ({ name, text })).sort((a, b) => a.name.localeCompare(b.name));
}

/** Keeps a schedule under a name; one of that name is replaced. @throws AppError `storage/quota`, `storage/failed`. */
export async function saveSchedule({ name, text }: StoredSchedule): Promise<void> {
  await guarded(() => set(name, text, database('schedules')));
}

/** Forgets a schedule. @throws AppError `storage/failed`. */
export async function deleteSchedule(name: string): Promise<void> {
  await guarded(() => del(name, database('schedules')));
}
