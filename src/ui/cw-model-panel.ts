import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { messageFor } from './messages.js';
import type { ModelShelfShown, ModelWish, ProspectShown } from './model-panel-model.js';
import './cw-model-card.js';
import { familyOf, renderBar, renderToken, warningsOf } from './model-parts.js';
import { modelPanelStyles } from './model-panel-styles.js';
import { baseStyles } from './styles.js';
import { inMegabytes, inMinutes } from './transfer-figures.js';

/** The user's models: add them from the web or from disk, watch them arrive, use and delete them. Sends `cw-model-wish`. */
@customElement('cw-model-panel')
export class CwModelPanel extends LitElement {
  static override styles = [baseStyles, modelPanelStyles];

  @property({ attribute: false }) accessor shelf: ModelShelfShown | undefined;
  @state() private accessor address = '';

  private wish(detail: ModelWish): void {
    this.dispatchEvent(uiEvent('cw-model-wish', detail));
  }

  private field(name: string): string {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${name}`)?.value.trim() ?? '';
  }

  private look(event: Event, choice?: string): void {
    event.preventDefault();
    const token = this.field('token');
    this.address = this.field('address');
    this.wish({
      wish: 'look',
      text: this.address,
      ...(choice !== undefined && { choice }),
      ...(token !== '' && { token }),
    });
  }

  private onFiles(event: Event): void {
    const field = event.target as HTMLInputElement;
    const files = Array.from(field.files ?? []);
    field.value = '';
    if (files.length > 0) this.wish({ wish: 'files', files });
  }

  private renderPickers(): TemplateResult {
    const say = texts().models;
    const label = { file: say.chooseFile, folder: say.chooseFolder };
    return html`<div class="line wrap">
      ${(['file', 'folder'] as const).map((what) =>
        this.shelf?.hasPickers === true
          ? html`<button
              type="button"
              class="plain"
              @click=${() => {
                this.wish({ wish: 'pick', what });
              }}
            >
              ${label[what]}
            </button>`
          : html`<label class="pick"
              >${label[what]}
              <input
                class="visually-hidden"
                type="file"
                accept=${what === 'file' ? '.safetensors' : ''}
                ?webkitdirectory=${what === 'folder'}
                @change=${(event: Event) => {
                  this.onFiles(event);
                }}
              />
            </label>`,
      )}
    </div>`;
  }

  private renderAdd(shelf: ModelShelfShown): TemplateResult {
    const say = texts().models;
    return html`<section aria-label=${say.add}>
      <h3>${say.add}</h3>
      <form
        @submit=${(event: Event) => {
          this.look(event);
        }}
      >
        <div class="line">
          <input
            id="address"
            type="text"
            aria-label=${say.address}
            placeholder=${say.addressHint}
            autocomplete="off"
            spellcheck="false"
            required
            .value=${this.address}
          />
          <button type="submit" class="primary" ?disabled=${shelf.isLooking}>${say.look}</button>
        </div>
      </form>
      ${this.renderPickers()}
      <p class="note dim">${say.privacy}</p>
      <div role="status">
        ${shelf.isLooking ? html`<p class="note">${say.looking}</p>` : nothing}
      </div>
      ${shelf.prospect ? this.renderProspect(shelf.prospect, shelf) : nothing}
    </section>`;
  }

  private renderProspect(prospect: ProspectShown, shelf: ModelShelfShown): TemplateResult {
    const say = texts().models;
    switch (prospect.type) {
      case 'refused':
        return this.renderRefusal(prospect);
      case 'choices':
        return html`<div class="card found">
          <p class="name">${say.choices(prospect.origin)}</p>
          ${prospect.choices.map(
            ({ id, label, bytes }) =>
              html`<button
                type="button"
                class="choice"
                @click=${(event: Event) => {
                  this.look(event, id);
                }}
              >
                <span
                  >${{ folder: say.folder, 'folder-fp16': say.halfFolder, file: id }[label]}</span
                >
                <span class="dim">${bytes === 0 ? say.unknownSize : inMegabytes(bytes)}</span>
              </button>`,
          )}
          <div>${this.renderDismiss()}</div>
        </div>`;
      case 'model':
        return this.renderFound(prospect, shelf);
    }
  }

  private renderDismiss(): TemplateResult {
    return html`<button
      type="button"
      @click=${() => {
        this.wish({ wish: 'dismiss' });
      }}
    >
      ${texts().models.cancel}
    </button>`;
  }

  private renderRefusal({
    details,
  }: Extract<ProspectShown, { readonly type: 'refused' }>): TemplateResult {
    const say = texts().models;
    const { sentence, remedy } = messageFor(details);
    return html`<div class="card found refused" role="alert">
      <p class="failure">${sentence}</p>
      <p class="note">${remedy}</p>
      ${
        details.code === 'model/access-denied'
          ? html`<form
              @submit=${(event: Event) => {
                this.look(event);
              }}
            >
              ${renderToken('token', details.host)}
              <div><button type="submit" class="plain">${say.tryAgain}</button></div>
            </form>`
          : nothing
      }
      <div>${this.renderDismiss()}</div>
    </div>`;
  }

  private renderFound(
    found: Extract<ProspectShown, { readonly type: 'model' }>,
    shelf: ModelShelfShown,
  ): TemplateResult {
    const say = texts().models;
    const { words, bytes, freeBytes, arrival } = found;
    const hasRoom = arrival === 'in-place' || freeBytes === undefined || freeBytes >= bytes;
    const memory = words.memoryBytes ?? 0;
    const isLarge = shelf.memoryBytes !== undefined && memory > shelf.memoryBytes;
    const verb = { download: say.download, copy: say.copy, 'in-place': say.keep }[arrival];
    return html`<form
      class="card found"
      @submit=${(event: Event) => {
        event.preventDefault();
        this.wish({ wish: 'add', name: this.field('name') });
      }}
    >
      <label class="note dim" for="name">${say.name}</label>
      <input id="name" type="text" .value=${found.name} required />
      <dl>
        <dt>${say.kinds[found.kind]}</dt>
        <dd>${familyOf(words)}</dd>
        <dt>${say.size}</dt>
        <dd>${inMegabytes(bytes)}</dd>
        <dt>${say.precision}</dt>
        <dd>${words.dtypes.join(', ')}</dd>
        ${
          memory > 0
            ? html`<dt>${say.memory}</dt>
                <dd>${say.memoryText(inMegabytes(memory))}</dd>`
            : nothing
        }
        ${
          arrival !== 'in-place' && freeBytes !== undefined
            ? html`<dt>${say.room}</dt>
                <dd>${inMegabytes(freeBytes)}</dd>`
            : nothing
        }
      </dl>
      ${warningsOf(words).map((text) => html`<p class="note warning">${text}</p>`)}
      ${found.comesWhole ? html`<p class="note">${say.comesWhole}</p>` : nothing}
      ${
        isLarge
          ? html`<p class="note warning">
              ${say.tooLittleMemory(inMegabytes(memory), inMegabytes(shelf.memoryBytes))}
            </p>`
          : nothing
      }
      ${
        hasRoom
          ? nothing
          : html`<p class="failure" role="alert">
              ${say.tooLittleRoom(inMegabytes(bytes), inMegabytes(freeBytes))}
            </p>`
      }
      <div class="line">
        <button type="submit" class="primary" ?disabled=${!hasRoom}>${verb}</button>
        ${this.renderDismiss()}
      </div>
    </form>`;
  }

  private renderTransfer({ transfer }: ModelShelfShown): TemplateResult | typeof nothing {
    if (!transfer) return nothing;
    const say = texts().models;
    const { bytes, savedBytes, bytesPerSecond, secondsLeft } = transfer;
    return html`<section aria-label=${say.all}>
      <h3>${say.all}</h3>
      ${renderBar(say.all, savedBytes, bytes)}
      <p class="figures">
        <span>${say.progress(inMegabytes(savedBytes), inMegabytes(bytes))}</span>
        ${bytesPerSecond === undefined ? nothing : html`<span>${say.speed(inMegabytes(bytesPerSecond))}</span>`}
        ${secondsLeft === undefined ? nothing : html`<span>${say.left(inMinutes(secondsLeft))}</span>`}
      </p>
    </section>`;
  }

  private renderKeeping(shelf: ModelShelfShown): TemplateResult | typeof nothing {
    const isStored = shelf.models.some(({ savedBytes }) => savedBytes > 0);
    if (!isStored || shelf.isKept !== false) return nothing;
    const say = texts().models;
    return html`<section>
      <p class="note dim">${shelf.isKeepingRefused ? say.persistRefused : say.persist}</p>
      <div>
        <button
          type="button"
          class="plain"
          @click=${() => {
            this.wish({ wish: 'keep' });
          }}
        >
          ${say.persistAsk}
        </button>
      </div>
    </section>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { shelf } = this;
    if (!shelf) return nothing;
    const say = texts().models;
    return html`${this.renderAdd(shelf)} ${this.renderTransfer(shelf)}
      <section aria-label=${say.yours}>
        <h3>${say.yours}</h3>
        ${
          shelf.isRead && shelf.models.length === 0
            ? html`<div class="empty">
                <p>${say.empty}</p>
                <p class="note dim">${say.emptyText}</p>
              </div>`
            : html`<ul>
                ${repeat(
                  shelf.models,
                  ({ id }) => id,
                  (model) => html`<li><cw-model-card .model=${model}></cw-model-card></li>`,
                )}
              </ul>`
        }
      </section>
      ${this.renderKeeping(shelf)}`;
  }
}
