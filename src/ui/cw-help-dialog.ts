import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** Keys and what they do, in groups. */
export interface ShortcutGroup {
  readonly title: string;
  readonly rows: readonly { readonly keys: string; readonly label: string }[];
}

/** The sheet of keys and gestures. Sends `cw-close`. */
@customElement('cw-help-dialog')
export class CwHelpDialog extends LitElement {
  static override styles = [
    baseStyles,
    css`
      dialog {
        width: min(94vw, 760px);
        max-height: 88vh;
        padding: 0;
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius-large);
        background: var(--cw-surface);
        color: var(--cw-text);
        box-shadow: var(--cw-shadow);
      }
      dialog::backdrop {
        background: #00000080;
      }
      header {
        position: sticky;
        top: 0;
        display: flex;
        justify-content: space-between;
        align-items: center;
        padding: var(--cw-3) var(--cw-4);
        background: var(--cw-surface);
        border-bottom: 1px solid var(--cw-line);
      }
      .groups {
        columns: 2 300px;
        column-gap: var(--cw-6);
        padding: var(--cw-4);
      }
      section {
        break-inside: avoid;
        margin-bottom: var(--cw-4);
      }
      dl {
        margin: var(--cw-2) 0 0;
      }
      dl div {
        display: flex;
        justify-content: space-between;
        gap: var(--cw-3);
        padding: 3px 0;
      }
      dd {
        margin: 0;
        white-space: nowrap;
      }
      .words {
        padding: var(--cw-4) var(--cw-4) 0;
        max-width: 68ch;
      }
    `,
  ];

  @property({ attribute: false }) accessor groups: readonly ShortcutGroup[] = [];

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  private close(): void {
    this.dispatchEvent(uiEvent('cw-close', undefined));
  }

  override render(): TemplateResult {
    return html`<dialog
      aria-label="Help and shortcuts"
      @close=${() => {
        this.close();
      }}
    >
      <header>
        <h2>Help and shortcuts</h2>
        <button
          type="button"
          aria-label="Close"
          @click=${() => {
            this.close();
          }}
        >
          ${icon('close')}
        </button>
      </header>
      <p class="words">
        Two pictures go in: one gives the structure, the other the appearance. Choose them in the
        two Load Image nodes and press Run. Everything happens on this device. What has not changed
        since the last run is not computed again.
      </p>
      <div class="groups">
        ${this.groups.map(
          ({ title, rows }) =>
            html`<section>
              <h3>${title}</h3>
              <dl>
                ${rows.map(
                  ({ keys, label }) =>
                    html`<div>
                      <dt>${label}</dt>
                      <dd><kbd>${keys}</kbd></dd>
                    </div>`,
                )}
              </dl>
            </section>`,
        )}
      </div>
    </dialog>`;
  }
}
