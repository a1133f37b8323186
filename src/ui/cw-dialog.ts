import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/**
 * The frame of every dialog: a modal window with a title and a way out. The content goes into the default slot,
 * further controls of the title bar into `actions`, a last line into `footer`. Sends `cw-close`.
 */
@customElement('cw-dialog')
export class CwDialog extends LitElement {
  static override styles = [
    baseStyles,
    css`
      dialog {
        width: min(calc(100vw - 16px), var(--cw-dialog-width, 760px));
        height: var(--cw-dialog-height, auto);
        max-width: none;
        max-height: 92dvh;
        padding: 0;
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius-large);
        background: var(--cw-surface);
        color: var(--cw-text);
        box-shadow: var(--cw-shadow);
        overflow: hidden;
      }
      dialog[open] {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
      }
      dialog::backdrop {
        background: #00000080;
      }
      .header,
      .footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cw-2);
        padding: var(--cw-2) var(--cw-2) var(--cw-2) var(--cw-4);
      }
      .header {
        border-bottom: 1px solid var(--cw-line);
      }
      h2 {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      h2:focus-visible {
        outline: none;
      }
      .close {
        min-width: var(--cw-target);
      }
      @media (width <= 480px) {
        /* The title beside the way out; what else there is has a line of its own. */
        h2 {
          flex-basis: calc(100% - 64px);
        }
        .close {
          order: 1;
        }
        slot[name='actions']::slotted(*) {
          order: 2;
        }
      }
      .content {
        min-height: 0;
        overflow: auto;
      }
      .content:focus-visible {
        outline-offset: -2px;
      }
      .footer:not(.is-filled) {
        display: none;
      }
    `,
  ];

  @property() accessor label = '';
  /** Whether there is something in the slot `footer`. */
  @property({ type: Boolean }) accessor hasFooter = false;

  private close(): void {
    this.dispatchEvent(uiEvent('cw-close', undefined));
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog
      aria-label=${this.label}
      @close=${() => {
        this.close();
      }}
    >
      <div class="header">
        <h2 tabindex="-1" autofocus>${this.label}</h2>
        <slot name="actions"></slot>
        <button
          type="button"
          class="close"
          aria-label=${texts().dialogs.close}
          @click=${() => {
            this.close();
          }}
        >
          ${icon('close')}
        </button>
      </div>
      <div class="content" tabindex="0" role="group" aria-label=${this.label}><slot></slot></div>
      <div class=${`footer ${this.hasFooter ? 'is-filled' : ''}`}><slot name="footer"></slot></div>
    </dialog>`;
  }
}
