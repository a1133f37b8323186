import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../ui/cw-graph-list.js';
import '../ui/cw-node-panel.js';
import '../ui/cw-picture-panel.js';
import '../ui/cw-problem-list.js';
import '../ui/cw-run-journal.js';
import { baseStyles } from '../ui/styles.js';
import type { Application } from './application.js';
import { initialState, type AppState, type PanelTab } from './app-state.js';
import { helpOf, journalRows, listNodes } from './view-models.js';

const tabs: readonly (readonly [PanelTab, string])[] = [
  ['node', 'Node'],
  ['list', 'List'],
  ['problems', 'Problems'],
  ['pictures', 'Pictures'],
  ['runs', 'Runs'],
];

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
        min-height: 38px;
        padding: 0 6px;
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

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'complementary');
    this.setAttribute('aria-label', 'Side panel');
  }

  private onKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex(([name]) => name === this.state.tab);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    this.application?.store.set({ tab: next[0] });
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(`#tab-${next[0]}`)?.focus();
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
    ></cw-picture-panel>`;
  }

  private renderContent(): TemplateResult {
    const { state, application } = this;
    switch (state.tab) {
      case 'node':
        return html`<cw-node-panel
          .help=${application && helpOf(state, application.registry, application.runs.view)}
          .count=${state.selection.length}
        ></cw-node-panel>`;
      case 'list':
        return html`<cw-graph-list
          .nodes=${application ? listNodes(state, application.registry, application.runs.view) : []}
          @cw-widget-opened=${(event: CustomEvent<{ node: string; input: string }>) => {
            application?.openWidget(event.detail.node, event.detail.input);
          }}
        ></cw-graph-list>`;
      case 'problems':
        return html`<cw-problem-list .problems=${state.problems}></cw-problem-list>`;
      case 'pictures':
        return this.renderPictures();
      case 'runs':
        return html`<cw-run-journal .runs=${journalRows(state)}></cw-run-journal>`;
    }
  }

  override render(): TemplateResult {
    const { tab, problems } = this.state;
    return html`<div
        class="tabs"
        role="tablist"
        aria-label="Panel"
        @keydown=${(event: KeyboardEvent) => {
          this.onKey(event);
        }}
      >
        ${tabs.map(
          ([name, label]) =>
            html`<button
              type="button"
              role="tab"
              id=${`tab-${name}`}
              aria-controls="panel"
              aria-selected=${tab === name}
              tabindex=${tab === name ? 0 : -1}
              @click=${() => this.application?.store.set({ tab: name })}
            >
              ${label}${
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
