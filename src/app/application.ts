import type { NodeRegistry } from '../core/node/registry.js';
import type { NodeId } from '../core/graph/types.js';
import type { ForecastDesk } from './forecast-contract.js';
import type { GraphEditor } from '../editor/graph-editor.js';
import type { PaletteRequest } from '../editor/host.js';
import type { Point } from '../editor/intents.js';
import type { RunClient } from '../worker/run-client.js';
import type { AppState } from './app-state.js';
import type { DocumentSession } from './document-session.js';
import type { PictureLibrary } from './picture-library.js';
import type { Running } from './running.js';
import type { RunSession } from './run-session.js';
import type { Store } from './store.js';
import type { TimelineSession } from './timeline-session.js';
import type { Toasts } from './toasts.js';
import type { Workspace } from './workspace.js';

/** The rooms introduced to each other; the shell draws its store and calls it. */
export interface Application {
  readonly store: Store<AppState>;
  readonly registry: NodeRegistry;
  readonly editor: GraphEditor;
  readonly session: DocumentSession;
  readonly workspace: Workspace;
  readonly runs: RunSession;
  readonly running: Running;
  readonly forecast: ForecastDesk;
  readonly client: RunClient;
  readonly toasts: Toasts;
  readonly library: PictureLibrary;
  readonly timeline: TimelineSession;
  /** Brings back the last graph, or opens the first example. */
  start(): Promise<void>;
  /** Carries out a command by name; see `commands/`. */
  perform(command: string): Promise<void>;
  /** Opens the example that a first start shows. */
  openExample(): Promise<void>;
  /** Takes dropped or picked files: a graph is opened, pictures are stored and put where they were dropped. */
  takeFiles(files: readonly File[], at?: Point): Promise<void>;
  /** The next paste keeps links from outside, or not. */
  expectPaste(keepLinks: boolean): void;
  pasteData(data: DataTransfer | null): void;
  addNode(type: string, request: PaletteRequest): void;
  /** Selects a node of what is drawn and brings it into view; an id of the flattened graph leads to where its node is. */
  showNode(id: NodeId, isFlat?: boolean): void;
  openWidget(id: NodeId, input: string): void;
  /** The selected node that a picture can be put into. */
  pictureTarget():
    { readonly id: NodeId; readonly input: string; readonly title: string } | undefined;
  /** Puts a picture into the selected node, or into a new Load Image. */
  usePicture(name: string): void;
  deletePicture(name: string): Promise<void>;
  /** Hands a picture's file to the user's downloads as it is kept: one that a run saved has its graph in it. */
  exportPicture(name: string): Promise<void>;
  savePicture(id: NodeId, label: string): Promise<void>;
  closeToast(id: number): void;
  titleOf(id: NodeId): string;
  dispose(): void;
}
