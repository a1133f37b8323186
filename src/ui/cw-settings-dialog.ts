import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import './cw-keymap.js';
import type { KeyRow } from './cw-keymap.js';
import { uiEvent } from './events.js';
import { baseStyles } from './styles.js';
import type { SettingsForm } from './settings-form.js';

type Choices = 'theme' | 'language' | 'motion' | 'linkShape' | 'bankDevice' | 'bankRam';

/** The settings: each holds as soon as it is chosen (`cw-settings`, `cw-keys`). Sends `cw-close`. */
@customElement('cw-settings-dialog')
export class CwSettingsDialog extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .sections {
        display: grid;
        gap: var(--cw-6);
        padding: var(--cw-4);
      }
      .fields {
        display: grid;
        gap: var(--cw-2);
        margin-top: var(--cw-2);
      }
      .field {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--cw-1) var(--cw-3);
        min-height: var(--cw-target);
      }
      .check {
        justify-content: flex-start;
      }
      .check input {
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--cw-accent);
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius);
        overflow: hidden;
      }
      .choices label {
        position: relative;
        display: flex;
        align-items: center;
        min-height: max(28px, var(--cw-target));
        padding: 0 var(--cw-3);
        cursor: pointer;
      }
      .choices label:has(:checked) {
        background: var(--cw-accent);
        color: var(--cw-accent-ink);
      }
      .choices label:has(:focus-visible) {
        outline: 2px solid var(--cw-text);
        outline-offset: -3px;
      }
      .choices input {
        position: absolute;
        opacity: 0;
        inset: 0;
        margin: 0;
        cursor: pointer;
      }
      .note {
        font-size: 12px;
      }
      @media (forced-colors: active) {
        .choices label:has(:checked) {
          forced-color-adjust: none;
          background: Highlight;
          color: HighlightText;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor form: SettingsForm | undefined;
  @property({ attribute: false }) accessor keyRows: readonly KeyRow[] = [];
  @property({ attribute: false }) accessor describe: (event: KeyboardEvent) => string = () => '';

  private change(patch: Partial<SettingsForm>): void {
    this.dispatchEvent(uiEvent('cw-settings', patch));
  }

  private renderChoices<Name extends Choices>(
    name: Name,
    label: string,
    choices: Readonly<Record<SettingsForm[Name], string>>,
  ): TemplateResult {
    const options = Object.entries<string>(choices);
    return html`<div class="field" role="radiogroup" aria-label=${label}>
      <span>${label}</span>
      <div class="choices">
        ${options.map(
          ([value, text]) =>
            html`<label
              ><input
                type="radio"
                name=${name}
                value=${value}
                .checked=${this.form?.[name] === value}
                @change=${() => {
                  this.change({ [name]: value });
                }}
              />${text}</label
            >`,
        )}
      </div>
    </div>`;
  }

  private renderCheck(name: 'hasLetterKeys' | 'snapsToGrid', label: string): TemplateResult {
    return html`<label class="field check"
      ><input
        type="checkbox"
        .checked=${this.form?.[name] ?? false}
        @change=${(event: Event) => {
          this.change({ [name]: (event.target as HTMLInputElement).checked });
        }}
      />${label}</label
    >`;
  }

  override render(): TemplateResult {
    const words = texts().settings;
    return html`<cw-dialog .label=${words.title}>
      <div class="sections">
        <section>
          <h3>${words.look}</h3>
          <div class="fields">
            ${this.renderChoices('theme', words.theme, words.themes)}
            ${this.renderChoices('language', words.language, words.languages)}
            ${this.renderChoices('motion', words.motion, words.motions)}
          </div>
        </section>
        <section>
          <h3>${words.canvas}</h3>
          <div class="fields">
            ${this.renderChoices('linkShape', words.linkShape, words.linkShapes)}
            ${this.renderCheck('snapsToGrid', words.snapsToGrid)}
          </div>
        </section>
        <section>
          <h3>${words.memory}</h3>
          <div class="fields">
            ${this.renderChoices('bankDevice', words.bankDevice, words.bankDevices)}
            ${this.renderChoices('bankRam', words.bankRam, words.bankRams)}
            <p class="note dim">${words.memoryHelp}</p>
          </div>
        </section>
        <section>
          <h3>${words.keyboard}</h3>
          <div class="fields">
            ${this.renderCheck('hasLetterKeys', words.hasLetterKeys)}
            <p class="note dim">${words.letterKeysHelp}</p>
            <cw-keymap .rows=${this.keyRows} .describe=${this.describe}></cw-keymap>
          </div>
        </section>
      </div>
    </cw-dialog>`;
  }
}
