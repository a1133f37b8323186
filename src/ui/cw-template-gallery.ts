import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** A graph to start from. */
export interface TemplateCard {
  readonly name: string;
  readonly title: string;
  /** What it is, in a sentence. */
  readonly description: string;
  /** What to change first. */
  readonly tryThis: string;
  /** Address of the picture that it made. */
  readonly picture: string;
}

/** Graphs to start from, each with what it made. Sends `cw-pick` with a name, empty for an empty graph, and `cw-close`. */
@customElement('cw-template-gallery')
export class CwTemplateGallery extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .intro {
        padding: var(--cw-4) var(--cw-4) 0;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr));
        gap: var(--cw-3);
        margin: 0;
        padding: var(--cw-4);
        list-style: none;
      }
      li {
        display: grid;
      }
      .card {
        display: flex;
        flex-direction: column;
        align-items: stretch;
        justify-content: flex-start;
        gap: var(--cw-1);
        padding: 0 0 var(--cw-3);
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius-large);
        background: var(--cw-raised);
        text-align: left;
        white-space: normal;
        overflow: hidden;
      }
      .card:hover:not(:disabled) {
        border-color: var(--cw-accent);
        background: var(--cw-hover);
      }
      img,
      .blank {
        width: 100%;
        height: 112px;
        background: var(--cw-canvas);
      }
      img {
        object-fit: contain;
      }
      .blank {
        display: grid;
        place-items: center;
        color: var(--cw-text-dim);
      }
      .blank svg {
        width: 28px;
        height: 28px;
      }
      .card > span {
        padding: 0 var(--cw-3);
      }
      .title {
        padding-top: var(--cw-2);
        font-size: 14px;
        font-weight: 600;
      }
      .try {
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) accessor templates: readonly TemplateCard[] = [];

  private card(name: string, picture: TemplateResult, words: TemplateResult): TemplateResult {
    return html`<li>
      <button
        type="button"
        class="card"
        @click=${() => this.dispatchEvent(uiEvent('cw-pick', name))}
      >
        ${picture}${words}
      </button>
    </li>`;
  }

  override render(): TemplateResult {
    const { files } = texts();
    return html`<cw-dialog .label=${files.templates} style="--cw-dialog-width: 960px">
      <p class="intro dim">${files.templatesIntro}</p>
      <ul aria-label=${files.templates}>
        ${this.templates.map(({ name, title, description, tryThis, picture }) =>
          this.card(
            name,
            html`<img src=${picture} alt="" loading="lazy" />`,
            html`<span class="title">${title}</span><span>${description}</span
              ><span class="try dim">${files.tryThis}: ${tryThis}</span>`,
          ),
        )}
        ${this.card(
          '',
          html`<span class="blank">${icon('add')}</span>`,
          html`<span class="title">${files.blank}</span><span>${files.blankWords}</span>`,
        )}
      </ul>
    </cw-dialog>`;
  }
}
