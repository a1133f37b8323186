import { createRegistry, type NodeRegistry } from '../core/node/registry.js';
import { texts } from '../texts/texts.js';
import { placeOf } from '../core/graph/flat-places.js';
import { graphRegistry } from '../core/graph/subgraph-registry.js';
import type { GraphDocument } from '../core/graph/types.js';
import { createGraphEditor, type GraphEditor } from '../editor/graph-editor.js';
import type { RunView } from '../editor/run-view.js';
import { takeSettings } from './change-settings.js';
import { loadSettings } from '../storage/settings.js';
import { createRunClient } from '../worker/run-client.js';
import { nodes } from '../../nodes/index.js';
import type { Application } from './application.js';
import { initialState, type AppState } from './app-state.js';
import { looksLikeNodes, pasteText } from './clipboard.js';
import { createDocumentSession } from './document-session.js';
import { createLens } from './lens.js';
import { createForecastSession } from './forecast-session.js';
import { createEditorHost } from './editor-host.js';
import { download } from './files.js';
import { createNamedPictures, readNamedPicture } from './named-pictures.js';
import { watchCanvasSettings } from './canvas-settings.js';
import { performCommand } from './commands/index.js';
import { localized } from './localize-nodes.js';
import { applyLanguage } from './page-language.js';
import { loadPublished, watchCopies } from './published.js';
import { createPictureLibrary } from './picture-library.js';
import { createRunJournal } from './run-journal.js';
import { createRunning } from './running.js';
import { createRunSession } from './run-session.js';
import { createStore, type Store } from './store.js';
import { throttle } from './throttle.js';
import { createTimelineSession, differsInSchedulesOnly } from './timeline-session.js';
import { createToasts } from './toasts.js';
import { sayError } from '../ui/messages.js';
import { titleOf } from './view-models.js';
import { openTemplate } from './templates.js';
import { wholeGraph } from './whole-graph.js';
import { createWorkspace } from './workspace.js';
import { adoptStored } from './workspace-sharing.js';
import { lookForUnreadable, startWorkspace, tellStorageFailure } from './workspace-start.js';

/** How long the hand rests before the canvas shows a schedule that was dragged. */
const restMs = 200;

/** Makes the application on a canvas. */
export function createApplication(canvas: HTMLCanvasElement, overlay: HTMLElement): Application {
  const store = createStore(initialState());
  const definitions = new Map(createRegistry<never>([...nodes]));
  const registry: NodeRegistry = definitions;
  const toasts = createToasts(store);
  // A run tells more than an eye can follow, and its threads need the processor more than the canvas does.
  const redraw = throttle(() => {
    editor.setRun(view);
  }, 120);
  const named = createNamedPictures(redraw, (name, reason) => {
    toasts.error(sayError({ code: 'picture/unreadable', name, reason }));
  });
  const session = createDocumentSession(store, registry, {
    refused: toasts.note,
    stepped: (step) => {
      workspace.stepped(step);
    },
    moved: () => {
      look(store.get().document);
    },
  });
  const client = createRunClient(
    () => new Worker(new URL('./run-worker.js', import.meta.url), { type: 'module' }),
    {
      deviceChanged: (device) => {
        store.set({ device });
        void library.refresh();
      },
      failed: (details) => {
        toasts.error(sayError(details));
      },
      event: (_runId, event) => {
        runs.take(event);
      },
    },
  );
  const runs = createRunSession(store, registry, client, named, {
    changed: redraw,
    failed: toasts.error,
    ended: (run) => {
      forecast.learn(run);
      journal.record(run);
    },
    passBegan: () => {
      running.passBegan();
    },
  });
  const journal = createRunJournal(store, registry, {
    failed: toasts.thrown,
    picturesKept: () => void library.refresh(),
    saved: () => workspace.flush(),
  });
  const forecast = createForecastSession(store, registry, client, {
    changed: redraw,
    failed: toasts.thrown,
  });
  const running = createRunning(store, registry, {
    guard: (targets, go) => {
      forecast.guard(targets, go);
    },
    session,
    client,
    runs,
    journal,
    say: toasts.note,
    failed: toasts.thrown,
    pickPicture: (id, input) => void library.pickInto(session, id, input),
  });
  const library = createPictureLibrary(store, client, named, toasts);
  const host = createEditorHost(store, session, runs, {
    toasts,
    perform: (command) => void application.perform(command),
    pickPicture: (id, input) => library.pickInto(session, id, input),
    select: (ids) => {
      editor.select(ids);
    },
    hover: (target) => {
      running.values.hover(target);
    },
    look: (place) => {
      lens.look(place);
    },
    fix: (id, name) => {
      running.fixNode(id, name);
    },
  });
  const lens = createLens(store, registry, client, runs.flatView, () => {
    editor.redraw();
  });
  const view: RunView = { ...runs.view, lens: (id) => lens.on(id) };
  const timeline = createTimelineSession(store, registry, session);
  const editor = createGraphEditor(canvas, overlay, registry, host);
  editor.setRun(view);
  const update = (): void => void application.perform('update-instances');
  const stops = [
    watchDocument(store, editor),
    watchCanvasSettings(store, editor),
    watchCopies(store, toasts, update, redraw),
  ];
  const look = ({ layout: { view } }: GraphDocument): void => {
    editor.select([]);
    if (view) editor.setView(view);
    else editor.fit();
  };
  const workspace = createWorkspace({
    store,
    session,
    look,
    failed(error) {
      tellStorageFailure({ store, toasts }, error);
    },
    changedElsewhere(graph, isOursNow) {
      adoptStored(application, graph, isOursNow).catch(toasts.thrown);
    },
  });
  let keepsLinks = false;

  const application: Application = {
    store,
    registry,
    editor,
    session,
    workspace,
    runs,
    running,
    forecast,
    client,
    toasts,
    library,
    timeline,
    start: () => {
      void journal.load();
      return start(application, () => {
        for (const [type, definition] of definitions) definitions.set(type, localized(definition));
      });
    },
    perform: (command) => performCommand(application, command),
    openExample: () => openTemplate(application, 'appearance-transfer'),
    async takeFiles(files, at) {
      const { takeFiles } = await import('./take-files.js');
      await takeFiles(application, files, at);
    },
    expectPaste(keepLinks) {
      keepsLinks = keepLinks;
    },
    pasteData(data) {
      const files = Array.from(data?.files ?? []);
      const text = data?.getData('text/plain') ?? '';
      if (files.length > 0) void application.takeFiles(files);
      else if (looksLikeNodes(text)) paste(application, text, keepsLinks);
    },
    addNode(type, { pos, link, insert }) {
      const end = insert ? { insert } : { ...(link && { link }) };
      const added = session.edit({ kind: 'add', type, pos, ...end });
      editor.select(added);
    },
    showNode(id, isFlat = false) {
      const { path, id: inner } = placeOf(id);
      if (isFlat || path.length > 0) session.goTo(path);
      if (!store.get().document.nodes[inner]) return;
      editor.select([inner]);
      editor.fit([inner]);
    },
    openWidget(id, input) {
      editor.select([id]);
      editor.fit([id]);
      editor.openWidget(id, input);
    },
    pictureTarget: () => pictureTarget(application),
    usePicture(name) {
      const target = pictureTarget(application);
      if (target) {
        session.edit({ kind: 'set', id: target.id, values: { [target.input]: name } });
      } else library.addLoader(session, editor, registry, name);
    },
    deletePicture: (name) => library.remove(name),
    async exportPicture(name) {
      const file = await readNamedPicture(name).catch(toasts.thrown);
      if (file) download(file, name);
    },
    async savePicture(id, label) {
      const found = runs.picturesOf(id).find((shown) => shown.label === label);
      if (!found) return;
      const { pngWithGraph } = await import('./export-graph.js');
      const document = runs.lastDocument() ?? wholeGraph(store.get());
      download(await pngWithGraph(found.picture, document, registry), `${label}.png`);
    },
    closeToast: toasts.close,
    titleOf: (id) => titleOf(store.get().document, registry, id),
    dispose() {
      for (const stop of stops) stop();
      workspace.dispose();
      timeline.dispose();
      running.dispose();
      forecast.dispose();
      editor.dispose();
      client.dispose();
    },
  };
  return application;
}

/**
 * Shows every new document on the canvas; one in which only schedules changed when the hand has rested for a moment: the
 * timeline shows them while it is dragged, and drawing the graph costs more than all else of a drag.
 */
function watchDocument(store: Store<AppState>, editor: GraphEditor): () => void {
  let shown = store.get().document;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    clearTimeout(timer);
    shown = store.get().document;
    editor.setDocument(shown);
  };
  const stop = store.watch(({ document }) => {
    if (document === shown) return;
    clearTimeout(timer);
    if (!differsInSchedulesOnly(shown, document)) show();
    else timer = setTimeout(show, restMs);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** `translate` is called when the page shall not speak English, before a graph is shown. */
async function start(application: Application, translate: () => void): Promise<void> {
  const { store, toasts } = application;
  try {
    const settings = await loadSettings();
    if (await applyLanguage(settings)) translate();
    await takeSettings(store, settings);
  } catch (error) {
    store.set({ earlySettings: undefined });
    tellStorageFailure(application, error);
  }
  await startWorkspace(application);
  loadPublished(application).catch(toasts.thrown);
  await application.library.refresh();
  lookForUnreadable(application);
}

function paste(application: Application, text: string, keepLinks: boolean): void {
  const { store, session, editor, toasts } = application;
  try {
    const pasted = pasteText(store.get().document, text, editor.pointAt(), keepLinks);
    session.change(texts().edits.paste, pasted.document);
    editor.select(pasted.ids);
  } catch (error) {
    toasts.thrown(error);
  }
}

function pictureTarget(application: Application): ReturnType<Application['pictureTarget']> {
  const { store, registry } = application;
  const { selection, document } = store.get();
  for (const id of selection) {
    const kinds = graphRegistry(document, registry);
    const inputs = kinds.get(document.nodes[id]?.type ?? '')?.inputs ?? {};
    for (const [input, spec] of Object.entries(inputs)) {
      if (spec.type === 'COMBO' && 'source' in spec && spec.source === 'pictures') {
        return { id, input, title: titleOf(document, registry, id) };
      }
    }
  }
  return undefined;
}
