import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { renderSketch } from './sketch.js';
import { baseStyles } from './styles.js';
import type { ListedVersion, VersionWish } from './version-list-model.js';

/**
 * The versions of a graph: a list on the left, on the right how the chosen one looked and how the graph on screen
 * differs. Sends `cw-version` and `cw-close`.
 */
@customElement('cw-version-list')
export class CwVersionList extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .sides {
        display: grid;
        grid-template-columns: minmax(220px, 2fr) 3fr;
        height: min(560px, 76dvh);
      }
      ul {
        margin: 0;
        padding: var(--cw-2);
        border-right: 1px solid var(--cw-line);
        overflow: auto;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
      }
      .version {
        flex: 1;
        min-width: 0;
        justify-content: flex-start;
        gap: var(--cw-2);
        padding: var(--cw-1);
        text-align: left;
      }
      .version[aria-pressed='true'] {
        background: var(--cw-accent-soft);
      }
      .version .sketch {
        width: 48px;
        height: 32px;
        border-radius: var(--cw-1);
        background: var(--cw-canvas);
      }
      .words {
        display: grid;
        min-width: 0;
      }
      .words span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .facts {
        font-size: 12px;
      }
      .star[aria-pressed='true'] svg {
        fill: currentColor;
        color: var(--cw-warning);
      }
      .shown {
        display: flex;
        flex-direction: column;
        gap: var(--cw-3);
        padding: var(--cw-3) var(--cw-4);
        overflow: auto;
      }
      img.sketch {
        object-fit: cover;
      }
      .looks {
        position: relative;
        display: grid;
        flex: 1 0 140px;
        min-height: 0;
        border-radius: var(--cw-radius);
        background: var(--cw-canvas);
      }
      .looks .sketch {
        width: 100%;
        height: 100%;
        min-height: 0;
      }
      .looks img {
        position: absolute;
        right: var(--cw-2);
        bottom: var(--cw-2);
        max-width: 96px;
        max-height: 96px;
        border-radius: var(--cw-radius);
        outline: 2px solid var(--cw-canvas);
      }
      .difference {
        margin: 0;
        padding: 0 0 0 var(--cw-4);
        overflow-wrap: anywhere;
      }
      .primary {
        align-self: flex-start;
      }
      @media (max-width: 620px) {
        .sides {
          grid-template-columns: none;
          grid-template-rows: minmax(0, 2fr) minmax(0, 3fr);
        }
        ul {
          border-right: 0;
          border-bottom: 1px solid var(--cw-line);
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor versions: readonly ListedVersion[] = [];
  /** The chosen version, by id. */
  @property() accessor shown = '';
  /** How the graph on screen differs from it, a line each; undefined until it is known. */
  @property({ attribute: false }) accessor difference: readonly string[] | undefined;

  /** Why the chosen version cannot be read, in a sentence; empty when it can. */
  @property() accessor fault = '';

  private wish(kind: VersionWish['kind'], id: string): void {
    this.dispatchEvent(uiEvent('cw-version', { kind, id }));
  }

  private renderVersion(version: ListedVersion): TemplateResult {
    const { files } = texts();
    const { id, time, step, nodeCount, isKept, sketch, picture } = version;
    return html`<li>
      <button
        type="button"
        class="version"
        aria-pressed=${id === this.shown}
        @click=${() => {
          this.wish('show', id);
        }}
      >
        ${
          picture === '' ? renderSketch(sketch) : html`<img class="sketch" src=${picture} alt="" />`
        }
        <span class="words"
          ><span>${step}</span
          ><span class="facts dim">${time} · ${files.nodes(nodeCount)}</span></span
        >
      </button>
      <button
        type="button"
        class="star"
        aria-label=${`${files.keep}: ${step}, ${time}`}
        title=${files.keep}
        aria-pressed=${isKept}
        @click=${() => {
          this.wish('keep', id);
        }}
      >
        ${icon('star')}
      </button>
    </li>`;
  }

  private renderShown(version: ListedVersion): TemplateResult {
    const { files } = texts();
    return html`<div class="shown">
      <div class="looks">
        ${renderSketch(version.sketch, files.preview(version.time))}
        ${
          version.picture === ''
            ? nothing
            : html`<img src=${version.picture} alt=${files.result(version.time)} />`
        }
      </div>
      ${this.fault === '' ? this.renderDifference(version) : this.renderFault(version)}
    </div>`;
  }

  private renderFault({ id, time }: ListedVersion): TemplateResult {
    const { files } = texts();
    return html`<p role="alert">${files.unreadableVersion(time, this.fault)}</p>
      <button
        type="button"
        class="primary"
        @click=${() => {
          this.wish('download', id);
        }}
      >
        ${files.downloadText}
      </button>`;
  }

  private renderDifference(version: ListedVersion): TemplateResult {
    const { files } = texts();
    const lines = this.difference;
    return html`<h3>${files.difference}</h3>
      ${lines?.length === 0 ? html`<p>${files.noDifference}</p>` : nothing}
      <ul class="difference" style="border: 0; overflow: visible; list-style: disc">
        ${lines?.map((line) => html`<li style="display: list-item">${line}</li>`)}
      </ul>
      <button
        type="button"
        class="primary"
        ?disabled=${lines === undefined || lines.length === 0}
        @click=${() => {
          this.wish('restore', version.id);
        }}
      >
        ${icon('reset')} ${files.restore}
      </button>`;
  }

  override render(): TemplateResult {
    const { files } = texts();
    const shown = this.versions.find(({ id }) => id === this.shown);
    return html`<cw-dialog .label=${files.history} style="--cw-dialog-width: 860px">
      ${
        this.versions.length === 0
          ? html`<p class="dim" style="padding: var(--cw-4)">${files.noVersions}</p>`
          : html`<div class="sides">
              <ul aria-label=${files.history}>
                ${this.versions.map((version) => this.renderVersion(version))}
              </ul>
              ${shown ? this.renderShown(shown) : nothing}
            </div>`
      }
    </cw-dialog>`;
  }
}
