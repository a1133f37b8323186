import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** A picture that can be loaded by name. */
export interface PictureCard {
  readonly name: string;
  /** Address of the picture or a thumbnail. */
  readonly url: string;
  /** Samples cannot be deleted. */
  readonly isSample: boolean;
}

/** The pictures at hand. Sends `cw-files`, `cw-pick` with a name, `cw-picture-deleted`. */
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
      .delete {
        position: absolute;
        top: 8px;
        right: 8px;
        min-height: 24px;
        padding: 0 4px;
        background: var(--cw-raised);
        opacity: 0;
      }
      li:hover .delete,
      .delete:focus-visible {
        opacity: 1;
      }
      @media (pointer: coarse) {
        .delete {
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

  override render(): TemplateResult {
    return html`
      <label class="add">
        ${icon('picture')}<span>Add pictures, or drop them anywhere</span>
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
      <p class="note dim">
        ${
          this.target
            ? `A click puts the picture into “${this.target}”.`
            : 'A click adds a Load Image node. Pictures never leave this device.'
        }
      </p>
      <ul aria-label="Pictures">
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
                  : html`<button
                      type="button"
                      class="delete"
                      aria-label=${`Delete ${name}`}
                      @click=${() => this.dispatchEvent(uiEvent('cw-picture-deleted', name))}
                    >
                      ${icon('delete')}
                    </button>`
              }
            </li>`,
        )}
      </ul>
    `;
  }
}
