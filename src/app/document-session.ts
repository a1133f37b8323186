import {
  createHistory,
  differsInViewOnly,
  record,
  redo,
  undo,
  type History,
  type HistoryEntry,
} from '../core/graph/history.js';
import { containsItself, innerDocument, withInner } from '../core/graph/inner-document.js';
import { setView } from '../core/graph/layout-edits.js';
import { own } from '../core/graph/own.js';
import type { Problem } from '../core/graph/problems.js';
import { subgraphKey } from '../core/graph/subgraph-registry.js';
import type { GraphDocument, Layout, NodeId } from '../core/graph/types.js';
import { validateInner } from '../core/graph/validate.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { EditIntent, PromotionIntent } from '../editor/intents.js';
import { texts } from '../texts/texts.js';
import { applyIntent } from './apply-intent.js';
import { applyPromotion } from './intents/promotion-intents.js';
import type { AppState } from './app-state.js';
import type { Store } from './store.js';
import { reachable } from './whole-graph.js';

/** What a tab keeps of its work while another one is shown. */
export interface ParkedSession {
  /** Of the whole graph. */
  readonly history: History;
  /** The subgraph that is drawn; the whole graph when absent. */
  readonly path?: readonly NodeId[];
}

/** A change of the document as those who store it are told. */
export interface SessionStep {
  /** What was done, such as `Move 3 nodes`; undefined when only the view changed. */
  readonly name: string | undefined;
  /** The whole graph. */
  readonly document: GraphDocument;
}

/**
 * The graph that is being worked on, with its history. What is drawn, and what edits are made of, may be the inside
 * of a subgraph of it; the history is one over all, and a step back shows the place where it was made.
 */
export interface DocumentSession {
  /** Applies a gesture's edit; gives the ids of nodes it made. */
  edit(intent: EditIntent): readonly NodeId[];
  /** Makes a change of what is drawn one step of undo, or a part of the step of its gesture. The same document means nothing happened. */
  change(name: string, document: GraphDocument, gesture?: string): void;
  /** Makes a change of the whole graph one step of undo, whatever part of it is drawn. */
  changeWhole(name: string, document: GraphDocument): void;
  undo(): void;
  redo(): void;
  /** Begins anew with a document, without a way back. */
  start(document: GraphDocument): void;
  /** Keeps where the user looks, without a step of undo; undefined for the whole graph. */
  setView(view: Layout['view']): void;
  /** Draws the inside of an instance of what is drawn; other nodes are passed over. */
  enter(id: NodeId): void;
  /** Draws what is around the subgraph that is drawn; gives the id of the instance that was left. */
  leave(): NodeId | undefined;
  /** Draws the inside of the instances of a path, or of as many of them as there are. */
  goTo(path: readonly NodeId[]): void;
  /** The work as it is, to be gone on with by {@link DocumentSession.resume}. */
  park(): ParkedSession;
  /** Goes on with parked work; `patch` changes in the same moment. */
  resume(parked: ParkedSession, patch: Partial<AppState>): void;
}

/** Who is told of what a session does. */
export interface SessionListener {
  refused(reason: string): void;
  /** Something changed; not told of a resumption. */
  stepped(step: SessionStep): void;
  /** Another part of the graph is drawn; not told of a resumption. */
  moved?(): void;
}

type Path = readonly NodeId[];

class StoredSession implements DocumentSession {
  readonly #store: Store<AppState>;
  readonly #registry: NodeRegistry;
  readonly #on: SessionListener;
  #history: History;

  constructor(store: Store<AppState>, registry: NodeRegistry, on: SessionListener) {
    this.#store = store;
    this.#registry = registry;
    this.#on = on;
    this.#history = createHistory(store.get().document);
  }

  edit(intent: EditIntent): readonly NodeId[] {
    if (intent.kind === 'show-widget' || intent.kind === 'hide-widget') {
      this.#promote(intent);
      return [];
    }
    const shown = this.#store.get().document;
    const { document, name, added, refused } = applyIntent(shown, this.#registry, intent);
    if (refused !== undefined) this.#on.refused(refused);
    return this.#changeShown(name, document, undefined) ? added : [];
  }

  change(name: string, document: GraphDocument, gesture?: string): void {
    this.#changeShown(name, document, gesture);
  }

  changeWhole(name: string, document: GraphDocument): void {
    this.#step(record(this.#history, document, { name }), name);
  }

  undo(): void {
    this.#goBack(undo(this.#history), this.#history.past.at(-1), texts().edits.undone);
  }

  redo(): void {
    this.#goBack(redo(this.#history), this.#history.future.at(-1), texts().edits.redone);
  }

  start(document: GraphDocument): void {
    this.#step(createHistory(document), texts().edits.open, []);
  }

  setView(view: Layout['view']): void {
    this.#changeShown('Look', setView(this.#store.get().document, view), undefined);
  }

  enter(id: NodeId): void {
    const { document, path } = this.#store.get();
    if (subgraphKey(own(document.nodes, id)?.type ?? '') !== undefined) this.goTo([...path, id]);
  }

  leave(): NodeId | undefined {
    const { path } = this.#store.get();
    this.goTo(path.slice(0, -1));
    return path.at(-1);
  }

  goTo(path: Path): void {
    const to = reachable(this.#history.present, path);
    if (isSamePath(to, this.#store.get().path)) return;
    this.#show(this.#history, to, { selection: [], viewed: undefined });
    this.#on.moved?.();
  }

  park(): ParkedSession {
    return { history: this.#history, path: this.#store.get().path };
  }

  resume({ history, path = [] }: ParkedSession, patch: Partial<AppState>): void {
    this.#show(history, path, patch);
  }

  /** The widgets that a subgraph shows are a matter of its definition and of its instances at all levels. */
  #promote(intent: PromotionIntent): void {
    const { document: shown, path } = this.#store.get();
    const root = this.#history.present;
    const { document, name, refused } = applyPromotion(root, this.#registry, intent, shown, path);
    if (refused !== undefined) this.#on.refused(refused);
    const place = path.length > 0 && { place: path };
    this.#step(record(this.#history, document, { name, ...place }), name);
  }

  /** Whether the change was made; one by which a subgraph would contain itself is refused. */
  #changeShown(name: string, document: GraphDocument, gesture: string | undefined): boolean {
    const { document: shown, path } = this.#store.get();
    if (document === shown) return true;
    const root = withInner(this.#history.present, path, document);
    if (closesCircle(this.#history.present, root)) {
      this.#on.refused(texts().edits.subgraphInItself);
      return false;
    }
    if (path.length > 0 && differsInViewOnly(shown, document)) {
      this.#history = { ...this.#history, present: root };
      this.#store.set({ document, root });
      this.#on.stepped({ name: undefined, document: root });
      return true;
    }
    const place = path.length > 0 && { place: path };
    const key = gesture !== undefined && { gesture: [...path, gesture].join('/') };
    this.#step(record(this.#history, root, { name, ...place, ...key }), name);
    return true;
  }

  #goBack(next: History, entry: HistoryEntry | undefined, said: (name: string) => string): void {
    if (entry) this.#step(next, said(entry.name), entry.place ?? []);
  }

  #step(next: History, name: string | undefined, place: Path = this.#store.get().path): void {
    const before = this.#history;
    if (next === before) return;
    const isLook = next.past === before.past && isDrawnAlike(next.present, before.present);
    const path = reachable(next.present, place);
    const isElsewhere = !isSamePath(path, this.#store.get().path);
    this.#show(next, path, isElsewhere ? { selection: [], viewed: undefined } : {});
    if (isElsewhere) this.#on.moved?.();
    this.#on.stepped({ name: isLook ? undefined : name, document: next.present });
  }

  #show(next: History, wish: Path, patch: Partial<AppState> = {}): void {
    this.#history = next;
    const root = next.present;
    const path = reachable(root, wish);
    const told = validateInner(root, this.#registry, path);
    this.#store.set({
      document: innerDocument(root, path),
      root,
      path,
      problems: [...told, ...stillTold(root, path, this.#store.get())],
      canUndo: next.past.length > 0,
      canRedo: next.future.length > 0,
      ...patch,
    });
  }
}

/** Starts a session on the store's document. */
export function createDocumentSession(
  store: Store<AppState>,
  registry: NodeRegistry,
  on: SessionListener,
): DocumentSession {
  return new StoredSession(store, registry, on);
}

/** Whether two documents differ in nothing but the view, as far as identity tells. */
function isDrawnAlike(a: GraphDocument, b: GraphDocument): boolean {
  const [left, right] = [a.layout, b.layout];
  return (
    a.nodes === b.nodes &&
    a.subgraphs === b.subgraphs &&
    left.nodes === right.nodes &&
    left.groups === right.groups
  );
}

function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/** Whether a subgraph contains itself that did not before. */
function closesCircle(before: GraphDocument, after: GraphDocument): boolean {
  if (before.subgraphs === after.subgraphs) return false;
  return Object.keys(after.subgraphs ?? {}).some(
    (key) => containsItself(after, key) && !containsItself(before, key),
  );
}

/** What was foreseen stays on its nodes until the new document has been looked at. */
function stillTold(root: GraphDocument, path: Path, state: AppState): readonly Problem[] {
  if (!isSamePath(path, state.path)) return [];
  const { nodes } = innerDocument(root, path);
  return state.problems.filter(
    ({ code, nodeId }) => code === 'input/will-fail' && nodeId !== undefined && own(nodes, nodeId),
  );
}
