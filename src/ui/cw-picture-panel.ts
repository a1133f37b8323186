import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon, type IconName } from './icons.js';
import { baseStyles } from './styles.js';

type Wish = 'cw-picture-exported' | 'cw-picture-deleted';

/** A picture that can be loaded by name. */
export interface PictureCard {
  readonly name: string;
  /** Address of the picture or a thumbnail. */
  readonly url: string;
  /** Samples cannot be deleted. */
  readonly isSample: boolean;
}

/** The pictures at hand. Sends `cw-files`, `cw-pick` with a name, `cw-picture-deleted`, `cw-picture-exported`. */
@customElement('cw-picture-panel')
export class CwPicturePanel extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        padding: var(--cw-3);
      }
      label.add {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: var(--cw-2);
        padding: var(--cw-3);
        border: 1px dashed var(--cw-line);
        border-radius: var(--cw-radius);
        cursor: pointer;
        text-align: center;
      }
      label.add:hover {
        background: var(--cw-hover);
      }
      label.add:focus-within {
        outline: 2px solid var(--cw-accent);
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(88px, 1fr));
        gap: var(--cw-2);
        margin: var(--cw-3) 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        position: relative;
      }
      .card {
        flex-direction: column;
        width: 100%;
        padding: var(--cw-1);
        gap: var(--cw-1);
        font-size: 11px;
      }
      .card span {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      img {
        width: 100%;
        aspect-ratio: 1;
        object-fit: cover;
        border-radius: var(--cw-1);
        background: var(--cw-field);
      }
      .tools {
        position: absolute;
        top: 8px;
        right: 8px;
        display: flex;
        gap: 2px;
        opacity: 0;
      }
      .tools button {
        min-height: 24px;
        padding: 0 4px;
        background: var(--cw-raised);
      }
      li:hover .tools,
      .tools:focus-within {
        opacity: 1;
      }
      @media (pointer: coarse) {
        .tools {
          opacity: 1;
        }
      }
      .note {
        margin-top: var(--cw-2);
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) accessor pictures: readonly PictureCard[] = [];
  /** The node that a picked picture goes to, by title. */
  @property() accessor target = '';

  private onFiles(event: Event): void {
    const field = event.target as HTMLInputElement;
    const files = Array.from(field.files ?? []);
    field.value = '';
    if (files.length > 0) this.dispatchEvent(uiEvent('cw-files', files));
  }

  private tool(name: string, image: IconName, label: string, wish: Wish): TemplateResult {
    return html`<button
      type="button"
      aria-label=${label}
      title=${label}
      @click=${() => this.dispatchEvent(uiEvent(wish, name))}
    >
      ${icon(image)}
    </button>`;
  }

  override render(): TemplateResult {
    const words = texts().pictures;
    return html`
      <label class="add">
        ${icon('picture')}<span>${words.add}</span>
        <input
          class="visually-hidden"
          type="file"
          accept="image/*"
          multiple
          @change=${(event: Event) => {
            this.onFiles(event);
          }}
        />
      </label>
      <p class="note dim">${this.target ? words.putInto(this.target) : words.addsLoader}</p>
      <ul aria-label=${words.label}>
        ${this.pictures.map(
          ({ name, url, isSample }) =>
            html`<li>
              <button
                type="button"
                class="card"
                title=${name}
                @click=${() => this.dispatchEvent(uiEvent('cw-pick', name))}
              >
                <img src=${url} alt="" loading="lazy" /><span>${name}</span>
              </button>
              ${
                isSample
                  ? ''
                  : html`<div class="tools">
                      ${this.tool(name, 'download', words.save(name), 'cw-picture-exported')}
                      ${this.tool(name, 'delete', words.remove(name), 'cw-picture-deleted')}
                    </div>`
              }
            </li>`,
        )}
      </ul>
    `;
  }
}
