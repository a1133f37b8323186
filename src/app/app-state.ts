import type { ErrorDetails } from '../core/errors.js';
import { emptyDocument } from '../core/graph/edits.js';
import type { Problem } from '../core/graph/problems.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { ChoiceRequest, PaletteRequest } from '../editor/host.js';
import { defaultSettings, type Settings } from '../storage/settings.js';
import type { PictureCard } from '../ui/cw-picture-panel.js';
import type { DeviceVerdict, UnetWorkReport } from '../worker/messages.js';
import type { RunLists } from '../worker/run-client.js';
import type { RunProgressReport } from './run-progress.js';

/** A short word to the user; errors stay until they are closed. */
export interface Toast {
  readonly id: number;
  readonly kind: 'note' | 'error';
  readonly text: string;
}

/** One run of this session, for the journal. */
export interface JournalEntry {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly outcome: 'success' | 'interrupted' | 'error';
  readonly unet: UnetWorkReport | undefined;
  readonly nodes: readonly {
    readonly id: NodeId;
    readonly title: string;
    readonly elapsedMs: number;
    readonly isCached: boolean;
  }[];
}

/** The tabs of the side panel. */
export type PanelTab = 'node' | 'list' | 'problems' | 'pictures' | 'runs';

/** Everything that the application shows, the pixels of runs aside. */
export interface AppState {
  readonly document: GraphDocument;
  readonly problems: readonly Problem[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly selection: readonly NodeId[];
  readonly isRunning: boolean;
  readonly isStopping: boolean;
  readonly progress: RunProgressReport | undefined;
  readonly device: DeviceVerdict | undefined;
  readonly lists: RunLists;
  readonly journal: readonly JournalEntry[];
  /** Pictures that can be loaded by name. */
  readonly pictures: readonly PictureCard[];
  readonly settings: Settings;
  readonly tab: PanelTab;
  /** The schedule that was last chosen for the timeline. */
  readonly shownSchedule: NodeId | undefined;
  /** The document as the last run was given it. */
  readonly ranDocument: GraphDocument | undefined;
  readonly menu: ChoiceRequest | undefined;
  readonly palette: PaletteRequest | undefined;
  /** The node whose pictures are shown large. */
  readonly viewed: NodeId | undefined;
  /** The dialog that is open; see `dialogs.ts`. */
  readonly dialog: string | undefined;
  readonly toasts: readonly Toast[];
  /** Why the last save failed; what is on screen is then only on screen. */
  readonly storageFailure: ErrorDetails | undefined;
}

/** What the application starts from. */
export function initialState(): AppState {
  return {
    document: emptyDocument(),
    problems: [],
    canUndo: false,
    canRedo: false,
    selection: [],
    isRunning: false,
    isStopping: false,
    progress: undefined,
    device: undefined,
    lists: { models: [], pictures: [] },
    journal: [],
    pictures: [],
    settings: defaultSettings,
    tab: 'node',
    shownSchedule: undefined,
    ranDocument: undefined,
    menu: undefined,
    palette: undefined,
    viewed: undefined,
    dialog: undefined,
    toasts: [],
    storageFailure: undefined,
  };
}
