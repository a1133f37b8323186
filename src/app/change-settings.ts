import { saveSettings, type Settings } from '../storage/settings.js';
import type { AppState } from './app-state.js';
import type { Store } from './store.js';

/**
 * Changes settings at once and keeps them. What is changed before the stored settings are there waits for them, so that
 * neither overwrites the other. @throws AppError `storage/quota`, `storage/failed`.
 */
export async function changeSettings(
  store: Store<AppState>,
  patch: Partial<Settings>,
): Promise<void> {
  const { settings: before, earlySettings } = store.get();
  const settings = { ...before, ...patch };
  store.set({ settings, ...(earlySettings && { earlySettings: { ...earlySettings, ...patch } }) });
  if (!earlySettings) await saveSettings(settings);
}

/** Takes the stored settings over, with what was changed before they were there. @throws as {@link changeSettings}. */
export async function takeSettings(store: Store<AppState>, stored: Settings): Promise<void> {
  const { earlySettings } = store.get();
  const settings = { ...stored, ...earlySettings };
  store.set({ settings, earlySettings: undefined });
  if (earlySettings && Object.keys(earlySettings).length > 0) await saveSettings(settings);
}
