import type { Application } from './application.js';
import { changeSettings } from './change-settings.js';

const rememberedCount = 6;

/** Puts a name in front of a list of what was used last. */
export async function remember(
  { store, toasts }: Application,
  list: 'recentNodes' | 'recentCommands',
  name: string,
): Promise<void> {
  const before = store.get().settings[list].filter((other) => other !== name);
  try {
    await changeSettings(store, { [list]: [name, ...before].slice(0, rememberedCount) });
  } catch (error) {
    toasts.thrown(error);
  }
}
