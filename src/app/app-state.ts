import type { ErrorDetails } from '../core/errors.js';
import { emptyDocument } from '../core/graph/edits.js';
import type { Problem } from '../core/graph/problems.js';
import type { PublishedSubgraph } from '../core/graph/publish.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { ChoiceRequest, PaletteRequest } from '../editor/host.js';
import type { InspectedValue } from '../core/node/value-description.js';
import type { JournalEntry } from '../storage/journal.js';
import { defaultSettings, type Settings } from '../storage/settings.js';
import type { UnreadableRecords } from '../storage/unreadable-records.js';
import type { PictureCard } from '../ui/cw-picture-panel.js';
import type { ModelShelfShown } from '../ui/model-panel-model.js';
import type { DeviceVerdict } from '../worker/messages.js';
import type { RunLists } from '../worker/run-client.js';
import type { RunForecast } from './run-outlook.js';
import type { QueuedRun } from './run-queue.js';
import type { RunProgressReport } from './run-progress.js';

/** A short word to the user; errors stay until they are closed. */
export interface Toast {
  readonly id: number;
  readonly kind: 'note' | 'error';
  readonly text: string;
  /** What can be done about it, such as taking a step back. */
  readonly action?: { readonly label: string; readonly perform: () => void };
}

/** The value of a socket that is being looked at. */
export interface ShownValue {
  readonly node: NodeId;
  readonly side: 'input' | 'output';
  /** Name of the input or output. */
  readonly name: string;
  /** How node and socket are called. */
  readonly title: string;
  /** Where the card opens, in client pixels. */
  readonly at: readonly [x: number, y: number];
  /** Asked for by keyboard: the card takes the focus and stays until it is closed. */
  readonly isPinned: boolean;
  /** What was found: undefined while it is looked for, `unlinked` when nothing is connected. */
  readonly value: InspectedValue | { readonly kind: 'unlinked' } | undefined;
  /** The graph has changed above since it was computed. */
  readonly isStale: boolean;
}

/** The tabs of the side panel. */
export type PanelTab = 'node' | 'list' | 'problems' | 'forecast' | 'pictures' | 'models' | 'runs';

/** One graph of those that are open, as the bar of tabs shows it. */
export interface GraphTab {
  /** Under which the graph is stored, and by which its runs are told apart. */
  readonly id: string;
  readonly title: string;
  /** Whether it differs from the file it came from or was last exported to. */
  readonly isChanged: boolean;
  /** Whether another window of the browser edits it: this one then stores nothing of it. */
  readonly isElsewhere: boolean;
}

/** A stored graph that this version cannot read; its text is kept as it is. */
export interface UnreadableGraph {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly reason: ErrorDetails;
}

/** Everything that the application shows, the pixels of runs aside. */
export interface AppState {
  /** The open graphs, in the order of their tabs. */
  readonly tabs: readonly GraphTab[];
  /** The tab whose document is shown; runs started now belong to it. */
  readonly graphId: string;
  /** What is drawn: the whole graph of the tab, or the inside of the subgraph that `path` leads into. */
  readonly document: GraphDocument;
  /** The whole graph of the tab: what is stored, run and exported. See `whole-graph.ts`. */
  readonly root: GraphDocument;
  /** The instances that were entered, the outermost first; empty when the whole graph is drawn. */
  readonly path: readonly NodeId[];
  /** Subgraphs that were published as nodes of their own, for every graph. */
  readonly publishedSubgraphs: readonly PublishedSubgraph[];
  readonly problems: readonly Problem[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly selection: readonly NodeId[];
  readonly isRunning: boolean;
  /** The graph that the current run belongs to. */
  readonly runningGraph: string | undefined;
  readonly isStopping: boolean;
  readonly progress: RunProgressReport | undefined;
  readonly device: DeviceVerdict | undefined;
  readonly lists: GraphLists;
  /** The run that goes on. */
  readonly running: QueuedRun | undefined;
  /** Runs that wait for their turn, the next one first. */
  readonly queue: readonly QueuedRun[];
  readonly isQueueOpen: boolean;
  /** How many runs one wish queues. */
  readonly runCount: number;
  /** Runs of this and of earlier sessions, the newest first. */
  readonly journal: readonly JournalEntry[];
  /** The run that another one is to be compared with. */
  readonly chosenRun: number | undefined;
  /** The two runs that are compared, older and newer. */
  readonly comparedRuns: readonly [older: number, newer: number] | undefined;
  /** What is known of the shown graph before it runs; undefined until it was looked at. */
  readonly forecast: RunForecast | undefined;
  /** The value that is looked at. */
  readonly shownValue: ShownValue | undefined;
  /** Pictures that can be loaded by name. */
  readonly pictures: readonly PictureCard[];
  /** The Models tab; undefined until it was opened. */
  readonly modelShelf: ModelShelfShown | undefined;
  readonly settings: Settings;
  /** What was changed before the stored settings were read; undefined once they are. */
  readonly earlySettings: Partial<Settings> | undefined;
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
  /** What the canvas has said beside the pointer, for those who do not see it. */
  readonly spoken: string;
  /** Why the last save failed; what is on screen is then only on screen. */
  readonly storageFailure: ErrorDetails | undefined;
  readonly unreadable: readonly UnreadableGraph[];
  /** Stored settings and pictures that cannot be read, at most one entry of a kind. */
  readonly unreadableRecords: readonly UnreadableRecords[];
}

/** What widgets choose from: what is stored, and the mixed layers of the models that the graph names, with the heads of the widest. */
export interface GraphLists extends RunLists {
  readonly layers?: readonly string[];
  readonly heads?: number;
}

/** What the application starts from. */
export function initialState(): AppState {
  return {
    tabs: [],
    graphId: '',
    document: emptyDocument(),
    root: emptyDocument(),
    path: [],
    publishedSubgraphs: [],
    problems: [],
    canUndo: false,
    canRedo: false,
    selection: [],
    isRunning: false,
    runningGraph: undefined,
    isStopping: false,
    progress: undefined,
    device: undefined,
    lists: { models: [], pictures: [] },
    running: undefined,
    queue: [],
    isQueueOpen: false,
    runCount: 1,
    journal: [],
    chosenRun: undefined,
    comparedRuns: undefined,
    forecast: undefined,
    shownValue: undefined,
    pictures: [],
    modelShelf: undefined,
    settings: defaultSettings,
    earlySettings: {},
    tab: 'node',
    shownSchedule: undefined,
    ranDocument: undefined,
    menu: undefined,
    palette: undefined,
    viewed: undefined,
    dialog: undefined,
    toasts: [],
    spoken: '',
    storageFailure: undefined,
    unreadable: [],
    unreadableRecords: [],
  };
}
