import type { NodeId } from '../core/graph/types.js';
import type { EditorHost, HoverTarget } from '../editor/host.js';
import type { AppState } from './app-state.js';
import type { DocumentSession } from './document-session.js';
import type { RunSession } from './run-session.js';
import type { Store } from './store.js';
import type { Toasts } from './toasts.js';

/** What the canvas asks of the application, led to the session, the runs and the store. */
export function createEditorHost(
  store: Store<AppState>,
  session: DocumentSession,
  runs: RunSession,
  to: {
    readonly toasts: Toasts;
    perform(command: string): void;
    pickPicture(id: NodeId, input: string): Promise<void>;
    select(ids: readonly NodeId[]): void;
    hover(target: HoverTarget | undefined): void;
    look: EditorHost['look'];
    fix(id: NodeId, name: string): void;
  },
): EditorHost {
  return {
    edit(intent) {
      const added = session.edit(intent);
      if (added.length > 0) to.select(added);
    },
    choose(menu) {
      store.set({ menu, palette: undefined });
    },
    openPalette(palette) {
      store.set({ palette, menu: undefined });
    },
    say: to.toasts.note,
    speak(spoken) {
      store.set({ spoken });
    },
    listOf: (source) => store.get().lists[source] ?? [],
    selectionChanged(selection) {
      store.set({ selection });
    },
    viewChanged(view) {
      session.setView(view);
    },
    openPictures(id) {
      if (runs.picturesOf(id).length > 0) store.set({ viewed: id });
      else store.set({ tab: 'pictures' });
    },
    pickPicture(id, input) {
      void to.pickPicture(id, input);
    },
    scrub(start, pass) {
      runs.showPass(start, pass);
    },
    command(name) {
      to.perform(name);
    },
    hover(target) {
      to.hover(target);
    },
    look(place) {
      to.look(place);
    },
    fix(id, name) {
      to.fix(id, name);
    },
  };
}
