import { serializeDocument } from '../core/graph/serialize.js';
import { saveSettings, type Settings } from '../storage/settings.js';
import type { ActionName } from './actions.js';
import type { Application } from './application.js';
import { nodesToText, looksLikeNodes } from './clipboard.js';
import { deviceInfo } from './view-models.js';
import { download, graphFileName, pickFiles } from './files.js';

/** Carries out actions by name on the application. */
export function createPerform(get: () => Application): (action: ActionName) => Promise<void> {
  const table: Readonly<Record<ActionName, (app: Application) => void | Promise<void>>> = {
    run: ({ runs }) => runs.run(),
    cancel: ({ runs }) => {
      runs.cancel();
    },
    'previous-pass': (app) => {
      stepPass(app, -1);
    },
    'next-pass': (app) => {
      stepPass(app, 1);
    },
    open: async (app) => {
      await app.takeFiles(await pickFiles('.json,application/json,image/*', false));
    },
    save: ({ store }) => {
      const { document } = store.get();
      const blob = new Blob([serializeDocument(document)], { type: 'application/json' });
      download(blob, graphFileName(document.title));
    },
    example: (app) => app.openExample(),
    undo: ({ session }) => {
      session.undo();
    },
    redo: ({ session }) => {
      session.redo();
    },
    'select-all': ({ editor, store }) => {
      editor.select(Object.keys(store.get().document.nodes));
    },
    copy,
    paste: pasteFromClipboard,
    'paste-linked': pasteFromClipboard,
    duplicate: (app) => {
      onSelection(app, (ids) => ({ kind: 'clone', ids, offset: [32, 32] }));
    },
    delete: (app) => {
      onSelection(app, (ids) => ({ kind: 'delete', ids }));
    },
    mute: (app) => {
      onSelection(app, (ids) => ({ kind: 'mode', ids, mode: 'mute' }));
    },
    bypass: (app) => {
      onSelection(app, (ids) => ({ kind: 'mode', ids, mode: 'bypass' }));
    },
    collapse: (app) => {
      onSelection(app, (ids) => ({ kind: 'collapse', ids }));
    },
    add: ({ store, editor }) => {
      store.set({ palette: { at: editor.middle(), pos: editor.pointAt() } });
    },
    fit: ({ editor }) => {
      editor.fit();
    },
    'zoom-in': ({ editor }) => {
      editor.zoom(1.2);
    },
    'zoom-out': ({ editor }) => {
      editor.zoom(1 / 1.2);
    },
    timeline: ({ timeline }) => timeline.toggle(),
    'swap-schedules': ({ timeline }) => {
      timeline.swap();
    },
    'toggle-live': ({ timeline }) => timeline.toggleLive(),
    panel: (app) => changeSettings(app, { isPanelOpen: !app.store.get().settings.isPanelOpen }),
    theme: (app) => changeSettings(app, { theme: nextTheme[app.store.get().settings.theme] }),
    'show-device': ({ store, toasts }) => {
      const { device } = store.get();
      if (device) toasts.note(`${deviceInfo(device).label}. ${device.reason}`);
    },
    help: ({ store }) => {
      store.set({ isHelpOpen: true });
    },
  };
  return async (action) => {
    const app = get();
    try {
      await table[action](app);
    } catch (error) {
      app.toasts.thrown(error);
    }
  };
}

const nextTheme = { system: 'dark', dark: 'light', light: 'system' } as const;

async function changeSettings({ store }: Application, patch: Partial<Settings>): Promise<void> {
  const settings = { ...store.get().settings, ...patch };
  store.set({ settings });
  await saveSettings(settings);
}

function onSelection(
  { session, editor }: Application,
  intent: (ids: readonly string[]) => Parameters<Application['session']['edit']>[0],
): void {
  const ids = [...editor.selection];
  if (ids.length === 0) return;
  const added = session.edit(intent(ids));
  if (added.length > 0) editor.select(added);
}

async function copy({ store, editor, toasts }: Application): Promise<void> {
  const ids = [...editor.selection];
  if (ids.length === 0) return;
  await navigator.clipboard.writeText(nodesToText(store.get().document, ids));
  toasts.note(ids.length === 1 ? 'Copied 1 node.' : `Copied ${String(ids.length)} nodes.`);
}

/** From the menu there is no paste event to bring the data: the clipboard is read, with the browser's leave. */
async function pasteFromClipboard(app: Application): Promise<void> {
  const text = await navigator.clipboard.readText();
  if (!looksLikeNodes(text)) {
    app.toasts.note('There are no nodes on the clipboard.');
    return;
  }
  const data = new DataTransfer();
  data.setData('text/plain', text);
  app.pasteData(data);
}

/** Steps every zone's shown pass. */
function stepPass({ runs, store, registry }: Application, step: 1 | -1): void {
  for (const [id, record] of Object.entries(store.get().document.nodes)) {
    const zone = registry.get(record.type)?.zone?.kind === 'start' ? runs.view.zone(id) : undefined;
    if (!zone?.passes || zone.finished === 0) continue;
    const [first] = zone.passes;
    const last = first + zone.finished - 1;
    const shown = zone.shown ?? last;
    runs.showPass(id, Math.min(last, Math.max(first, shown + step)));
  }
}
