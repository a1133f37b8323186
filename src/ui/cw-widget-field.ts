import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { WidgetSpec } from '../core/node/definition.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import type { InspectedWidget, WidgetChange } from './inspector-model.js';
import { baseStyles } from './styles.js';

type NumberSpec = Extract<WidgetSpec, { readonly min: number }>;

/** Beyond so many steps a slider says nothing: a seed, for example. */
const mostSteps = 20_000;

let gestures = 0;

/** A widget beside the canvas: label, field, unit, range, the way back to its default. Sends `cw-widget-changed`. */
@customElement('cw-widget-field')
export class CwWidgetField extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .head {
        display: flex;
        align-items: center;
        gap: var(--cw-1);
        min-height: 26px;
      }
      .head label,
      .head .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        font-size: 12px;
      }
      .head button {
        width: max(24px, var(--cw-target));
        min-height: max(24px, var(--cw-target));
        padding: 0;
        color: var(--cw-text-dim);
      }
      .line {
        display: flex;
        align-items: center;
        gap: var(--cw-2);
      }
      input:not([type='checkbox'], [type='range']),
      select,
      textarea {
        width: 100%;
        min-height: var(--cw-target);
        padding: 0 var(--cw-2);
        border: 1px solid var(--cw-field-line);
        border-radius: var(--cw-radius);
        background: var(--cw-field);
      }
      textarea {
        padding: 6px var(--cw-2);
        min-height: 64px;
        resize: vertical;
        line-height: 1.35;
      }
      .paint {
        border-color: var(--cw-field-line);
      }
      .number {
        flex: 0 0 104px;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      .number.is-alone {
        flex: 1;
      }
      input[type='range'] {
        flex: 1;
        min-width: 0;
        min-height: var(--cw-target);
        margin: 0;
        accent-color: var(--cw-accent);
      }
      input[type='checkbox'] {
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--cw-accent);
      }
      .unit,
      .range {
        flex: none;
        font-size: 11px;
        color: var(--cw-text-dim);
      }
      .problem {
        margin-top: 2px;
        font-size: 12px;
        color: var(--cw-error-text);
      }
      [aria-invalid='true'] {
        border-color: var(--cw-error) !important;
      }
    `,
  ];

  @property({ attribute: false }) accessor widget: InspectedWidget | undefined;
  @property({ attribute: false }) accessor nodes: readonly string[] = [];
  private gesture = '';

  private change(value: WidgetChange['value'], gesture?: string): void {
    const { nodes, widget } = this;
    if (!widget) return;
    const input = widget.name;
    const detail = { nodes, input, value, ...(gesture !== undefined && { gesture }) };
    this.dispatchEvent(uiEvent('cw-widget-changed', detail));
  }

  /** Begins what is undone in one go. */
  private beginGesture(): void {
    gestures += 1;
    this.gesture = `${this.widget?.name ?? ''}#${String(gestures)}`;
  }

  private renderNumber(widget: InspectedWidget, spec: NumberSpec): TemplateResult {
    const step = spec.step ?? (spec.type === 'INT' ? 1 : 0.01);
    const hasSlider = (spec.max - spec.min) / step <= mostSteps;
    const shown = typeof widget.value === 'number' ? String(widget.value) : '';
    return html`<div class="line">
      ${
        hasSlider
          ? html`<input
              type="range"
              tabindex="-1"
              aria-label=${texts().inspector.slider(widget.name)}
              min=${spec.min}
              max=${spec.max}
              step=${step}
              .value=${live(shown === '' ? String(spec.default) : shown)}
              @pointerdown=${() => {
                this.beginGesture();
              }}
              @input=${(event: Event) => {
                this.change(Number((event.target as HTMLInputElement).value), this.gesture);
              }}
              @change=${() => {
                this.beginGesture();
              }}
            />`
          : nothing
      }
      <input
        id="field"
        class=${hasSlider ? 'number' : 'number is-alone'}
        type="text"
        inputmode="decimal"
        autocomplete="off"
        aria-describedby="note"
        aria-invalid=${widget.problem !== ''}
        placeholder=${widget.value === undefined ? texts().inspector.differing : ''}
        .value=${live(shown)}
        @keydown=${(event: KeyboardEvent) => {
          this.onNumberKey(event, widget, step);
        }}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLInputElement;
          if (value.trim() !== '') this.change({ text: value });
          this.requestUpdate();
        }}
      />
      ${spec.unit ? html`<span class="unit">${spec.unit}</span>` : nothing}
    </div>`;
  }

  private onNumberKey(event: KeyboardEvent, widget: InspectedWidget, step: number): void {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0 || typeof widget.value !== 'number') return;
    event.preventDefault();
    const by = step * direction * (event.shiftKey ? 10 : 1);
    this.change({ text: String(Number((widget.value + by).toFixed(6))) }, `${widget.name}-keys`);
  }

  private renderText(widget: InspectedWidget, isMultiline: boolean): TemplateResult {
    const shown = typeof widget.value === 'string' ? widget.value : '';
    const placeholder = widget.value === undefined ? texts().inspector.differing : '';
    const begin = (): void => {
      this.beginGesture();
    };
    const input = (event: Event): void => {
      this.change((event.target as HTMLInputElement).value, this.gesture);
    };
    return isMultiline
      ? html`<textarea
          id="field"
          aria-describedby="note"
          placeholder=${placeholder}
          .value=${live(shown)}
          @focus=${begin}
          @input=${input}
        ></textarea>`
      : html`<input
          id="field"
          type="text"
          aria-describedby="note"
          placeholder=${placeholder}
          .value=${live(shown)}
          @focus=${begin}
          @input=${input}
        />`;
  }

  /** A mask is painted, not typed. */
  private renderMask({ name, value }: InspectedWidget): TemplateResult {
    const t = texts().masks;
    return html`<div class="line">
      <button
        id="field"
        type="button"
        class="paint"
        aria-label=${`${t.open} ${name}`}
        aria-describedby="note"
        title=${t.openHint}
        ?disabled=${this.nodes.length !== 1}
        @click=${() => this.dispatchEvent(uiEvent('cw-mask-wanted', this.nodes[0] ?? ''))}
      >
        ${t.open}
      </button>
      <span class="unit">${value === '' ? t.nothing : t.painted}</span>
    </div>`;
  }

  private renderControl(widget: InspectedWidget): TemplateResult {
    const { spec, value } = widget;
    switch (spec.type) {
      case 'INT':
      case 'FLOAT':
        return this.renderNumber(widget, spec);
      case 'STRING':
        return spec.editor === 'mask'
          ? this.renderMask(widget)
          : this.renderText(widget, spec.multiline === true);
      case 'BOOLEAN':
        return html`<input
          id="field"
          type="checkbox"
          aria-describedby="note"
          .checked=${live(value === true)}
          .indeterminate=${value === undefined}
          @change=${(event: Event) => {
            this.change((event.target as HTMLInputElement).checked);
          }}
        />`;
      case 'COMBO': {
        const shown = typeof value === 'string' ? value : '';
        const choices = widget.choices.includes(shown)
          ? widget.choices
          : [shown, ...widget.choices];
        return html`<select
          id="field"
          aria-describedby="note"
          aria-invalid=${widget.problem !== ''}
          @change=${(event: Event) => {
            this.change((event.target as HTMLSelectElement).value);
          }}
        >
          ${choices.map(
            (choice) =>
              html`<option value=${choice} ?selected=${choice === shown}>${choice}</option>`,
          )}
        </select>`;
      }
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { widget } = this;
    if (!widget) return nothing;
    const { spec, name, value } = widget;
    const words = texts().inspector;
    const isCheck = spec.type === 'BOOLEAN';
    return html`<div class="head" title=${spec.tooltip}>
        ${isCheck ? this.renderControl(widget) : nothing}
        <label for="field">${name}</label>
        ${'min' in spec ? html`<span class="range">${rangeOf(spec)}</span>` : nothing}
        ${
          value === spec.default
            ? nothing
            : html`<button
                type="button"
                aria-label=${words.reset(name, String(spec.default))}
                title=${words.reset(name, String(spec.default))}
                @click=${() => {
                  this.change(spec.default);
                }}
              >
                ${icon('reset')}
              </button>`
        }
      </div>
      ${isCheck ? nothing : this.renderControl(widget)}
      ${widget.problem ? html`<p class="problem">${widget.problem}</p>` : nothing}
      <span id="note" class="visually-hidden">${spec.tooltip}</span>`;
  }
}

function rangeOf({ min, max }: NumberSpec): string {
  const words = texts().inspector;
  return max >= Number.MAX_SAFE_INTEGER
    ? words.atLeast(String(min))
    : words.range(String(min), String(max));
}
