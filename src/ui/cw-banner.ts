import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** Something that can be done about a banner; `value` is what `cw-pick` carries. */
export interface BannerAction {
  readonly value: string;
  readonly label: string;
}

/** A line across the page about the state of the user's work, with what can be done. Sends `cw-pick`. */
@customElement('cw-banner')
export class CwBanner extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cw-1) var(--cw-3);
        padding: var(--cw-1) var(--cw-3);
        border-bottom: 1px solid var(--cw-warning);
        background: color-mix(in srgb, var(--cw-warning) 12%, var(--cw-surface));
      }
      :host([kind='error']) {
        border-color: var(--cw-error);
        background: color-mix(in srgb, var(--cw-error) 14%, var(--cw-surface));
      }
      svg {
        color: var(--cw-warning);
      }
      :host([kind='error']) svg {
        color: var(--cw-error-text);
      }
      span {
        flex: 1 1 240px;
        padding: var(--cw-1) 0;
        overflow-wrap: anywhere;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cw-1);
      }
      button:not(.primary) {
        border-color: var(--cw-line);
      }
    `,
  ];

  /** `error` is announced at once. */
  @property({ reflect: true }) accessor kind: 'notice' | 'error' = 'notice';
  @property() accessor text = '';
  /** The first one is the one to take. */
  @property({ attribute: false }) accessor actions: readonly BannerAction[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', this.kind === 'error' ? 'alert' : 'status');
  }

  override render(): TemplateResult {
    return html`${icon('warning')}<span>${this.text}</span>
      <div class="actions">
        ${this.actions.map(
          ({ value, label }, index) =>
            html`<button
              type="button"
              class=${index === 0 ? 'primary' : ''}
              @click=${() => this.dispatchEvent(uiEvent('cw-pick', value))}
            >
              ${label}
            </button>`,
        )}
      </div>`;
  }
}
