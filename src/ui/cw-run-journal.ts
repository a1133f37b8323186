import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { uiEvent } from './events.js';
import { baseStyles } from './styles.js';

/** A run as the journal shows it. */
export interface JournalRow {
  readonly id: number;
  readonly time: string;
  readonly duration: string;
  readonly outcome: 'success' | 'interrupted' | 'error';
  /** U-Net work in words; empty when unknown. */
  readonly work: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly title: string;
    readonly duration: string;
    /** Share of the longest node, 0..1. */
    readonly share: number;
    readonly isCached: boolean;
  }[];
}

const outcomes = { success: 'finished', interrupted: 'cancelled', error: 'failed' } as const;

/** The runs of this session: how long each node took, and the work of the network. */
@customElement('cw-run-journal')
export class CwRunJournal extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: var(--cw-2);
      }
      p {
        padding: var(--cw-2);
      }
      details {
        border-bottom: 1px solid var(--cw-line);
      }
      summary {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0 var(--cw-2);
        padding: var(--cw-2);
        cursor: pointer;
        border-radius: var(--cw-radius);
        font-variant-numeric: tabular-nums;
      }
      summary:hover {
        background: var(--cw-hover);
      }
      .error {
        color: var(--cw-error-text);
      }
      .work {
        grid-column: 1 / -1;
        font-size: 12px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 12px;
        margin-bottom: var(--cw-2);
      }
      td,
      th {
        padding: 0;
        text-align: left;
        font-weight: 400;
      }
      td:last-child {
        padding-right: var(--cw-2);
        text-align: right;
        color: var(--cw-text-dim);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      th button {
        width: 100%;
        min-height: 26px;
        justify-content: flex-start;
        background: linear-gradient(var(--cw-accent-soft), var(--cw-accent-soft)) no-repeat left /
          calc(var(--share) * 100%) 100%;
      }
    `,
  ];

  @property({ attribute: false }) accessor runs: readonly JournalRow[] = [];

  override render(): TemplateResult {
    if (this.runs.length === 0) {
      return html`<p class="dim">Runs of this session will be listed here.</p>`;
    }
    return html`${this.runs.map(
      (run, index) =>
        html`<details ?open=${index === 0}>
          <summary>
            <span
              >${run.time}
              <span class=${run.outcome === 'error' ? 'error' : 'dim'}
                >${outcomes[run.outcome]}</span
              ></span
            >
            <span>${run.duration}</span>
            ${run.work ? html`<span class="work dim">${run.work}</span>` : nothing}
          </summary>
          <table>
            <caption class="visually-hidden">
              Time per node
            </caption>
            <tbody>
              ${run.nodes.map(
                (node) =>
                  html`<tr>
                    <th scope="row">
                      <button
                        type="button"
                        style=${`--share: ${String(node.share)}`}
                        @click=${() => this.dispatchEvent(uiEvent('cw-node-selected', node.id))}
                      >
                        ${node.title}
                      </button>
                    </th>
                    <td>${node.isCached ? 'cached' : node.duration}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </details>`,
    )}`;
  }
}
