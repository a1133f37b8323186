import { createHistory, record, redo, undo, type History } from '../core/graph/history.js';
import { setView } from '../core/graph/layout-edits.js';
import { own } from '../core/graph/own.js';
import type { Problem } from '../core/graph/problems.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { validate } from '../core/graph/validate.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { EditIntent } from '../editor/intents.js';
import { texts } from '../texts/texts.js';
import { applyIntent } from './apply-intent.js';
import type { AppState } from './app-state.js';
import type { Store } from './store.js';

/** What a tab keeps of its work while another one is shown. */
export interface ParkedSession {
  readonly history: History;
}

/** A change of the document as those who store it are told. */
export interface SessionStep {
  /** What was done, such as `Move 3 nodes`; undefined when only the view changed. */
  readonly name: string | undefined;
  readonly document: GraphDocument;
}

/** The document that is being worked on, with its history. */
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
  /** The work as it is, to be gone on with by {@link DocumentSession.resume}. */
  park(): ParkedSession;
  /** Goes on with parked work; `patch` changes in the same moment. */
  resume(parked: ParkedSession, patch: Partial<AppState>): void;
}

/** Starts a session on the store's document; `on.stepped` is told of every change but a resumption. */
export function createDocumentSession(
  store: Store<AppState>,
  registry: NodeRegistry,
  on: { refused(reason: string): void; stepped(step: SessionStep): void },
): DocumentSession {
  let history = createHistory(store.get().document);

  const show = (next: History, patch: Partial<AppState> = {}): void => {
    history = next;
    store.set({
      document: next.present,
      problems: [...validate(next.present, registry), ...stillTold(next.present, store.get())],
      canUndo: next.past.length > 0,
      canRedo: next.future.length > 0,
      ...patch,
    });
  };
  const step = (next: History, name: string | undefined): void => {
    if (next === history) return;
    const isLook = next.past === history.past && isDrawnAlike(next.present, history.present);
    show(next);
    on.stepped({ name: isLook ? undefined : name, document: next.present });
  };
  return {
    edit(intent) {
      const { document, name, added, refused } = applyIntent(history.present, registry, intent);
      if (refused !== undefined) on.refused(refused);
      step(record(history, document, { name }), name);
      return added;
    },
    change(name, document, gesture) {
      step(record(history, document, { name, ...(gesture !== undefined && { gesture }) }), name);
    },
    undo() {
      step(undo(history), texts().edits.undone(history.past.at(-1)?.name ?? ''));
    },
    redo() {
      step(redo(history), texts().edits.redone(history.future.at(-1)?.name ?? ''));
    },
    start(document) {
      step(createHistory(document), texts().edits.open);
    },
    setView(view) {
      step(record(history, setView(history.present, view), { name: 'Look' }), undefined);
    },
    park: () => ({ history }),
    resume(parked, patch) {
      show(parked.history, patch);
    },
  };
}

/** Whether two documents differ in nothing but the view, as far as identity tells. */
function isDrawnAlike(a: GraphDocument, b: GraphDocument): boolean {
  const [left, right] = [a.layout, b.layout];
  return a.nodes === b.nodes && left.nodes === right.nodes && left.groups === right.groups;
}

/** What was foreseen stays on its nodes until the new document has been looked at. */
function stillTold({ nodes }: GraphDocument, { problems }: AppState): readonly Problem[] {
  return problems.filter(
    ({ code, nodeId }) => code === 'input/will-fail' && nodeId !== undefined && own(nodes, nodeId),
  );
}
