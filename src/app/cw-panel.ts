import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NodeId } from '../core/graph/types.js';
import { texts } from '../texts/texts.js';
import { baseStyles } from '../ui/styles.js';
import type { UiEvents } from '../ui/events.js';
import type { Application } from './application.js';
import { initialState, type AppState, type PanelTab } from './app-state.js';
import { inspect } from './inspector-view.js';
import { listGraph } from './list-view.js';
import { forecastView, journalView } from './late-code.js';
import { lazily } from './lazily.js';
import { listenToPanel } from './panel-actions.js';
import { fulfilRunWish } from './running-overlays.js';

const tabs: readonly PanelTab[] = [
  'node',
  'list',
  'problems',
  'forecast',
  'pictures',
  'models',
  'runs',
];

const pages: Readonly<Record<PanelTab, () => Promise<unknown>>> = {
  node: () => import('../ui/cw-node-panel.js'),
  list: () => import('../ui/cw-graph-list.js'),
  problems: () => import('../ui/cw-problem-list.js'),
  forecast: () => import('../ui/cw-forecast.js'),
  pictures: () => import('../ui/cw-picture-panel.js'),
  models: () => import('../ui/cw-model-panel.js'),
  runs: () => import('../ui/cw-run-journal.js'),
};

/** The panel beside the canvas: help, the graph as a list, problems, pictures, runs. */
@customElement('cw-panel')
export class CwPanel extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
        border-left: 1px solid var(--cw-line);
        background: var(--cw-surface);
      }
      .tabs {
        display: flex;
        padding: 0 var(--cw-1);
        border-bottom: 1px solid var(--cw-line);
        overflow-x: auto;
        scrollbar-width: none;
      }
      .tabs button {
        flex: 1;
        min-height: max(38px, var(--cw-target));
        padding: 0 4px;
        border-radius: 0;
        color: var(--cw-text-dim);
        font-size: 12px;
        border: 0;
        border-bottom: 2px solid transparent;
      }
      .tabs button[aria-selected='true'] {
        color: var(--cw-text);
        border-bottom-color: var(--cw-accent);
      }
      .tabs :focus-visible,
      .panel:focus-visible {
        outline-offset: -2px;
      }
      .badge {
        min-width: 16px;
        padding: 0 4px;
        border-radius: 8px;
        background: var(--cw-badge);
        color: #ffffff;
        font-size: 11px;
        line-height: 16px;
      }
      .panel {
        overflow: auto;
      }
      @media (max-width: 760px) {
        :host {
          border-left: 0;
          border-top: 1px solid var(--cw-line);
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor state: AppState = initialState();
  @property({ attribute: false }) accessor application: Application | undefined;
  private ended = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'complementary');
    this.setAttribute('aria-label', texts().shell.sidePanel);
    this.ended = new AbortController();
    listenToPanel(this, () => this.application, this.ended.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ended.abort();
  }

  private onKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.indexOf(this.state.tab);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    this.application?.store.set({ tab: next });
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
    });
  }

  private renderPictures(): TemplateResult {
    const { state, application } = this;
    return html`<cw-picture-panel
      .pictures=${state.pictures}
      .target=${application?.pictureTarget()?.title ?? ''}
      @cw-files=${(event: CustomEvent<readonly File[]>) =>
        void application?.takeFiles(event.detail)}
      @cw-pick=${(event: CustomEvent<string>) => {
        application?.usePicture(event.detail);
      }}
      @cw-picture-deleted=${(event: CustomEvent<string>) =>
        void application?.deletePicture(event.detail)}
      @cw-picture-exported=${(event: CustomEvent<string>) =>
        void application?.exportPicture(event.detail)}
    ></cw-picture-panel>`;
  }

  /** Forecast and journal name the nodes of the whole graph, those inside subgraphs included. */
  private showFlat(event: CustomEvent<NodeId>): void {
    event.stopPropagation();
    this.application?.showNode(event.detail, true);
  }

  /** The code of a page comes when it is first shown. */
  private load(): void {
    const { application, state } = this;
    if (!application) return;
    lazily(application, pages[state.tab]);
    if (state.tab === 'models' && !state.modelShelf) {
      lazily(application, async () => {
        (await import('./model-shelf.js')).openModelShelf(application);
      });
    }
  }

  private renderNodeForecast(): TemplateResult | typeof nothing {
    const { state, application } = this;
    const [id, ...others] = state.selection;
    if (!application || id === undefined || others.length > 0) return nothing;
    const row = forecastView(application)?.nodeForecastRow(application, state, id);
    if (!row) return nothing;
    lazily(application, () => import('../ui/cw-forecast.js'));
    return html`<cw-forecast compact .row=${row}></cw-forecast>`;
  }

  private renderContent(): TemplateResult {
    const { state, application } = this;
    this.load();
    switch (state.tab) {
      case 'node':
        return html`<cw-node-panel
            .inspection=${application && inspect(state, application.registry, application.runs.view)}
          ></cw-node-panel>
          ${this.renderNodeForecast()}`;
      case 'list':
        return html`<cw-graph-list
          .items=${application ? listGraph(state, application.registry, application.runs.view) : []}
        ></cw-graph-list>`;
      case 'problems':
        return html`<cw-problem-list
          .problems=${state.problems}
          .fixes=${state.problems.map((problem) => application?.running.fixesOf(problem) ?? [])}
          @cw-fix=${(event: CustomEvent<UiEvents['cw-fix']>) => {
            application?.running.fixAt(event.detail.problem, event.detail.name);
          }}
        ></cw-problem-list>`;
      case 'forecast':
        return html`<cw-forecast
          .sheet=${application && forecastView(application)?.forecastSheet(application, state)}
          @cw-node-selected=${(event: CustomEvent<NodeId>) => {
            this.showFlat(event);
          }}
        ></cw-forecast>`;
      case 'pictures':
        return this.renderPictures();
      case 'models':
        return html`<cw-model-panel
          .shelf=${state.modelShelf}
          @cw-model-wish=${(event: CustomEvent<UiEvents['cw-model-wish']>) => {
            if (!application) return;
            lazily(application, async () => {
              await (await import('./model-shelf.js')).fulfilModelWish(application, event.detail);
            });
          }}
        ></cw-model-panel>`;
      case 'runs':
        return html`<cw-run-journal
          .runs=${(application && journalView(application)?.journalRows(state)) ?? []}
          .chosen=${state.chosenRun}
          @cw-node-selected=${(event: CustomEvent<NodeId>) => {
            this.showFlat(event);
          }}
          @cw-run-wish=${(event: CustomEvent<UiEvents['cw-run-wish']>) =>
            application && void fulfilRunWish(application, event.detail)}
        ></cw-run-journal>`;
    }
  }

  override render(): TemplateResult {
    const { tab, problems } = this.state;
    return html`<div
        class="tabs"
        role="tablist"
        aria-label=${texts().shell.panel}
        @keydown=${(event: KeyboardEvent) => {
          this.onKey(event);
        }}
      >
        ${tabs.map(
          (name) =>
            html`<button
              type="button"
              role="tab"
              id=${`tab-${name}`}
              aria-controls="panel"
              aria-selected=${tab === name}
              tabindex=${tab === name ? 0 : -1}
              @click=${() => this.application?.store.set({ tab: name })}
            >
              ${texts().shell.tabs[name]}${
                name === 'problems' && problems.length > 0
                  ? html`<span class="badge">${problems.length}</span>`
                  : nothing
              }
            </button>`,
        )}
      </div>
      <div id="panel" class="panel" role="tabpanel" aria-labelledby=${`tab-${tab}`} tabindex="0">
        ${this.renderContent()}
      </div>`;
  }
}
