import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** Short words to the user; `cw-close` of one carries its id by `cw-pick`. */
@customElement('cw-toasts')
export class CwToasts extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: fixed;
        z-index: 40;
        left: 50%;
        bottom: var(--cw-6);
        transform: translateX(-50%);
        display: grid;
        gap: var(--cw-2);
        width: max-content;
        max-width: min(560px, calc(100vw - 24px));
        pointer-events: none;
      }
      .toast {
        display: flex;
        align-items: flex-start;
        gap: var(--cw-2);
        padding: var(--cw-2) var(--cw-2) var(--cw-2) var(--cw-3);
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius-large);
        background: var(--cw-raised);
        box-shadow: var(--cw-shadow);
        pointer-events: auto;
      }
      .toast > span {
        padding: 4px 0;
        overflow-wrap: anywhere;
      }
      .action {
        color: var(--cw-accent);
        font-weight: 600;
      }
      .error {
        border-color: var(--cw-error);
      }
      .error > svg {
        margin-top: 6px;
        color: var(--cw-error-text);
      }
    `,
  ];

  @property({ attribute: false }) accessor toasts: readonly {
    readonly id: number;
    readonly kind: 'note' | 'error';
    readonly text: string;
    readonly action?: { readonly label: string; readonly perform: () => void };
  }[] = [];

  override render(): TemplateResult {
    return html`${this.toasts.map(
      ({ id, kind, text, action }) =>
        html`<div class=${`toast ${kind}`} role=${kind === 'error' ? 'alert' : 'status'}>
          ${kind === 'error' ? icon('warning') : ''}<span>${text}</span>
          ${
            action
              ? html`<button
                  type="button"
                  class="action"
                  @click=${() => {
                    this.dispatchEvent(uiEvent('cw-pick', String(id)));
                    action.perform();
                  }}
                >
                  ${action.label}
                </button>`
              : nothing
          }
          <button
            type="button"
            aria-label="Close message"
            @click=${() => this.dispatchEvent(uiEvent('cw-pick', String(id)))}
          >
            ${icon('close')}
          </button>
        </div>`,
    )}`;
  }
}
