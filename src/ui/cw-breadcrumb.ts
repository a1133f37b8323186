import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { baseStyles } from './styles.js';

/** The way from the whole graph to the subgraph that is shown. Sends `cw-crumb` with the place of the chosen part. */
@customElement('cw-breadcrumb')
export class CwBreadcrumb extends LitElement {
  static override styles = [
    baseStyles,
    css`
      ol {
        display: flex;
        align-items: center;
        margin: 0;
        padding: 0 var(--cw-2);
        list-style: none;
        overflow-x: auto;
        scrollbar-width: none;
        background: var(--cw-surface);
        border-bottom: 1px solid var(--cw-line);
        font-size: 12px;
        white-space: nowrap;
      }
      li {
        display: flex;
        align-items: center;
      }
      li + li::before {
        content: '›';
        padding: 0 2px;
        color: var(--cw-text-dim);
      }
      button,
      span {
        min-height: max(30px, var(--cw-target));
        padding: 0 var(--cw-2);
        max-width: 240px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      button {
        color: var(--cw-text-dim);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      span {
        display: inline-flex;
        align-items: center;
        font-weight: 600;
      }
    `,
  ];

  /** The titles, from the whole graph's to the shown subgraph's; empty for one without a title. */
  @property({ attribute: false }) accessor titles: readonly string[] = [];

  override render(): TemplateResult {
    const words = texts().shell;
    const last = this.titles.length - 1;
    return html`<nav aria-label=${words.path}>
      <ol>
        ${this.titles.map((title, at) => {
          const name = title || words.whole;
          return html`<li>
            ${
              at === last
                ? html`<span aria-current="location">${name}</span>`
                : html`<button
                    type="button"
                    @click=${() => {
                      this.dispatchEvent(uiEvent('cw-crumb', at));
                    }}
                  >
                    ${name}
                  </button>`
            }
          </li>`;
        })}
      </ol>
    </nav>`;
  }
}
