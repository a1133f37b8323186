import { get, set, update } from 'idb-keyval';
import { database, guarded } from './database.js';
import { fieldsLike, isObject } from './fields-like.js';

/** What the user chose about the application itself. */
export interface Settings {
  readonly theme: 'system' | 'dark' | 'light' | 'contrast';
  readonly language: 'system' | 'en' | 'de';
  readonly motion: 'system' | 'reduced' | 'full';
  /** Whether keys without Ctrl or Alt are commands. */
  readonly hasLetterKeys: boolean;
  /** Moved nodes stop at multiples of the canvas' grid. */
  readonly snapsToGrid: boolean;
  readonly linkShape: 'curve' | 'straight' | 'angled';
  /** MiB of keys and values of branches that are kept where networks run, and in the CPU's memory besides. */
  readonly bankDevice: 'auto' | '512' | '1024' | '2048' | '4096';
  readonly bankRam: '0' | '1024' | '2048' | '4096';
  readonly showsMinimap: boolean;
  /** Time and bytes on nodes. */
  readonly showsTimes: boolean;
  /** Shape and type of values on links. */
  readonly showsLinkNotes: boolean;
  /** Pictures of all passes under zones. */
  readonly showsFilmstrip: boolean;
  /** Which decoder layer the attention lens looks at, as nodes name it, and which head: below 0 the mean over all. */
  readonly lensLayer: string;
  readonly lensHead: number;
  /** The pointer moves the view only. */
  readonly isCanvasLocked: boolean;
  /** Keys in place of a command's own, by command name; an empty list means none. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Node types that were added last, newest first. */
  readonly recentNodes: readonly string[];
  /** Commands that were chosen last from the command palette, newest first. */
  readonly recentCommands: readonly string[];
  /** Whether the first steps were finished or dismissed. */
  readonly hasSeenGuide: boolean;
  readonly isPanelOpen: boolean;
  readonly isTimelineOpen: boolean;
  /** Whether edits of a schedule start a run. */
  readonly isLive: boolean;
  /** Seconds for 10⁹ multiply-adds as runs took them, by provider, network and model. */
  readonly speeds: Readonly<Record<string, number>>;
}

/** Where a record that holds no settings is kept when settings are stored in its place. */
export const asideKey = 'settings-unreadable';

/** What holds before the user chose anything. */
export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  motion: 'system',
  hasLetterKeys: true,
  snapsToGrid: false,
  linkShape: 'curve',
  bankDevice: 'auto',
  bankRam: '1024',
  showsMinimap: false,
  showsTimes: true,
  showsLinkNotes: false,
  showsFilmstrip: false,
  lensLayer: 'last',
  lensHead: -1,
  isCanvasLocked: false,
  keys: {},
  recentNodes: [],
  recentCommands: [],
  hasSeenGuide: false,
  isPanelOpen: true,
  isTimelineOpen: false,
  isLive: false,
  speeds: {},
};

/** What a setting may be, where its type alone does not tell. */
const choices: Readonly<Record<string, readonly unknown[]>> = {
  theme: ['system', 'dark', 'light', 'contrast'] satisfies Settings['theme'][],
  language: ['system', 'en', 'de'] satisfies Settings['language'][],
  motion: ['system', 'reduced', 'full'] satisfies Settings['motion'][],
  linkShape: ['curve', 'straight', 'angled'] satisfies Settings['linkShape'][],
  bankDevice: ['auto', '512', '1024', '2048', '4096'] satisfies Settings['bankDevice'][],
  bankRam: ['0', '1024', '2048', '4096'] satisfies Settings['bankRam'][],
};

/** The stored settings over the defaults; a setting that this version does not know is left out. @throws AppError `storage/failed`. */
export async function loadSettings(): Promise<Settings> {
  return guarded(async () => ({
    ...defaultSettings,
    ...readable(await get<unknown>('settings', database('settings'))),
  }));
}

/**
 * Keeps the settings. What a later version of the application stored, and this one cannot read, stays as it is until
 * the user chooses something else. @throws AppError `storage/quota`, `storage/failed`.
 */
export async function saveSettings(settings: Settings): Promise<void> {
  await guarded(async () => {
    const found = await get<unknown>('settings', database('settings'));
    // A damaged record has no fields to stand beside.
    if (found !== undefined && !isRecord(found)) await set(asideKey, found, database('settings'));
    await update<unknown>(
      'settings',
      (stored) => {
        const before = isRecord(stored) ? stored : {};
        const defaults: Readonly<Record<string, unknown>> = { ...defaultSettings };
        const known = readable(before);
        const chosen = Object.entries(settings).filter(
          ([name, value]) => value !== defaults[name] || name in known || !(name in before),
        );
        return { ...before, ...Object.fromEntries(chosen) };
      },
      database('settings'),
    );
  });
}

/**
 * Names of the settings in a stored record whose values this version cannot read; undefined when the record holds no
 * settings at all. A setting that this version does not have is none of them.
 */
export function unreadableSettings(record: unknown): readonly string[] | undefined {
  if (!isRecord(record)) return undefined;
  const known = readable(record);
  return Object.keys(record).filter((name) => name in defaultSettings && !(name in known));
}

function isRecord(record: unknown): record is Readonly<Record<string, unknown>> {
  return isObject(record) && !Array.isArray(record);
}

function readable(record: unknown): Partial<Settings> {
  const fitting = Object.entries(fieldsLike(defaultSettings, record)).filter(
    ([name, value]) =>
      choices[name]?.includes(value) !== false && (name !== 'keys' || isKeys(value)),
  );
  return Object.fromEntries(fitting);
}

function isKeys(keys: unknown): boolean {
  return isObject(keys) && Object.values(keys).every((list) => Array.isArray(list));
}
