import { defaultSettings, type Settings } from '../../storage/settings.js';
import { keymapOf } from '../keymap.js';
import { commands } from './index.js';

type KeySettings = Pick<Settings, 'keys' | 'hasLetterKeys'>;

let known: { readonly of: KeySettings; readonly map: ReadonlyMap<string, string> } | undefined;

/**
 * The name of the command that a key press asks for. Nothing while a text is being edited, except what cannot be
 * typed: Ctrl with Enter, S, O, K or a comma.
 */
export function commandForKey(
  event: KeyboardEvent,
  isTyping: boolean,
  settings: KeySettings = defaultSettings,
): string | undefined {
  if (known?.of !== settings) known = { of: settings, map: keymapOf(settings, commands) };
  const name = known.map.get(describeKey(event));
  if (!isTyping || name === undefined) return name;
  return ['run', 'cancel', 'save', 'open', 'commands', 'settings'].includes(name)
    ? name
    : undefined;
}
/** A key press as text, such as `Ctrl+Shift+Z`; the Mac's command key counts as Ctrl. */
export function describeKey(event: KeyboardEvent): string {
  const isLetter = /^[a-z]$/i.test(event.key);
  // With Alt, keyboards type other characters: the place of the key counts.
  const fromCode = event.altKey ? (codes[event.code] ?? letterOf(event.code)) : undefined;
  const key = fromCode ?? (isLetter ? event.key.toUpperCase() : event.key);
  const isShiftShown = isLetter || fromCode !== undefined || event.key.length > 1;
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && isShiftShown ? 'Shift' : '',
    key,
  ]
    .filter((part) => part !== '')
    .join('+');
}

function letterOf(code: string): string | undefined {
  return /^Key([A-Z])$/.exec(code)?.[1];
}

const codes: Readonly<Record<string, string>> = {
  Equal: '=',
  Minus: '-',
  Enter: 'Enter',
};
