import { saveSettings, type Settings } from '../storage/settings.js';
import type { AppState } from './app-state.js';
import type { Store } from './store.js';

/** Changes settings at once and keeps them. @throws AppError `storage/quota`, `storage/failed`. */
export async function changeSettings(
  store: Store<AppState>,
  patch: Partial<Settings>,
): Promise<void> {
  const settings = { ...store.get().settings, ...patch };
  store.set({ settings });
  await saveSettings(settings);
}
