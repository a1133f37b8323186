import type { Settings } from '../storage/settings.js';
import { texts } from '../texts/texts.js';
import type { Command } from './commands/command.js';

type KeySettings = Pick<Settings, 'keys' | 'hasLetterKeys'>;

/** The keys that a command answers to: its own, or those that the user gave it. */
export function keysOf({ keys }: Pick<Settings, 'keys'>, command: Command): readonly string[] {
  return Object.hasOwn(keys, command.name) ? (keys[command.name] ?? []) : command.keys;
}

/** Whether keys are typed as a character, so that they can be turned off (WCAG 2.1.4). */
export function isCharacterKey(keys: string): boolean {
  if (/(?:Ctrl|Alt)\+/.test(keys)) return false;
  return keys.replace(/^Shift\+/, '').length === 1;
}

/** Which command each key means now, character keys left out where they are turned off. */
export function keymapOf(
  settings: KeySettings,
  commands: readonly Command[],
): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const command of commands) {
    for (const keys of keysOf(settings, command)) {
      if (settings.hasLetterKeys || !isCharacterKey(keys)) map.set(keys, command.name);
    }
  }
  return map;
}

/** A command's name in the language that is set. */
export function labelOf({ name, label }: Pick<Command, 'name' | 'label'>): string {
  return texts().commands.names[name] ?? label;
}
