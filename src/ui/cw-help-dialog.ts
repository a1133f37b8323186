import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
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

  override render(): TemplateResult {
    return html`<cw-dialog .label=${texts().dialogs.help}>
      <p class="words">${texts().dialogs.intro}</p>
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
    </cw-dialog>`;
  }
}
