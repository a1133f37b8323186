import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Picture } from '../core/node/definition.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';
import { listenForZoom, viewAfterKey, wholeView, type ZoomView } from './zoom-view.js';

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
      cw-dialog {
        --cw-dialog-width: 1100px;
        --cw-dialog-height: min(92dvh, 900px);
      }
      .stage {
        position: relative;
        height: 100%;
        min-height: 240px;
        overflow: hidden;
        touch-action: none;
        cursor: grab;
        background: var(--cw-canvas);
      }
      .stage:focus-visible {
        outline-offset: -2px;
      }
      .pictures {
        position: absolute;
        inset: 0;
      }
      .line {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cw-2);
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
  @state() private accessor view: ZoomView = wholeView;
  private readonly ended = new AbortController();

  override willUpdate(): void {
    if (!this.hasUpdated) this.isComparing = this.pictures.length === 2;
  }

  override firstUpdated(): void {
    const stage = this.renderRoot.querySelector<HTMLElement>('.stage');
    if (!stage) return;
    listenForZoom(
      stage,
      (edit) => {
        this.view = edit(this.view);
      },
      this.ended.signal,
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ended.abort();
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

  private onKey(event: KeyboardEvent): void {
    const next = viewAfterKey(this.view, event.key);
    if (!next) return;
    this.view = next;
    event.preventDefault();
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
          aria-label=${texts().dialogs.wipe}
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
    const { scale, x, y } = this.view;
    return html`<cw-dialog .label=${this.label} .hasFooter=${this.pictures.length > 1}>
      ${this.renderActions(current, size)}
      <div
        class="stage"
        tabindex="0"
        role="group"
        aria-label=${texts().dialogs.viewerKeys}
        @keydown=${(event: KeyboardEvent) => {
          this.onKey(event);
        }}
      >
        <div
          class="pictures"
          style=${`transform: translate(${String(x)}px, ${String(y)}px) scale(${String(scale)})`}
        >
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
      </div>
      <div slot="footer" class="line">${this.renderFooter()}</div>
    </cw-dialog>`;
  }

  private renderActions(current: ViewedPicture | undefined, size: string): TemplateResult {
    const words = texts().dialogs;
    return html`<span slot="actions" class="dim">${size}</span> ${
        this.pictures.length === 2
          ? html`<button
              slot="actions"
              type="button"
              aria-pressed=${this.isComparing}
              @click=${() => {
                this.isComparing = !this.isComparing;
              }}
            >
              ${icon('swap')} ${words.compare}
            </button>`
          : nothing
      }
      ${this.zoomButton(words.zoomOut, '-', '−')}
      ${this.zoomButton(words.wholePicture, '0', `${String(Math.round(this.view.scale * 100))} %`)}
      ${this.zoomButton(words.zoomIn, '+', '+')}
      ${
        current
          ? html`<button
              slot="actions"
              type="button"
              @click=${() => this.dispatchEvent(uiEvent('cw-pick', current.label))}
            >
              ${icon('download')} ${words.savePicture}
            </button>`
          : nothing
      }`;
  }

  private zoomButton(label: string, key: string, shown: string): TemplateResult {
    return html`<button
      slot="actions"
      type="button"
      aria-label=${shown.length > 1 ? `${shown}: ${label}` : label}
      title=${label}
      @click=${() => {
        this.view = viewAfterKey(this.view, key) ?? this.view;
      }}
    >
      ${shown}
    </button>`;
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
