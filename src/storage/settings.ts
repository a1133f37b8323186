import { get, set } from 'idb-keyval';
import { database, guarded } from './database.js';

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
  readonly showsMinimap: boolean;
  /** Time and bytes on nodes. */
  readonly showsTimes: boolean;
  /** Shape and type of values on links. */
  readonly showsLinkNotes: boolean;
  /** Pictures of all passes under zones. */
  readonly showsFilmstrip: boolean;
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

/** What holds before the user chose anything. */
export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  motion: 'system',
  hasLetterKeys: true,
  snapsToGrid: false,
  linkShape: 'curve',
  showsMinimap: false,
  showsTimes: true,
  showsLinkNotes: false,
  showsFilmstrip: false,
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
