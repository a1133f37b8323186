import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Problem } from '../core/graph/problems.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { listStyles } from './list-styles.js';
import { baseStyles } from './styles.js';

/**
 * The mistakes of the graph; a click goes to the node, or to the one inside a subgraph that is at fault
 * (`cw-node-selected`), a repair is sent as `cw-fix`.
 */
@customElement('cw-problem-list')
export class CwProblemList extends LitElement {
  static override styles = [
    baseStyles,
    listStyles,
    css`
      :host {
        display: block;
        padding: var(--cw-2);
      }
      .line {
        align-items: flex-start;
        padding: var(--cw-2);
      }
      svg {
        margin-top: 2px;
        color: var(--cw-error-text);
      }
      .fixes {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cw-1);
        padding: 0 var(--cw-2) var(--cw-2) 32px;
      }
      .fixes button {
        border-color: var(--cw-line);
        white-space: normal;
        text-align: left;
      }
      .fixes svg {
        margin: 0;
        color: var(--cw-done);
      }
    `,
  ];

  @property({ attribute: false }) accessor problems: readonly Problem[] = [];
  /** The repairs of each problem, by the place of the problem. */
  @property({ attribute: false }) accessor fixes: readonly (readonly {
    readonly name: string;
    readonly label: string;
  }[])[] = [];

  private renderFixes(problem: number): TemplateResult | typeof nothing {
    const fixes = this.fixes[problem] ?? [];
    if (fixes.length === 0) return nothing;
    return html`<div class="fixes">
      ${fixes.map(
        ({ name, label }) =>
          html`<button
            type="button"
            @click=${() => this.dispatchEvent(uiEvent('cw-fix', { problem, name }))}
          >
            ${icon('check')} ${label}
          </button>`,
      )}
    </div>`;
  }

  override render(): TemplateResult {
    const words = texts().shell;
    if (this.problems.length === 0) return html`<p class="empty">${words.noProblems}</p>`;
    return html`<ul aria-label=${words.problems}>
      ${this.problems.map(({ nodeId, message, input, at }, index) =>
        nodeId === undefined
          ? html`<li>
              <div class="line is-still">${icon('warning')}<span>${message}</span></div>
              ${this.renderFixes(index)}
            </li>`
          : html`<li>
              <button
                type="button"
                class="line"
                @click=${() => this.dispatchEvent(uiEvent('cw-node-selected', input === undefined ? (at ?? nodeId) : nodeId))}
              >
                ${icon('warning')}<span>${message}</span>
              </button>
              ${this.renderFixes(index)}
            </li>`,
      )}
    </ul>`;
  }
}
