import { emptyDocument } from '../core/graph/edits.js';
import { createHistory } from '../core/graph/history.js';
import type { GraphDocument } from '../core/graph/types.js';
import { freshGraphId, saveOpenGraphs } from '../storage/graphs.js';
import { texts } from '../texts/texts.js';
import type { AppState } from './app-state.js';
import type { DocumentSession, SessionStep } from './document-session.js';
import type { Store } from './store.js';
import { wholeGraph } from './whole-graph.js';
import { createGraphOwnership, type GraphOwnership } from './workspace-ownership.js';
import { createGraphSaving, type GraphSaving } from './workspace-saving.js';
import { isBlank, movedTo, tabOf, type OpenGraph } from './workspace-tabs.js';

/** What the workspace is made on. */
export interface WorkspacePlace {
  readonly store: Store<AppState>;
  readonly session: DocumentSession;
  /** Selects nothing and shows the document from where it was last looked at, or all of it. */
  readonly look: (document: GraphDocument) => void;
  /** A save failed. */
  readonly failed: (error: unknown) => void;
  /** Another window has stored a graph, or handed it over: see `workspace-sharing.ts`. */
  changedElsewhere(graph: OpenGraph, isOursNow: boolean): void;
}

/** The open graphs, one a tab: each has a document, a history and a place in storage of its own. */
export interface Workspace {
  /** Opens a document in a new tab and shows it; the id it got. `clean` says that it is as a file holds it. */
  open(document: GraphDocument, options?: { readonly isClean?: boolean }): string;
  /** Puts an open graph among the tabs, at the end or at an index, without showing it. */
  add(graph: OpenGraph, index?: number): void;
  show(id: string): void;
  /** Closes a tab; what was in it stays stored, and {@link Workspace.reopen} brings it back with its history. */
  close(id: string): void;
  /** Brings the tab back that was closed last; false when there is none. */
  reopen(): boolean;
  move(id: string, to: number): void;
  /** Gives the shown graph a title, as a step of undo. */
  rename(title: string): void;
  /** The shown graph is now as a file holds it. */
  markExported(): void;
  /** Takes a step of the session. */
  stepped(step: SessionStep): void;
  find(id: string): OpenGraph | undefined;
  /** The document of an open graph. */
  documentOf(graph: OpenGraph): GraphDocument;
  /** Draws the tabs anew. */
  refresh(): void;
  /** Writes what is not yet stored. */
  flush(): Promise<void>;
  readonly ownership: GraphOwnership;
  dispose(): void;
}

/** A graph that is opened for the first time. */
export function newOpenGraph(document: GraphDocument, isClean: boolean): OpenGraph {
  return {
    id: freshGraphId(),
    createdAt: Date.now(),
    parked: { history: createHistory(document) },
    clean: isClean ? document : undefined,
    isElsewhere: false,
    savedText: undefined,
    steps: [],
  };
}

/** The most tabs that can be brought back after they were closed. */
const mostClosed = 20;

class TabbedWorkspace implements Workspace {
  readonly ownership: GraphOwnership;
  readonly #place: WorkspacePlace;
  readonly #saving: GraphSaving;
  #graphs: readonly OpenGraph[] = [];
  #closed: readonly { readonly graph: OpenGraph; readonly index: number }[] = [];

  constructor(place: WorkspacePlace) {
    this.#place = place;
    const elsewhere = (id: string, isElsewhere: boolean, isOursNow: boolean): void => {
      const graph = this.find(id);
      if (!graph) return;
      graph.isElsewhere = isElsewhere;
      this.refresh();
      if (!isElsewhere || !isOursNow) place.changedElsewhere(graph, isOursNow);
    };
    this.ownership = createGraphOwnership({
      gained: (id) => {
        elsewhere(id, false, true);
      },
      lost: (id) => {
        const graph = this.find(id);
        if (graph) graph.isElsewhere = true;
        this.refresh();
      },
      yielding: async (id) => {
        const graph = this.find(id);
        if (graph) await this.#saving.flush(graph);
      },
      saved: (id) => {
        if (this.find(id)?.isElsewhere === true) elsewhere(id, true, false);
      },
    });
    this.#saving = createGraphSaving({
      documentOf: (graph) => this.documentOf(graph),
      mayStore: (graph) => !graph.isElsewhere && this.ownership.owns(graph.id),
      saved: (graph) => {
        place.store.set({ storageFailure: undefined });
        this.ownership.announce(graph.id);
      },
      failed: place.failed,
    });
  }

  open(document: GraphDocument, { isClean = false } = {}): string {
    const blank = this.find(this.#shownId());
    const graph = newOpenGraph(document, isClean);
    this.add(graph);
    this.show(graph.id);
    this.#saving.changed(graph, texts().edits.open);
    if (blank && isBlank(blank.parked)) this.close(blank.id);
    return graph.id;
  }

  add(graph: OpenGraph, index = this.#graphs.length): void {
    if (this.find(graph.id)) return;
    this.#graphs = [...this.#graphs.slice(0, index), graph, ...this.#graphs.slice(index)];
    this.refresh();
    this.#remember();
    void this.ownership.claim(graph.id).then((isOurs) => {
      graph.isElsewhere = !isOurs;
      this.refresh();
      // What was changed before the answer came is stored now.
      if (isOurs && graph.savedText === undefined) void this.#saving.flush(graph);
    });
  }

  show(id: string): void {
    const { store, session, look } = this.#place;
    const graph = this.find(id);
    if (!graph || id === this.#shownId()) return;
    this.#parkShown();
    session.resume(graph.parked, { graphId: id, selection: [], viewed: undefined });
    look(store.get().document);
    store.set({ menu: undefined, palette: undefined });
    this.#remember();
  }

  close(id: string): void {
    const index = this.#graphs.findIndex((graph) => graph.id === id);
    const graph = this.#graphs[index];
    if (!graph) return;
    this.#parkShown();
    void this.#saving.flush(graph).then(() => {
      if (!this.find(id)) this.ownership.release(id);
    });
    if (!isBlank(graph.parked)) {
      this.#closed = [...this.#closed, { graph, index }].slice(-mostClosed);
    }
    this.#graphs = this.#graphs.filter((other) => other !== graph);
    if (this.#graphs.length === 0) this.open(emptyDocument(), { isClean: true });
    else if (id === this.#shownId()) {
      const next = this.#graphs[Math.min(index, this.#graphs.length - 1)];
      if (next) this.show(next.id);
    }
    this.refresh();
    this.#remember();
  }

  reopen(): boolean {
    const last = this.#closed.at(-1);
    if (!last) return false;
    this.#closed = this.#closed.slice(0, -1);
    this.add(last.graph, last.index);
    this.show(last.graph.id);
    return true;
  }

  move(id: string, to: number): void {
    const from = this.#graphs.findIndex((graph) => graph.id === id);
    this.#graphs = movedTo(this.#graphs, from, to);
    this.refresh();
    this.#remember();
  }

  rename(title: string): void {
    const document = wholeGraph(this.#place.store.get());
    const plain = title.trim().slice(0, 200);
    if (plain === (document.title ?? '')) return;
    const { title: _before, ...rest } = document;
    const renamed = plain === '' ? rest : { ...rest, title: plain };
    this.#place.session.changeWhole(texts().edits.renameGraph, renamed);
  }

  markExported(): void {
    const graph = this.find(this.#shownId());
    if (!graph) return;
    graph.clean = wholeGraph(this.#place.store.get());
    this.refresh();
    this.#saving.changed(graph, undefined);
  }

  stepped({ name }: SessionStep): void {
    const graph = this.find(this.#shownId());
    if (!graph) return;
    this.refresh();
    this.#saving.changed(graph, name);
  }

  find(id: string): OpenGraph | undefined {
    return this.#graphs.find((graph) => graph.id === id);
  }

  documentOf(graph: OpenGraph): GraphDocument {
    const state = this.#place.store.get();
    return graph.id === state.graphId ? wholeGraph(state) : graph.parked.history.present;
  }

  refresh(): void {
    const { store } = this.#place;
    const before = store.get().tabs;
    const tabs = this.#graphs.map((graph, index) => {
      const tab = tabOf(graph, this.documentOf(graph));
      const old = before[index];
      return old && JSON.stringify(old) === JSON.stringify(tab) ? old : tab;
    });
    const isSame = tabs.length === before.length && tabs.every((tab, i) => tab === before[i]);
    if (!isSame) store.set({ tabs });
  }

  flush(): Promise<void> {
    return this.#saving.flush();
  }

  dispose(): void {
    this.ownership.dispose();
  }

  #shownId(): string {
    return this.#place.store.get().graphId;
  }

  #parkShown(): void {
    const shown = this.find(this.#shownId());
    if (shown) shown.parked = this.#place.session.park();
  }

  #remember(): void {
    const ids = this.#graphs.map(({ id }) => id);
    saveOpenGraphs({ ids, shown: this.#shownId() }).catch(this.#place.failed);
  }
}

/** Makes a workspace without tabs. */
export function createWorkspace(place: WorkspacePlace): Workspace {
  return new TabbedWorkspace(place);
}
