import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Problem } from '../core/graph/problems.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** The mistakes of the graph; a click goes to the node (`cw-node-selected`). */
@customElement('cw-problem-list')
export class CwProblemList extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: var(--cw-2);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      button,
      li > div {
        display: flex;
        align-items: flex-start;
        justify-content: flex-start;
        gap: var(--cw-2);
        width: 100%;
        padding: var(--cw-2);
        text-align: left;
        white-space: normal;
      }
      svg {
        margin-top: 1px;
        color: var(--cw-error-text);
      }
      p {
        padding: var(--cw-2);
      }
    `,
  ];

  @property({ attribute: false }) accessor problems: readonly Problem[] = [];

  override render(): TemplateResult {
    if (this.problems.length === 0) {
      return html`<p class="dim">Nothing is wrong with this graph.</p>`;
    }
    return html`<ul aria-label="Problems">
      ${this.problems.map(({ nodeId, message }) =>
        nodeId === undefined
          ? html`<li>
              <div>${icon('warning')}<span>${message}</span></div>
            </li>`
          : html`<li>
              <button
                type="button"
                @click=${() => this.dispatchEvent(uiEvent('cw-node-selected', nodeId))}
              >
                ${icon('warning')}<span>${message}</span>
              </button>
            </li>`,
      )}
    </ul>`;
  }
}
