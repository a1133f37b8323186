import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { baseStyles } from './styles.js';

/** One figure of a run, with what it is made of. */
export interface ForecastFigure {
  readonly label: string;
  readonly text: string;
  readonly parts?: readonly { readonly label: string; readonly text: string }[];
}

/** What is known of one node, in words. */
export interface ForecastRow {
  readonly id: string;
  readonly title: string;
  readonly outputs: readonly { readonly name: string; readonly text: string }[];
  readonly bytes: string;
  readonly passes: string;
  readonly work: string;
  readonly time: string;
}

/** What is known of a whole run, in words. */
export interface ForecastSheet {
  readonly figures: readonly ForecastFigure[];
  readonly warnings: readonly string[];
  readonly rows: readonly ForecastRow[];
}

/**
 * What a run will cost, before it runs: the figures of the whole, then node by node. Shows one node alone when `row` is
 * set. Sends `cw-node-selected`.
 */
@customElement('cw-forecast')
export class CwForecast extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--cw-4);
        padding: var(--cw-3);
      }
      :host([compact]) {
        padding-top: 0;
      }
      section {
        display: grid;
        gap: var(--cw-2);
      }
      dl {
        display: grid;
        gap: var(--cw-2);
        margin: 0;
      }
      .figure,
      .part,
      .output,
      .facts > div {
        display: grid;
        grid-template-columns: minmax(88px, 1fr) minmax(0, 2.4fr);
        gap: var(--cw-2);
        align-items: baseline;
      }
      dt {
        color: var(--cw-text-dim);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
      summary {
        cursor: pointer;
        color: var(--cw-text-dim);
        border-radius: var(--cw-radius);
      }
      details dl {
        margin-top: var(--cw-1);
        gap: 2px;
        font-size: 12px;
      }
      .part {
        grid-template-columns: 1fr auto;
      }
      .warning {
        padding: var(--cw-2);
        border-left: 3px solid var(--cw-warning);
        border-radius: 2px;
        background: color-mix(in srgb, var(--cw-warning) 12%, transparent);
      }
      ul {
        display: grid;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        gap: 2px;
        padding: var(--cw-2) 0;
        border-top: 1px solid var(--cw-line);
        font-size: 12px;
      }
      li button {
        justify-self: start;
        min-height: max(24px, var(--cw-target, 24px));
        margin-left: calc(-1 * var(--cw-1));
        padding: 0 var(--cw-1);
        font-weight: 600;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 var(--cw-2);
      }
      .facts {
        gap: 2px;
      }
    `,
  ];

  @property({ attribute: false }) accessor sheet: ForecastSheet | undefined;
  /** One node in place of the whole run. */
  @property({ attribute: false }) accessor row: ForecastRow | undefined;

  private renderFigure({ label, text, parts = [] }: ForecastFigure): TemplateResult {
    return html`<div class="figure">
      <dt>${label}</dt>
      <dd>
        ${text}
        ${
          parts.length > 0
            ? html`<details>
                <summary>${texts().forecast.memoryParts}</summary>
                <dl>
                  ${parts.map(
                    (part) =>
                      html`<div class="part">
                        <dt>${part.label}</dt>
                        <dd>${part.text}</dd>
                      </div>`,
                  )}
                </dl>
              </details>`
            : nothing
        }
      </dd>
    </div>`;
  }

  private renderFacts({ outputs, bytes, work, time }: ForecastRow): TemplateResult {
    const words = texts().forecast;
    const fact = (label: string, text: string): TemplateResult | typeof nothing =>
      text === words.none
        ? nothing
        : html`<div>
            <dt>${label}</dt>
            <dd>${text}</dd>
          </div>`;
    return html`<dl class="facts">
      ${outputs.map(
        ({ name, text }) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
      ${outputs.length > 1 ? fact(words.columns.bytes, bytes) : nothing}
      ${fact(words.columns.work, work)} ${fact(words.columns.time, time)}
    </dl>`;
  }

  private renderRow(row: ForecastRow): TemplateResult {
    return html`<li>
      <div class="head">
        <button
          type="button"
          @click=${() => this.dispatchEvent(uiEvent('cw-node-selected', row.id))}
        >
          ${row.title}
        </button>
        ${row.passes ? html`<span class="dim">${row.passes}</span>` : nothing}
      </div>
      ${this.renderFacts(row)}
    </li>`;
  }

  override render(): TemplateResult {
    const words = texts().forecast;
    const { sheet, row } = this;
    if (row) {
      return html`<section aria-labelledby="before">
        <h3 id="before">${words.nodeTitle}</h3>
        ${this.renderFacts(row)}
      </section>`;
    }
    if (!sheet) return html`<p class="dim">${words.looking}</p>`;
    if (sheet.rows.length === 0) return html`<p class="dim">${words.nothing}</p>`;
    return html`
      ${sheet.warnings.map((text) => html`<p class="warning">${text}</p>`)}
      <section aria-labelledby="total">
        <h3 id="total">${words.total}</h3>
        <dl>${sheet.figures.map((figure) => this.renderFigure(figure))}</dl>
        <p class="dim">${words.fresh}</p>
      </section>
      <section aria-labelledby="nodes">
        <h3 id="nodes">${words.nodes}</h3>
        <ul>
          ${sheet.rows.map((one) => this.renderRow(one))}
        </ul>
      </section>
    `;
  }
}
