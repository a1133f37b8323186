import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-compare.js';
import type { ComparedPicture } from './cw-compare.js';
import './cw-dialog.js';
import { baseStyles } from './styles.js';

/** A result that both runs have, or one of them. */
export interface ComparedResult {
  readonly label: string;
  readonly first: ComparedPicture | undefined;
  readonly second: ComparedPicture | undefined;
  readonly isEqual: boolean;
}

/** Two runs beside each other: their result pictures, and in words how their graphs differ. Sends `cw-close`. */
@customElement('cw-run-comparison')
export class CwRunComparison extends LitElement {
  static override styles = [
    baseStyles,
    css`
      cw-dialog {
        --cw-dialog-width: 1000px;
      }
      .frame {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 280px;
        height: min(72dvh, 680px);
      }
      .pictures {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cw-2);
        padding: var(--cw-2) var(--cw-3) 0;
      }
      select {
        min-height: 28px;
        max-width: 100%;
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius);
        background: var(--cw-field);
      }
      aside {
        padding: var(--cw-3);
        border-left: 1px solid var(--cw-line);
        overflow: auto;
      }
      p {
        padding: var(--cw-2) var(--cw-3);
      }
      ul {
        margin: var(--cw-2) 0 var(--cw-3);
        padding-left: 18px;
        overflow-wrap: anywhere;
      }
      @media (max-width: 760px) {
        .frame {
          grid-template-columns: 1fr;
          grid-template-rows: minmax(320px, 3fr) auto;
          height: auto;
        }
        aside {
          border-left: 0;
          border-top: 1px solid var(--cw-line);
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor results: readonly ComparedResult[] = [];
  @property({ attribute: false }) accessor differences: readonly string[] = [];
  @state() private accessor shown = 0;

  private renderPictures(): TemplateResult {
    const words = texts().running.comparison;
    const result = this.results[this.shown];
    if (!result) return html`<p class="dim">${words.noPictures}</p>`;
    const { first, second } = result;
    return html`<div class="pictures">
      <div class="bar">
        <select
          aria-label=${words.picture}
          @change=${(event: Event) => {
            this.shown = (event.target as HTMLSelectElement).selectedIndex;
          }}
        >
          ${this.results.map(({ label }) => html`<option>${label}</option>`)}
        </select>
        ${first && second ? html`<span class="dim">${result.isEqual ? words.bytesEqual : words.bytesDiffer}</span>` : nothing}
      </div>
      ${
        first && second
          ? html`<cw-compare .first=${first} .second=${second}></cw-compare>`
          : html`<p class="dim">${words.onePicture}</p>`
      }
    </div>`;
  }

  override render(): TemplateResult {
    const words = texts().running.comparison;
    return html`<cw-dialog .label=${words.title}>
      <div class="frame">
        ${this.renderPictures()}
        <aside>
          <h3>${words.graphs}</h3>
          ${
            this.differences.length === 0
              ? html`<p class="dim">${words.same}</p>`
              : html`<ul>
                  ${this.differences.map((text) => html`<li>${text}</li>`)}
                </ul>`
          }
        </aside>
      </div>
    </cw-dialog>`;
  }
}
