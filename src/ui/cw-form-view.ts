import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import './cw-widget-field.js';
import { uiEvent } from './events.js';
import type { FormField, FormSection, FormSheet } from './form-model.js';
import { formStyles } from './form-styles.js';
import { icon } from './icons.js';
import { paintPicture } from './paint-picture.js';
import { baseStyles } from './styles.js';

/**
 * The graph as a form: the inputs that a person wants, the results, one button to run. Sends what the inspector sends,
 * `cw-command` with `run` or `cancel`, `cw-own-picture`, and `cw-pick` with node and input, parted by a space, for a field to
 * be shown or no longer shown. What is told to the user stands in the slot `told`.
 */
@customElement('cw-form-view')
export class CwFormView extends LitElement {
  static override styles = [baseStyles, formStyles];

  @property({ attribute: false }) accessor sheet: FormSheet | undefined;
  @state() private accessor isChoosing = false;

  override updated(): void {
    const pictures = this.sheet?.results.flatMap((result) => result.pictures) ?? [];
    this.renderRoot.querySelectorAll('canvas').forEach((canvas, index) => {
      const shown = pictures[index];
      if (shown) paintPicture(canvas, shown.picture);
    });
  }

  private renderPicture(node: string, { widget, url }: FormField): TemplateResult {
    const words = texts().dialogs.form;
    return html`<div class="picture">
      ${url ? html`<img src=${url} alt="" />` : html`<div class="none"></div>`}
      <div>
        <cw-widget-field .widget=${widget} .nodes=${[node]}></cw-widget-field>
        <label class="file">
          <input
            class="visually-hidden"
            type="file"
            accept="image/*"
            @change=${(event: Event) => {
              const input = event.target as HTMLInputElement;
              const [file] = input.files ?? [];
              input.value = '';
              if (!file) return;
              const detail = { node, input: widget.name, file };
              this.dispatchEvent(uiEvent('cw-own-picture', detail));
            }}
          />${icon('picture')} ${words.ownPicture}
        </label>
      </div>
    </div>`;
  }

  private renderPresets({ node, presets, preset }: FormSection): TemplateResult | typeof nothing {
    const words = texts().dialogs.form;
    if (presets.length === 0) return nothing;
    return html`<label class="preset"
      >${words.preset}
      <select
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          if (value) this.dispatchEvent(uiEvent('cw-presets', { nodes: [node], preset: value }));
        }}
      >
        <option value="" ?selected=${preset === ''} ?disabled=${preset !== ''}>
          ${words.ownValues}
        </option>
        ${presets.map(
          (name) => html`<option value=${name} ?selected=${name === preset}>${name}</option>`,
        )}
      </select></label
    >`;
  }

  private renderSection(section: FormSection): TemplateResult | typeof nothing {
    const { node, title } = section;
    const fields = section.fields.filter(({ isShown }) => isShown);
    if (fields.length === 0) return nothing;
    return html`<section aria-labelledby=${`of-${node}`}>
      <h3 id=${`of-${node}`}>${title}</h3>
      ${this.renderPresets(section)}
      ${fields.map((field) =>
        field.isPicture
          ? this.renderPicture(node, field)
          : html`<cw-widget-field .widget=${field.widget} .nodes=${[node]}></cw-widget-field>`,
      )}
    </section>`;
  }

  private renderChoices({ node, title, fields }: FormSection): TemplateResult {
    return html`<section aria-labelledby=${`of-${node}`}>
      <h3 id=${`of-${node}`}>${title}</h3>
      ${fields.map(
        ({ widget, isShown }) =>
          html`<label class="choice" title=${widget.spec.tooltip}
            ><input
              type="checkbox"
              .checked=${isShown}
              @change=${() => this.dispatchEvent(uiEvent('cw-pick', `${node} ${widget.name}`))}
            />${widget.name}</label
          >`,
      )}
    </section>`;
  }

  private renderInputs({ sections, problems }: FormSheet): TemplateResult {
    const words = texts().dialogs.form;
    const isEmpty = !sections.some(({ fields }) => fields.some(({ isShown }) => isShown));
    return html`<div class="inputs">
      ${problems.map((text) => html`<p class="problem">${text}</p>`)}
      ${
        this.isChoosing
          ? html`<p class="dim">${words.choosing}</p>
              ${sections.map((section) => this.renderChoices(section))}`
          : sections.map((section) => this.renderSection(section))
      }
      ${isEmpty && !this.isChoosing ? html`<p class="empty">${words.noInputs}</p>` : nothing}
    </div>`;
  }

  private renderResults({ results }: FormSheet): TemplateResult {
    const words = texts().dialogs.form;
    return html`<div class="results" role="region" aria-label=${words.results}>
      ${results.length === 0 ? html`<p class="empty">${words.noResults}</p>` : nothing}
      ${results.map(
        ({ node, title, pictures }) =>
          html`<section aria-labelledby=${`from-${node}`}>
            <h3 id=${`from-${node}`}>${title}</h3>
            <div class=${pictures.length > 1 ? 'many' : ''}>
              ${pictures.map(
                ({ label }) =>
                  html`<button
                    type="button"
                    class="result"
                    aria-label=${words.enlarge(label)}
                    title=${words.enlarge(label)}
                    @click=${() => this.dispatchEvent(uiEvent('cw-pictures', node))}
                  >
                    <canvas></canvas>
                  </button>`,
              )}
            </div>
          </section>`,
      )}
    </div>`;
  }

  private renderFooter({ isRunning, progress }: FormSheet): TemplateResult {
    const words = texts().shell;
    return html`<div slot="footer" class="footer">
      ${
        progress
          ? html`<progress max="1" value=${progress.share} aria-label=${progress.text}></progress>`
          : nothing
      }
      <span>${progress?.text ?? ''}</span>
      <button
        type="button"
        class=${isRunning ? 'run' : 'run primary'}
        @click=${() => this.dispatchEvent(uiEvent('cw-command', isRunning ? 'cancel' : 'run'))}
      >
        ${icon(isRunning ? 'cancel' : 'run')} ${isRunning ? words.cancel : words.run}
      </button>
    </div>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { sheet } = this;
    if (!sheet) return nothing;
    const words = texts().dialogs.form;
    return html`<cw-dialog .label=${words.title} .hasFooter=${true}>
      <button
        slot="actions"
        type="button"
        aria-pressed=${this.isChoosing}
        @click=${() => {
          this.isChoosing = !this.isChoosing;
        }}
      >
        ${icon('settings')} ${this.isChoosing ? words.chosen : words.choose}
      </button>
      <div class="sheet">${this.renderInputs(sheet)} ${this.renderResults(sheet)}</div>
      ${this.renderFooter(sheet)}
      <slot name="told"></slot>
    </cw-dialog>`;
  }
}
