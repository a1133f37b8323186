import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Picture } from '../core/node/definition.js';
import { texts } from '../texts/texts.js';
import { compareStyles } from './compare-styles.js';
import { formatFigure } from './figures.js';
import { icon } from './icons.js';
import { differenceOf } from './picture-difference.js';
import { baseStyles } from './styles.js';
import { listenForZoom, viewAfterKey, wholeView, type ZoomView } from './zoom-view.js';

/** A picture with its name. */
export interface ComparedPicture {
  readonly label: string;
  readonly picture: Picture;
}

const modes = ['wipe', 'sides', 'difference', 'flicker'] as const;

const flickerMs = 600;

/**
 * Two pictures: one wiped over the other, side by side, their difference, or one after the other. The wheel, two
 * fingers and keys enlarge them together.
 */
@customElement('cw-compare')
export class CwCompare extends LitElement {
  static override styles = [baseStyles, compareStyles];

  @property({ attribute: false }) accessor first: ComparedPicture | undefined;
  @property({ attribute: false }) accessor second: ComparedPicture | undefined;
  @state() private accessor mode: (typeof modes)[number] = 'wipe';
  @state() private accessor wipe = 50;
  @state() private accessor gain = 4;
  @state() private accessor isSecond = false;
  @state() private accessor isPaused = false;
  @state() private accessor view: ZoomView = wholeView;
  private stage: HTMLElement | null = null;
  private ended = new AbortController();
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', texts().running.compare.label);
    // What the theme says of motion: the setting, or else the system's wish.
    this.isPaused = getComputedStyle(this).getPropertyValue('--cw-quick').trim() === '0ms';
    this.timer = setInterval(() => {
      if (this.mode === 'flicker' && !this.isPaused) this.isSecond = !this.isSecond;
    }, flickerMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.ended.abort();
  }

  override updated(changed: PropertyValues): void {
    const { first, second, mode } = this;
    if (!first || !second) return;
    const [below, above] = this.renderRoot.querySelectorAll('canvas');
    const isNew = ['first', 'second', 'mode', 'gain', 'isSecond'].some((name) => changed.has(name));
    if (isNew && below) paint(below, this.shownBelow(first, second));
    if (isNew && above) paint(above, mode === 'sides' ? second.picture : first.picture);
    if (mode === 'wipe' && above) clip(above, this.wipe / 100);
    this.watchStage(this.renderRoot.querySelector<HTMLElement>('.stage'));
  }

  private watchStage(stage: HTMLElement | null): void {
    if (stage === this.stage || !stage) return;
    this.stage = stage;
    const change = (edit: (view: ZoomView) => ZoomView): void => {
      this.view = edit(this.view);
    };
    listenForZoom(stage, change, this.ended.signal);
  }

  private onStageKey(event: KeyboardEvent): void {
    const next = viewAfterKey(this.view, event.key);
    if (!next) return;
    this.view = next;
    event.preventDefault();
  }

  private shownBelow(first: ComparedPicture, second: ComparedPicture): Picture {
    switch (this.mode) {
      case 'wipe':
        return second.picture;
      case 'sides':
        return first.picture;
      case 'flicker':
        return this.isSecond ? second.picture : first.picture;
      case 'difference':
        return this.isSameSize
          ? differenceOf(first.picture, second.picture, this.gain).picture
          : first.picture;
    }
  }

  private get isSameSize(): boolean {
    const [a, b] = [this.first?.picture, this.second?.picture];
    return a?.width === b?.width && a?.height === b?.height;
  }

  private onModeKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = modes[(modes.indexOf(this.mode) + step + modes.length) % modes.length];
    if (next) this.choose(next);
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    });
  }

  private choose(mode: (typeof modes)[number]): void {
    this.mode = mode;
    this.isSecond = false;
  }

  private onDrag(event: PointerEvent): void {
    if (this.mode !== 'wipe' || (event.type === 'pointermove' && event.buttons !== 1)) return;
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas) return;
    // One finger or button moves the divider, not the pictures.
    event.stopImmediatePropagation();
    if (event.type === 'pointerdown') {
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    }
    const { left, width: box } = canvas.getBoundingClientRect();
    const shown = shownWidth(canvas) * this.view.scale;
    const share = (event.clientX - left - (box - shown) / 2) / shown;
    this.wipe = Math.min(100, Math.max(0, share * 100));
  }

  private renderModes(): TemplateResult {
    const words = texts().running.compare;
    return html`<div
      class="modes"
      role="radiogroup"
      aria-label=${words.label}
      @keydown=${(event: KeyboardEvent) => {
        this.onModeKey(event);
      }}
    >
      ${modes.map(
        (mode) =>
          html`<button
            type="button"
            role="radio"
            aria-checked=${this.mode === mode}
            tabindex=${this.mode === mode ? 0 : -1}
            @click=${() => {
              this.choose(mode);
            }}
          >
            ${words[mode]}
          </button>`,
      )}
    </div>`;
  }

  private range(label: string, value: number, max: number, set: (value: number) => void) {
    return html`<input
      type="range"
      min=${max === 100 ? 0 : 1}
      max=${max}
      step=${max === 100 ? 0.5 : 1}
      aria-label=${label}
      .value=${String(value)}
      @input=${(event: Event) => {
        set(Number((event.target as HTMLInputElement).value));
      }}
    />`;
  }

  private renderControls(first: ComparedPicture, second: ComparedPicture): TemplateResult {
    const words = texts().running.compare;
    const [left, right] = [first, second].map(
      ({ label }) => html`<span class="name" title=${label}>${label}</span>`,
    );
    if (!this.isSameSize) return html`${left} ${right} <span class="dim">${words.sizes}</span>`;
    switch (this.mode) {
      case 'wipe':
        return html`${left}
        ${this.range(words.position, this.wipe, 100, (value) => (this.wipe = value))} ${right}`;
      case 'sides':
        return html`${left} <span style="flex: 1"></span> ${right}`;
      case 'flicker':
        return html`<button
            type="button"
            @click=${() => {
              this.isPaused = !this.isPaused;
            }}
          >
            ${icon(this.isPaused ? 'run' : 'pause')} ${this.isPaused ? words.play : words.pause}
          </button>
          ${this.isSecond ? right : left}`;
      case 'difference': {
        const { most, mean } = differenceOf(first.picture, second.picture);
        return html`<label for="gain">${words.gain} ${this.gain}×</label>
          ${this.range(words.gain, this.gain, 16, (value) => (this.gain = value))}
          <span class="dim">${words.differenceOf(String(most), formatFigure(mean))}</span>`;
      }
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { first, second, mode } = this;
    if (!first || !second) return nothing;
    const words = texts().running.compare;
    const small = first.picture.width <= 256 ? 'small' : '';
    const name =
      mode === 'difference' ? words.difference : mode === 'wipe' ? second.label : first.label;
    const hasTwo = mode === 'wipe' || mode === 'sides';
    const { scale, x, y } = this.view;
    const placed = `transform: translate(${String(x)}px, ${String(y)}px) scale(${String(scale)})`;
    const drag = (event: PointerEvent) => {
      this.onDrag(event);
    };
    return html`${this.renderModes()}
      <div
        class=${`stage ${mode}`}
        tabindex="0"
        role="group"
        aria-label=${texts().dialogs.viewerKeys}
        @keydown=${(event: KeyboardEvent) => {
          this.onStageKey(event);
        }}
        @pointerdown=${drag}
        @pointermove=${drag}
      >
        <figure>
          <canvas class=${small} style=${placed} role="img" aria-label=${name}></canvas>
        </figure>
        ${
          hasTwo
            ? html`<figure>
                <canvas
                  class=${small}
                  style=${placed}
                  role="img"
                  aria-label=${mode === 'wipe' ? first.label : second.label}
                ></canvas>
              </figure>`
            : nothing
        }
      </div>
      <div class="controls">${this.renderControls(first, second)}</div>`;
  }
}

function paint(canvas: HTMLCanvasElement, { width, height, data }: Picture): void {
  canvas.style.clipPath = '';
  canvas.width = width;
  canvas.height = height;
  const pixels = new ImageData(new Uint8ClampedArray(data), width, height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}

/** How wide the picture itself is drawn inside the letterboxed element. */
function shownWidth({ clientWidth, clientHeight, width, height }: HTMLCanvasElement): number {
  return width * Math.min(clientWidth / width, clientHeight / height);
}

function clip(canvas: HTMLCanvasElement, share: number): void {
  const shown = shownWidth(canvas);
  const edge = (canvas.clientWidth - shown) / 2 + shown * share;
  canvas.style.clipPath = `inset(0 ${String(canvas.clientWidth - edge)}px 0 0)`;
}
