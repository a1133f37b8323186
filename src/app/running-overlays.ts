import { flatten } from '../core/graph/flatten.js';
import { shownTitle } from '../core/graph/node-name.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { UiEvents } from '../ui/events.js';
import type { QueueRow } from '../ui/cw-queue-panel.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { renderRunComparison } from './compare-runs.js';
import { lazily } from './lazily.js';
import type { QueuedRun } from './run-queue.js';
import { seedControls, seedsOf } from './seed-control.js';
import { flatTitle } from './view-models.js';
import { wholeGraph } from './whole-graph.js';

type Close = (patch: Partial<AppState>) => void;

/** What runs open above the shell: the queue, the value of a socket, the comparison of two runs. */
export function renderRunningOverlays(
  application: Application,
  state: AppState,
  close: Close,
): TemplateResult {
  return html`${renderQueue(application, state, close)}${renderValue(application, state, close)}
  ${renderRunComparison(application, state, () => {
    close({ comparedRuns: undefined });
  })}`;
}

function renderQueue(
  application: Application,
  state: AppState,
  close: Close,
): TemplateResult | typeof nothing {
  if (!state.isQueueOpen) return nothing;
  lazily(application, () => import('../ui/cw-queue-panel.js'));
  const { runs, running, registry, store } = application;
  const row = (run: QueuedRun) => rowOf(application, run);
  const whole = wholeGraph(state);
  const seeds = seedsOf(whole, registry).map((seed) => ({
    ...seed,
    title: flatTitle(whole, registry, seed.node),
  }));
  return html`<cw-queue-panel
    .current=${state.running && row(state.running)}
    .pending=${state.queue.map(row)}
    .seeds=${seeds}
    .count=${state.runCount}
    .isLive=${state.settings.isLive}
    .isStopping=${state.isStopping}
    @cw-close=${() => {
      close({ isQueueOpen: false });
    }}
    @cw-command=${(event: CustomEvent<string>) => void application.perform(event.detail)}
    @cw-queue-moved=${({ detail }: CustomEvent<UiEvents['cw-queue-moved']>) => {
      runs.move(detail.id, detail.steps);
    }}
    @cw-queue-removed=${(event: CustomEvent<number>) => {
      runs.withdraw(event.detail);
    }}
    @cw-run-count=${(event: CustomEvent<number>) => {
      store.set({ runCount: event.detail });
    }}
    @cw-seed=${({ detail }: CustomEvent<UiEvents['cw-seed']>) => {
      const control = seedControls.find((name) => name === detail.control);
      if (control) running.setSeed(detail.node, detail.input, control);
    }}
  ></cw-queue-panel>`;
}

function rowOf({ registry }: Application, { id, document, targets }: QueuedRun): QueueRow {
  const words = texts().running.queue;
  const seeds = [...new Set(seedsOf(flatten(document), registry).map(({ value }) => value))];
  const names = (targets ?? []).map((node) => flatTitle(document, registry, node)).join(', ');
  const wanted = targets ? words.toNodes(names) : words.all;
  return {
    id,
    title: shownTitle(document.title ?? words.untitled),
    detail: [
      wanted,
      ...seeds.map((seed) => `${texts().running.journal.seed} ${String(seed)}`),
    ].join(' · '),
  };
}

function renderValue(
  application: Application,
  { shownValue }: AppState,
  close: Close,
): TemplateResult | typeof nothing {
  if (!shownValue) return nothing;
  lazily(application, () => import('../ui/cw-value-card.js'));
  return html`<cw-value-card
    .label=${shownValue.title}
    .value=${shownValue.value}
    .at=${shownValue.at}
    .isPinned=${shownValue.isPinned}
    .isStale=${shownValue.isStale}
    @cw-close=${() => {
      application.running.values.close();
      close({});
    }}
  ></cw-value-card>`;
}

/** Does what was wished of a run of the journal. */
export async function fulfilRunWish(
  application: Application,
  { id, wish, picture }: UiEvents['cw-run-wish'],
): Promise<void> {
  const { store, running } = application;
  const { chosenRun } = store.get();
  switch (wish) {
    case 'star':
    case 'unstar':
      return running.journal.setStar(id, wish === 'star');
    case 'delete':
      if (chosenRun === id) store.set({ chosenRun: undefined });
      return running.journal.remove(id);
    case 'open':
      openRun(application, id);
      return;
    case 'save': {
      const { saveRunPicture } = await import('./export-graph.js');
      return saveRunPicture(application, id, picture ?? '');
    }
    case 'compare':
      if (chosenRun === undefined) store.set({ chosenRun: id });
      else if (chosenRun === id) store.set({ chosenRun: undefined });
      else {
        const pair = [Math.min(id, chosenRun), Math.max(id, chosenRun)] as const;
        store.set({ comparedRuns: pair, chosenRun: undefined });
      }
  }
}

/** The graph of a run, in a tab of its own. */
function openRun({ running, workspace, toasts }: Application, id: number): void {
  try {
    const document = running.graphOf(id);
    if (document) workspace.open(document);
  } catch (error) {
    toasts.thrown(error);
  }
}
