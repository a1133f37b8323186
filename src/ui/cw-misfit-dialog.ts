import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import { uiEvent } from './events.js';
import { baseStyles } from './styles.js';

/**
 * Asks before a run that will probably not fit, or says that it cannot. Sends `cw-pick` to run it all the same, which a refusal
 * does not offer, `cw-close` not to.
 */
@customElement('cw-misfit-dialog')
export class CwMisfitDialog extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        --cw-dialog-width: 460px;
      }
      .text {
        display: grid;
        gap: var(--cw-3);
        padding: var(--cw-4);
      }
      .buttons {
        display: flex;
        flex: 1;
        justify-content: flex-end;
        gap: var(--cw-2);
      }
    `,
  ];

  /** The limits that the run goes over, each with the remedy. */
  @property({ attribute: false }) accessor reasons: readonly string[] = [];

  /** Whether the device cannot do it at all. */
  @property({ attribute: false }) accessor isRefused = false;

  override render(): TemplateResult {
    const words = texts().forecast;
    return html`<cw-dialog
      .label=${this.isRefused ? words.refusedTitle : words.misfitTitle}
      hasFooter
    >
      <div class="text">${this.reasons.map((text) => html`<p>${text}</p>`)}</div>
      <div slot="footer" class="buttons">
        <button
          type="button"
          class="primary"
          @click=${() => this.dispatchEvent(uiEvent('cw-close', undefined))}
        >
          ${this.isRefused ? words.close : words.cancel}
        </button>
        ${this.isRefused ? nothing : this.runAnyway()}
      </div>
    </cw-dialog>`;
  }

  private runAnyway(): TemplateResult {
    return html`<button type="button" @click=${() => this.dispatchEvent(uiEvent('cw-pick', 'run'))}>
      ${texts().forecast.runAnyway}
    </button>`;
  }
}
