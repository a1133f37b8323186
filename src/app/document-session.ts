import { createHistory, record, redo, undo, type History } from '../core/graph/history.js';
import { setView } from '../core/graph/layout-edits.js';
import { serializeDocument } from '../core/graph/serialize.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { validate } from '../core/graph/validate.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { EditIntent } from '../editor/intents.js';
import { saveCurrentGraph } from '../storage/graphs.js';
import { applyIntent } from './apply-intent.js';
import type { AppState } from './app-state.js';
import type { Store } from './store.js';

/** The document that is being worked on, with its history; kept in storage after each settled edit. */
export interface DocumentSession {
  /** Applies a gesture's edit; gives the ids of nodes it made. */
  edit(intent: EditIntent): readonly NodeId[];
  /** Makes a change one step of undo, or a part of the step of its gesture. The same document means nothing happened. */
  change(name: string, document: GraphDocument, gesture?: string): void;
  undo(): void;
  redo(): void;
  /** Begins anew with a document, without a way back. */
  start(document: GraphDocument): void;
  /** Keeps where the user looks, without a step of undo. */
  setView(view: { readonly scale: number; readonly offset: readonly [number, number] }): void;
  /** Writes what is not yet stored. */
  flush(): Promise<void>;
}

const autosaveDelayMs = 400;

/** Starts a session on a document. */
export function createDocumentSession(
  store: Store<AppState>,
  registry: NodeRegistry,
  on: { refused(reason: string): void; failed(error: unknown): void },
): DocumentSession {
  let history = createHistory(store.get().document);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let savedText: string | undefined;

  const show = (next: History): void => {
    if (next === history) return;
    history = next;
    store.set({
      document: next.present,
      problems: validate(next.present, registry),
      canUndo: next.past.length > 0,
      canRedo: next.future.length > 0,
    });
    clearTimeout(timer);
    timer = setTimeout(() => {
      void save();
    }, autosaveDelayMs);
  };
  async function save(): Promise<void> {
    clearTimeout(timer);
    const text = serializeDocument(history.present);
    if (text === savedText) return;
    try {
      await saveCurrentGraph(text);
      savedText = text;
      store.set({ storageFailure: undefined });
    } catch (error) {
      on.failed(error);
    }
  }
  return {
    edit(intent) {
      const { document, name, added, refused } = applyIntent(history.present, registry, intent);
      if (refused !== undefined) on.refused(refused);
      show(record(history, document, { name }));
      return added;
    },
    change(name, document, gesture) {
      show(record(history, document, { name, ...(gesture !== undefined && { gesture }) }));
    },
    undo() {
      show(undo(history));
    },
    redo() {
      show(redo(history));
    },
    start(document) {
      show(createHistory(document));
    },
    setView(view) {
      show(record(history, setView(history.present, view), { name: 'Look' }));
    },
    flush: save,
  };
}
