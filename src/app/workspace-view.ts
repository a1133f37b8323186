import { html, nothing, type TemplateResult } from 'lit';
import '../ui/cw-banner.js';
import '../ui/cw-breadcrumb.js';
import '../ui/cw-graph-tabs.js';
import type { GraphTabView, GraphTabWish } from '../ui/graph-tabs-model.js';
import { messageFor } from '../ui/messages.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import type { AppState, UnreadableGraph } from './app-state.js';
import { download } from './files.js';
import { unreadableRecords } from './late-code.js';
import { crumbsOf } from './whole-graph.js';
import { copyShown, takeShownOver } from './workspace-sharing.js';

/** The tabs of the open graphs, and banners about what is not stored. */
export function renderWorkspace(application: Application, state: AppState): TemplateResult {
  return html`<cw-graph-tabs
      .tabs=${tabViews(state)}
      .shown=${state.graphId}
      @cw-graph-tab=${(event: CustomEvent<GraphTabWish>) => {
        fulfil(application, event.detail);
      }}
    ></cw-graph-tabs>
    ${renderPath(application, state)}${renderFailure(application, state)}
    ${renderElsewhere(application, state)}
    ${state.unreadable.map((graph) => renderUnreadable(application, graph))}
    ${state.unreadableRecords.map((records) =>
      unreadableRecords(application)?.renderUnreadableRecords(application, records),
    )}`;
}

/** Where the user is, inside of subgraphs. */
function renderPath({ session }: Application, state: AppState): TemplateResult | typeof nothing {
  if (state.path.length === 0) return nothing;
  const crumbs = crumbsOf(state);
  return html`<cw-breadcrumb
    .titles=${crumbs.map(({ title }) => title)}
    @cw-crumb=${({ detail }: CustomEvent<number>) => {
      session.goTo(crumbs[detail]?.path ?? []);
    }}
  ></cw-breadcrumb>`;
}

function tabViews({ tabs, runningGraph }: AppState): readonly GraphTabView[] {
  return tabs.map((tab) => ({ ...tab, isRunning: tab.id === runningGraph }));
}

function fulfil(application: Application, wish: GraphTabWish): void {
  const { workspace, store } = application;
  if (wish.kind === 'show') workspace.show(wish.id);
  else if (wish.kind === 'close') closeTab(application, wish.id);
  else if (wish.kind === 'move') workspace.move(wish.id, wish.to);
  else if (wish.kind === 'new') void application.perform('new-graph');
  else if (wish.kind === 'rename') {
    workspace.show(wish.id);
    workspace.rename(wish.title);
  } else store.set({ menu: menuOfTabs(application, wish.at) });
}

/** Closes a tab and offers to bring it back. */
export function closeTab({ workspace, store, toasts }: Application, id: string): void {
  const { files } = texts();
  const tab = store.get().tabs.find((other) => other.id === id);
  if (!tab) return;
  workspace.close(id);
  toasts.note(files.closed(tab.title || files.untitled), {
    label: files.undo,
    perform: () => void workspace.reopen(),
  });
}

function menuOfTabs(application: Application, at: readonly [number, number]): AppState['menu'] {
  const { files } = texts();
  const { tabs, graphId } = application.store.get();
  const entries = tabs.map(({ id, title }) => ({
    value: id,
    label: title || files.untitled,
    isCurrent: id === graphId,
  }));
  return {
    label: files.tabs,
    at,
    items: [
      ...entries,
      { value: 'new-graph', label: files.newTab },
      { value: 'close-graph', label: files.closeShown },
    ],
    onPick(value) {
      if (tabs.some(({ id }) => id === value)) application.workspace.show(value);
      else void application.perform(value);
    },
  };
}

function renderFailure(
  application: Application,
  { storageFailure }: AppState,
): TemplateResult | typeof nothing {
  if (!storageFailure) return nothing;
  const { sentence, remedy } = messageFor(storageFailure);
  return html`<cw-banner
    kind="error"
    .text=${`${sentence} ${remedy}`}
    .actions=${[{ value: 'save', label: texts().files.downloadGraph }]}
    @cw-pick=${() => void application.perform('save')}
  ></cw-banner>`;
}

function renderElsewhere(
  application: Application,
  { tabs, graphId }: AppState,
): TemplateResult | typeof nothing {
  const { files } = texts();
  if (tabs.find(({ id }) => id === graphId)?.isElsewhere !== true) return nothing;
  return html`<cw-banner
    .text=${files.elsewhereBanner}
    .actions=${[
      { value: 'take', label: files.takeOver },
      { value: 'copy', label: files.workOnCopy },
    ]}
    @cw-pick=${(event: CustomEvent<string>) => {
      if (event.detail === 'copy') copyShown(application);
      else takeShownOver(application).catch(application.toasts.thrown);
    }}
  ></cw-banner>`;
}

function renderUnreadable({ store }: Application, graph: UnreadableGraph): TemplateResult {
  const { files } = texts();
  const { sentence } = messageFor(graph.reason);
  return html`<cw-banner
    kind="error"
    .text=${files.unreadableBanner(graph.title, sentence)}
    .actions=${[
      { value: 'download', label: files.downloadText },
      { value: 'dismiss', label: files.dismiss },
    ]}
    @cw-pick=${(event: CustomEvent<string>) => {
      if (event.detail === 'download') {
        download(new Blob([graph.text], { type: 'application/json' }), `${graph.id}.json`);
      } else {
        store.set({ unreadable: store.get().unreadable.filter((other) => other !== graph) });
      }
    }}
  ></cw-banner>`;
}
