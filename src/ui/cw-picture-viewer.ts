import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Picture } from '../core/node/definition.js';
import { texts } from '../texts/texts.js';
import './cw-compare.js';
import './cw-dialog.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { paintPicture } from './paint-picture.js';
import { baseStyles } from './styles.js';
import { listenForZoom, viewAfterKey, wholeView, type ZoomView } from './zoom-view.js';

/** A picture with its name. */
export interface ViewedPicture {
  readonly label: string;
  readonly picture: Picture;
}

/** Pictures large; two of them compared. Sends `cw-close`, and `cw-pick` with a label to save that picture. */
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
      button[aria-pressed='true'] {
        background: var(--cw-accent-soft);
      }
    `,
  ];

  @property() accessor label = '';
  @property({ attribute: false }) accessor pictures: readonly ViewedPicture[] = [];
  @state() private accessor shown = 0;
  @state() private accessor isComparing = false;
  @state() private accessor view: ZoomView = wholeView;
  private ended = new AbortController();
  private stage: HTMLElement | null = null;

  override willUpdate(): void {
    if (!this.hasUpdated) this.isComparing = this.pictures.length === 2;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ended.abort();
  }

  override updated(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const current = this.pictures[this.shown];
    if (canvas && current) paintPicture(canvas, current.picture);
    this.watchStage(this.renderRoot.querySelector<HTMLElement>('.stage'));
  }

  /** The stage comes and goes with the comparison, which has one of its own. */
  private watchStage(stage: HTMLElement | null): void {
    if (stage === this.stage) return;
    this.stage = stage;
    this.ended.abort();
    this.ended = new AbortController();
    if (!stage) return;
    const change = (edit: (view: ZoomView) => ZoomView): void => {
      this.view = edit(this.view);
    };
    listenForZoom(stage, change, this.ended.signal);
  }

  private onKey(event: KeyboardEvent): void {
    const next = viewAfterKey(this.view, event.key);
    if (!next) return;
    this.view = next;
    event.preventDefault();
  }

  /** The first picture is compared with the chosen one, or with the second. */
  private get other(): ViewedPicture | undefined {
    return this.pictures[Math.max(1, this.shown)];
  }

  private renderFooter(): TemplateResult {
    const chosen = this.isComparing ? Math.max(1, this.shown) : this.shown;
    const choices = this.pictures.map(({ label }, index) => ({ label, index }));
    return html`${choices.slice(this.isComparing ? 1 : 0).map(
      ({ label, index }) =>
        html`<button
          type="button"
          aria-pressed=${index === chosen}
          @click=${() => {
            this.shown = index;
          }}
        >
          ${label}
        </button>`,
    )}`;
  }

  private renderStage(current: ViewedPicture | undefined): TemplateResult {
    const small = current && current.picture.width <= 256 ? 'small' : '';
    const { scale, x, y } = this.view;
    return html`<div
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
      </div>
    </div>`;
  }

  override render(): TemplateResult {
    const [first] = this.pictures;
    const current = this.isComparing ? this.other : this.pictures[this.shown];
    const size = current
      ? `${String(current.picture.width)} × ${String(current.picture.height)}`
      : '';
    const hasChoice = this.pictures.length > (this.isComparing ? 2 : 1);
    return html`<cw-dialog .label=${this.label} .hasFooter=${hasChoice}>
      ${this.renderActions(current, size)}
      ${
        this.isComparing
          ? html`<cw-compare .first=${first} .second=${current}></cw-compare>`
          : this.renderStage(current)
      }
      <div slot="footer" class="line">${this.renderFooter()}</div>
    </cw-dialog>`;
  }

  private renderActions(current: ViewedPicture | undefined, size: string): TemplateResult {
    const words = texts().dialogs;
    return html`<span slot="actions" class="dim">${size}</span> ${
        this.pictures.length > 1
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
      ${this.isComparing ? nothing : this.renderZoom()}
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

  private renderZoom(): TemplateResult {
    const words = texts().dialogs;
    const percent = `${String(Math.round(this.view.scale * 100))} %`;
    return html`${this.zoomButton(words.zoomOut, '-', '−')}
    ${this.zoomButton(words.wholePicture, '0', percent)} ${this.zoomButton(words.zoomIn, '+', '+')}`;
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
