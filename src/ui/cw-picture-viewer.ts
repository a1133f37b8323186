import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Picture } from '../core/node/definition.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** A picture with its name. */
export interface ViewedPicture {
  readonly label: string;
  readonly picture: Picture;
}

/** Pictures large, two of them with a wipe. Sends `cw-close`, and `cw-pick` with a label to save that picture. */
@customElement('cw-picture-viewer')
export class CwPictureViewer extends LitElement {
  static override styles = [
    baseStyles,
    css`
      dialog {
        width: min(94vw, 1100px);
        height: min(92vh, 900px);
        padding: 0;
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius-large);
        background: var(--cw-surface);
        color: var(--cw-text);
        box-shadow: var(--cw-shadow);
        overflow: hidden;
      }
      dialog::backdrop {
        background: #000000a0;
      }
      .frame {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        height: 100%;
      }
      header,
      footer {
        display: flex;
        align-items: center;
        gap: var(--cw-2);
        padding: var(--cw-2) var(--cw-3);
      }
      header h2 {
        flex: 1;
      }
      .stage {
        position: relative;
        min-height: 0;
        background: var(--cw-canvas);
      }
      canvas {
        position: absolute;
        inset: var(--cw-3);
        width: calc(100% - 24px);
        height: calc(100% - 24px);
        object-fit: contain;
      }
      canvas.small {
        image-rendering: pixelated;
      }
      footer {
        min-height: 48px;
      }
      input[type='range'] {
        flex: 1;
        accent-color: var(--cw-accent);
      }
      button[aria-pressed='true'] {
        background: var(--cw-accent-soft);
      }
    `,
  ];

  @property() accessor label = '';
  @property({ attribute: false }) accessor pictures: readonly ViewedPicture[] = [];
  @state() private accessor shown = 0;
  @state() private accessor isComparing = false;
  @state() private accessor wipe = 50;

  override willUpdate(): void {
    if (!this.hasUpdated) this.isComparing = this.pictures.length === 2;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override updated(): void {
    const [first, second] = this.pictures;
    const canvases = this.renderRoot.querySelectorAll('canvas');
    const below = this.isComparing ? second : this.pictures[this.shown];
    if (canvases[0] && below) paint(canvases[0], below.picture);
    if (canvases[1] && first) {
      paint(canvases[1], first.picture);
      clip(canvases[1], this.wipe / 100);
    }
  }

  private close(): void {
    this.dispatchEvent(uiEvent('cw-close', undefined));
  }

  private renderFooter(): TemplateResult {
    const [first, second] = this.pictures;
    if (this.isComparing && first && second) {
      return html`<span>${first.label}</span>
        <input
          type="range"
          min="0"
          max="100"
          step="0.5"
          aria-label="Wipe"
          .value=${String(this.wipe)}
          @input=${(event: Event) => {
            this.wipe = Number((event.target as HTMLInputElement).value);
          }}
        />
        <span>${second.label}</span>`;
    }
    return html`${this.pictures.map(
      ({ label }, index) =>
        html`<button
          type="button"
          aria-pressed=${index === this.shown}
          @click=${() => {
            this.shown = index;
          }}
        >
          ${label}
        </button>`,
    )}`;
  }

  override render(): TemplateResult {
    const current = this.pictures[this.isComparing ? 1 : this.shown];
    const size = current
      ? `${String(current.picture.width)} × ${String(current.picture.height)}`
      : '';
    const small = current && current.picture.width <= 256 ? 'small' : '';
    return html`<dialog
      aria-label=${this.label}
      @close=${() => {
        this.close();
      }}
    >
      <div class="frame">
        <header>
          <h2>${this.label}</h2>
          <span class="dim">${size}</span>
          ${
            this.pictures.length === 2
              ? html`<button
                  type="button"
                  aria-pressed=${this.isComparing}
                  @click=${() => {
                    this.isComparing = !this.isComparing;
                  }}
                >
                  ${icon('swap')} Compare
                </button>`
              : nothing
          }
          ${
            current
              ? html`<button
                  type="button"
                  @click=${() => this.dispatchEvent(uiEvent('cw-pick', current.label))}
                >
                  ${icon('download')} Save picture
                </button>`
              : nothing
          }
          <button
            type="button"
            aria-label="Close"
            @click=${() => {
              this.close();
            }}
          >
            ${icon('close')}
          </button>
        </header>
        <div class="stage">
          <canvas class=${small} role="img" aria-label=${current?.label ?? ''}></canvas>
          ${
            this.isComparing
              ? html`<canvas
                  class=${small}
                  role="img"
                  aria-label=${this.pictures[0]?.label ?? ''}
                ></canvas>`
              : nothing
          }
        </div>
        <footer>${this.renderFooter()}</footer>
      </div>
    </dialog>`;
  }
}

function paint(canvas: HTMLCanvasElement, picture: Picture): void {
  canvas.width = picture.width;
  canvas.height = picture.height;
  const pixels = new ImageData(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}

/** Hides the right part of the picture itself, not of the letterboxed element around it. */
function clip(canvas: HTMLCanvasElement, share: number): void {
  const { clientWidth, clientHeight, width, height } = canvas;
  const shown = width * Math.min(clientWidth / width, clientHeight / height);
  const edge = (clientWidth - shown) / 2 + shown * share;
  canvas.style.clipPath = `inset(0 ${String(clientWidth - edge)}px 0 0)`;
}
