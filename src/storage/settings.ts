import { get, set } from 'idb-keyval';
import { database, guarded } from './database.js';

/** What the user chose about the application itself. */
export interface Settings {
  readonly theme: 'system' | 'dark' | 'light';
  readonly isPanelOpen: boolean;
  readonly isTimelineOpen: boolean;
  /** Whether edits of a schedule start a run. */
  readonly isLive: boolean;
}

/** What holds before the user chose anything. */
export const defaultSettings: Settings = {
  theme: 'system',
  isPanelOpen: true,
  isTimelineOpen: false,
  isLive: false,
};

/** The stored settings over the defaults. @throws AppError `storage/failed`. */
export async function loadSettings(): Promise<Settings> {
  return guarded(async () => ({
    ...defaultSettings,
    ...(await get<Partial<Settings>>('settings', database('settings'))),
  }));
}

/** Keeps the settings. @throws AppError `storage/quota`, `storage/failed`. */
export async function saveSettings(settings: Settings): Promise<void> {
  await guarded(() => set('settings', settings, database('settings')));
}
