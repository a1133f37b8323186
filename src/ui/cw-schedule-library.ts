import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { libraryStyles } from './schedule-library-styles.js';
import { baseStyles } from './styles.js';
import type { ShelvedSchedule, ScheduleWish } from './schedule-library-model.js';

/** The schedules to choose from: presets, patterns and the user's own. Sends `cw-schedule-wish` and `cw-close`. */
@customElement('cw-schedule-library')
export class CwScheduleLibrary extends LitElement {
  static override styles = [baseStyles, libraryStyles];

  @property({ attribute: false }) accessor presets: readonly ShelvedSchedule[] = [];
  @property({ attribute: false }) accessor patterns: readonly ShelvedSchedule[] = [];
  @property({ attribute: false }) accessor own: readonly ShelvedSchedule[] = [];
  /** What can stand at either end of a morph besides these. */
  @property({ attribute: false }) accessor ends: readonly ShelvedSchedule[] = [];
  @property({ type: Number }) accessor steps = 100;
  @property({ type: Number }) accessor skip = 0;

  @state() private accessor every = 5;
  @state() private accessor share = 0;
  @state() private accessor from = '';
  @state() private accessor to = '';

  private send(wish: ScheduleWish): void {
    this.dispatchEvent(uiEvent('cw-schedule-wish', wish));
  }

  private morph(share: number): void {
    this.share = share;
    const from = this.from || this.ends[0]?.id;
    const to = this.to || this.presets[0]?.id;
    if (from === undefined || to === undefined) return;
    this.send({ kind: 'morph', from, to, share: share / 100, every: this.every });
  }

  private numberOf(name: string, fallback: number): number {
    const input = this.renderRoot.querySelector<HTMLInputElement>(`input[name=${name}]`);
    const value = Math.round(input?.valueAsNumber ?? NaN);
    return Number.isFinite(value) ? value : fallback;
  }

  private renderShelf(title: string, shelf: readonly ShelvedSchedule[]): TemplateResult {
    return html`<section>
      <h3>${title}</h3>
      <div class="row">
        ${shelf.map(
          ({ id, label }) =>
            html`<button
              type="button"
              @click=${() => {
                this.send({ kind: 'apply', id, every: this.every });
              }}
            >
              ${label}
            </button>`,
        )}
        ${
          shelf === this.patterns
            ? html`<label
                >${texts().timeline.shelf.every}
                <input
                  type="number"
                  min="1"
                  max="999"
                  .value=${String(this.every)}
                  @change=${(event: Event & { readonly target: HTMLInputElement }) => {
                    this.every = Math.max(1, Math.round(event.target.valueAsNumber) || 1);
                  }}
              /></label>`
            : ''
        }
      </div>
    </section>`;
  }

  private renderOwn(): TemplateResult {
    const t = texts().timeline.shelf;
    return html`<section>
      <h3>${t.own}</h3>
      <div class="row">
        ${this.own.length === 0 ? html`<p>${t.none}</p>` : ''}
        ${this.own.map(
          ({ id, label }) =>
            html`<span class="own"
              ><button
                type="button"
                @click=${() => {
                  this.send({ kind: 'apply', id, every: this.every });
                }}
              >
                ${label}</button
              ><button
                type="button"
                aria-label=${t.delete(label)}
                title=${t.delete(label)}
                @click=${() => {
                  this.send({ kind: 'delete', id });
                }}
              >
                ${icon('delete')}
              </button></span
            >`,
        )}
      </div>
      <form
        class="row"
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          const input = this.renderRoot.querySelector<HTMLInputElement>('input[name=name]');
          const name = input?.value.trim() ?? '';
          if (name !== '') this.send({ kind: 'save', name });
        }}
      >
        <label>${t.name} <input name="name" type="text" maxlength="80" required /></label>
        <button type="submit" class="primary">${t.save}</button>
        <button
          type="button"
          @click=${() => {
            this.send({ kind: 'export' });
          }}
        >
          ${t.export}
        </button>
        <button
          type="button"
          @click=${() => {
            this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
          }}
        >
          ${t.import}
        </button>
        <input
          type="file"
          accept=".txt,text/plain"
          hidden
          aria-label=${t.import}
          @change=${(event: Event & { readonly target: HTMLInputElement }) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) this.send({ kind: 'import', file });
          }}
        />
      </form>
    </section>`;
  }

  private renderEnd(label: string, chosen: string, set: (id: string) => void): TemplateResult {
    const t = texts().timeline.shelf;
    const options = (shelf: readonly ShelvedSchedule[]) =>
      shelf.map(
        ({ id, label: name }) =>
          html`<option value=${id} ?selected=${id === chosen}>${name}</option>`,
      );
    return html`<label
      >${label}
      <select
        @change=${(event: Event & { readonly target: HTMLSelectElement }) => {
          set(event.target.value);
          this.share = 0;
        }}
      >
        ${options(this.ends)}
        <optgroup label=${t.presets}>${options(this.presets)}</optgroup>
        <optgroup label=${t.patterns}>${options(this.patterns)}</optgroup>
        <optgroup label=${t.own}>${options(this.own)}</optgroup>
      </select></label
    >`;
  }

  private renderMorph(): TemplateResult {
    const t = texts().timeline.shelf;
    return html`<section>
      <h3>${t.morph}</h3>
      <div class="row">
        ${this.renderEnd(t.from, this.from || (this.ends[0]?.id ?? ''), (id) => {
          this.from = id;
        })}
        <input
          type="range"
          min="0"
          max="100"
          aria-label=${t.morph}
          .value=${String(this.share)}
          @input=${(event: Event & { readonly target: HTMLInputElement }) => {
            this.morph(event.target.valueAsNumber);
          }}
        />
        <output>${t.share(this.share)}</output>
        ${this.renderEnd(t.to, this.to || (this.presets[0]?.id ?? ''), (id) => {
          this.to = id;
        })}
      </div>
      <p>${t.morphHint}</p>
    </section>`;
  }

  private renderStretch(): TemplateResult {
    const t = texts().timeline.shelf;
    return html`<section>
      <h3>${t.stretch}</h3>
      <form
        class="row"
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          const steps = this.numberOf('steps', this.steps);
          this.send({ kind: 'stretch', steps, skip: this.numberOf('skip', this.skip) });
        }}
      >
        <label
          >${t.steps}
          <input
            name="steps"
            type="number"
            min="1"
            max="1000"
            .value=${String(this.steps)}
            required
        /></label>
        <label
          >${t.skip}
          <input name="skip" type="number" min="0" max="999" .value=${String(this.skip)} required
        /></label>
        <button type="submit">${t.apply}</button>
      </form>
      <p>${t.stretchHint}</p>
    </section>`;
  }

  override render(): TemplateResult {
    const t = texts().timeline.shelf;
    return html`<cw-dialog .label=${t.title}>
      ${this.renderShelf(t.presets, this.presets)} ${this.renderShelf(t.patterns, this.patterns)}
      ${this.renderOwn()} ${this.renderMorph()} ${this.renderStretch()}
    </cw-dialog>`;
  }
}
