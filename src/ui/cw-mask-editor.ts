import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import { drawMask } from './draw-mask.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { maskEditorStyles } from './mask-editor-styles.js';
import { maskKey, type MaskKey, type MaskTool } from './mask-editor-keys.js';
import { maskToolbox } from './mask-editor-tools.js';
import {
  beginStroke,
  coverageOf,
  feathered,
  fillArea,
  grown,
  inverted,
  regionIsIn,
  regionsAbove,
  regionsUnder,
  strokeTo,
  toggledRegion,
  type MaskBrush,
  type MaskPoint,
  type MaskRegions,
  type MaskSheet,
  type MaskStroke,
} from './mask-painting.js';
import { baseStyles } from './styles.js';

/** How many steps back are kept. */
const mostSteps = 100;

/**
 * A mask painted on a picture, with mouse, pen (its pressure sets the size, its other end erases), finger or keys, and the
 * parts of a self-segmentation to pick from. Sends `cw-mask-painted` after every step, `cw-mask-dropped`, `cw-close`.
 */
@customElement('cw-mask-editor')
export class CwMaskEditor extends LitElement {
  static override styles = [baseStyles, maskEditorStyles];

  @property() accessor label = '';
  /** What is painted on. */
  @property({ attribute: false }) accessor picture: ImageBitmap | undefined;
  /** The mask as it is when the editor opens; the editor goes on with a copy. */
  @property({ attribute: false }) accessor sheet: MaskSheet | undefined;
  @property({ attribute: false }) accessor regions: MaskRegions | undefined;
  /** Whether parts would be there, had the graph run. */
  @property({ type: Boolean }) accessor expectsRegions = false;

  @state() private accessor tool: MaskTool = 'brush';
  @state() private accessor size = 12;
  @state() private accessor hardness = 80;
  @state() private accessor by = 2;
  @state() private accessor threshold = 1.4;
  @state() private accessor cursor: MaskPoint | undefined;
  @state() private accessor isPenDown = false;
  @state() private accessor hovered = -1;
  @state() private accessor done: readonly Uint8ClampedArray[] = [];
  @state() private accessor undone: readonly Uint8ClampedArray[] = [];
  private own: MaskSheet = { width: 1, height: 1, values: new Uint8ClampedArray(1) };
  private under: Int16Array | undefined;
  private stroke: MaskStroke | undefined;
  private veil = this.ownerDocument.createElement('canvas');
  private resize = new ResizeObserver(() => {
    this.draw();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
  }

  override willUpdate(changed: PropertyValues): void {
    const { sheet, regions } = this;
    if (changed.has('sheet') && sheet) {
      this.own = { ...sheet, values: sheet.values.slice() };
      [this.done, this.undone] = [[], []];
    }
    if (changed.has('sheet') || changed.has('regions')) {
      this.under = regions && regionsUnder(this.own, regions);
    }
  }

  override firstUpdated(): void {
    const canvas = this.canvas;
    if (canvas) this.resize.observe(canvas);
  }

  override updated(): void {
    this.draw();
  }

  private get canvas(): HTMLCanvasElement | null {
    return this.renderRoot.querySelector('canvas');
  }

  private draw(): void {
    const { canvas } = this;
    if (!canvas || canvas.clientWidth === 0) return;
    const scale = this.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    canvas.width = Math.round(canvas.clientWidth * scale);
    canvas.height = Math.round(canvas.clientHeight * scale);
    const { picture, own: sheet, regions, under, hovered, cursor, isPenDown, tool } = this;
    drawMask(
      canvas,
      {
        picture,
        sheet,
        regions,
        under,
        hovered: tool === 'pick' ? hovered : -1,
        cursor,
        radius: this.size / 2,
        hasRing: tool === 'brush' || tool === 'erase',
        isPenDown,
      },
      this.veil,
    );
  }

  /** Makes new values the mask's, as one step of undo. */
  private become(values: Uint8ClampedArray, before = this.own.values): void {
    this.done = [...this.done, before].slice(-mostSteps);
    this.undone = [];
    this.show(values);
  }

  private show(values: Uint8ClampedArray): void {
    this.own = { ...this.own, values };
    this.requestUpdate();
    this.dispatchEvent(uiEvent('cw-mask-painted', this.own));
  }

  private step(isBack: boolean): void {
    const [from, to] = isBack ? [this.done, this.undone] : [this.undone, this.done];
    const values = from.at(-1);
    if (!values || this.stroke) return;
    const kept = [...to, this.own.values];
    [this.done, this.undone] = isBack ? [from.slice(0, -1), kept] : [kept, from.slice(0, -1)];
    this.show(values);
  }

  private placeOf(event: PointerEvent): MaskPoint {
    const box = this.canvas?.getBoundingClientRect();
    if (!box) return [0, 0];
    const { width, height } = this.own;
    return [
      ((event.clientX - box.left) / box.width) * width,
      ((event.clientY - box.top) / box.height) * height,
    ];
  }

  private brush(pressure = 1, isErasing = this.tool === 'erase'): MaskBrush {
    const radius = (this.size / 2) * (0.25 + 0.75 * pressure);
    return { radius, hardness: this.hardness / 100, value: isErasing ? 0 : 255 };
  }

  private regionAt([x, y]: MaskPoint): number {
    const { width, height } = this.own;
    if (x < 0 || y < 0 || x >= width || y >= height) return -1;
    return this.under?.[Math.floor(y) * width + Math.floor(x)] ?? -1;
  }

  /** Uses the tool once where the cursor is. */
  private use(place: MaskPoint, isErasing = false): void {
    if (this.tool === 'fill') this.become(fillArea(this.own, place, isErasing ? 0 : 255));
    else if (this.tool === 'pick') this.toggle(this.regionAt(place));
    else {
      this.begin();
      this.drag(place, place, this.brush());
      this.finish();
    }
  }

  private toggle(region: number): void {
    if (this.under && region >= 0) this.become(toggledRegion(this.own, this.under, region));
  }

  private begin(): void {
    this.own = { ...this.own, values: this.own.values.slice() };
    this.stroke = beginStroke(this.own);
  }

  private drag(from: MaskPoint, to: MaskPoint, brush: MaskBrush): void {
    if (this.stroke) strokeTo(this.own, this.stroke, from, to, brush);
    this.requestUpdate();
  }

  private finish(): void {
    const { stroke } = this;
    this.stroke = undefined;
    this.isPenDown = false;
    if (stroke) this.become(this.own.values, stroke.before);
  }

  private onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 && event.button !== 5) return;
    const place = (this.cursor = this.placeOf(event));
    const isErasing = event.button === 5 || event.shiftKey;
    if (this.tool === 'fill' || this.tool === 'pick') {
      this.use(place, isErasing);
      return;
    }
    this.finish();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.begin();
    this.dragTo(event, place, place);
  }

  private dragTo(event: PointerEvent, from: MaskPoint, to: MaskPoint): void {
    const isErasing = this.tool === 'erase' || event.shiftKey || (event.buttons & 32) !== 0;
    const pressure = event.pointerType === 'pen' ? event.pressure : 1;
    this.drag(from, to, this.brush(pressure, isErasing));
  }

  private onPointerMove(event: PointerEvent): void {
    const isPainting = this.stroke !== undefined && event.buttons !== 0;
    const events = event.getCoalescedEvents();
    for (const one of isPainting && events.length > 0 ? events : [event]) {
      const place = this.placeOf(one);
      if (isPainting) this.dragTo(one, this.cursor ?? place, place);
      this.cursor = place;
    }
    this.hovered = this.regionAt(this.placeOf(event));
  }

  private onKey(event: KeyboardEvent): void {
    const isOnPicture = event.composedPath().some((one) => one === this.canvas?.parentElement);
    const wish = maskKey(event, isOnPicture);
    if (!wish) return;
    event.preventDefault();
    event.stopPropagation();
    this.carryOut(wish);
  }

  private carryOut(wish: MaskKey): void {
    const { width, height } = this.own;
    const cursor = this.cursor ?? [Math.floor(width / 2) + 0.5, Math.floor(height / 2) + 0.5];
    switch (wish.kind) {
      case 'move': {
        const inside = (at: number, size: number): number => Math.min(size - 0.5, Math.max(0.5, at));
        const to: MaskPoint = [
          inside(cursor[0] + wish.by[0], width),
          inside(cursor[1] + wish.by[1], height),
        ];
        if (this.isPenDown) this.drag(cursor, to, this.brush());
        this.cursor = to;
        this.hovered = this.regionAt(to);
        break;
      }
      case 'pen':
        this.cursor = cursor;
        if (this.isPenDown) this.finish();
        else if (this.tool === 'fill' || this.tool === 'pick') this.use(cursor);
        else {
          this.isPenDown = true;
          this.begin();
          this.drag(cursor, cursor, this.brush());
        }
        break;
      case 'use':
        this.cursor = cursor;
        this.finish();
        this.use(cursor);
        break;
      case 'tool':
        this.finish();
        if (wish.tool !== 'pick' || this.regions) this.tool = wish.tool;
        break;
      case 'size':
        this.size = Math.min(64, Math.max(1, this.size + wish.by));
        break;
      case 'invert':
        this.whole('invert');
        break;
      default:
        this.finish();
        this.step(wish.kind === 'undo');
    }
  }

  private whole(change: 'all' | 'none' | 'invert' | 'grow' | 'shrink' | 'feather'): void {
    this.finish();
    const { own, by } = this;
    const made = {
      all: () => new Uint8ClampedArray(own.values.length).fill(255),
      none: () => new Uint8ClampedArray(own.values.length),
      invert: () => inverted(own),
      grow: () => grown(own, by),
      shrink: () => grown(own, -by),
      feather: () => feathered(own, by),
    };
    this.become(made[change]());
  }

  private renderTools(): TemplateResult {
    const { under, regions, own } = this;
    return maskToolbox({
      tool: this.tool,
      size: this.size,
      hardness: this.hardness,
      by: this.by,
      threshold: this.threshold,
      regions,
      chosen: under ? (regions?.scores ?? []).map((_, i) => regionIsIn(own.values, under, i)) : [],
      expectsRegions: this.expectsRegions,
      set: (change) => {
        Object.assign(this, change);
      },
      whole: (change) => {
        this.whole(change);
      },
      toggle: (region) => {
        this.toggle(region);
      },
      take: (threshold) => {
        this.threshold = threshold;
        if (under && regions) this.become(regionsAbove(under, regions, threshold));
      },
    });
  }

  private historyButton(isBack: boolean): TemplateResult {
    const t = texts().masks;
    return html`<button
      slot="actions"
      type="button"
      aria-label=${isBack ? t.undo : t.redo}
      title=${isBack ? t.undo : t.redo}
      ?disabled=${(isBack ? this.done : this.undone).length === 0}
      @click=${() => {
        this.step(isBack);
      }}
    >
      ${icon(isBack ? 'undo' : 'redo')}
    </button>`;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.sheet) return nothing;
    const t = texts().masks;
    const { width, height } = this.own;
    const [x, y] = this.cursor ?? [width / 2, height / 2];
    const share = `${(100 * coverageOf(this.own)).toFixed(1)} %`;
    return html`<cw-dialog
      .label=${this.label}
      .hasFooter=${true}
      @keydown=${(event: KeyboardEvent) => {
        this.onKey(event);
      }}
    >
      ${this.historyButton(true)} ${this.historyButton(false)}
      <div class="body" style=${`--aspect: ${String(width / height)}`}>
        <div
          class="stage"
          role="application"
          tabindex="0"
          aria-label=${t.stage}
          aria-describedby="keys"
          @pointerdown=${(event: PointerEvent) => {
            this.onPointerDown(event);
          }}
          @pointermove=${(event: PointerEvent) => {
            this.onPointerMove(event);
          }}
          @pointerup=${() => {
            this.finish();
          }}
          @pointercancel=${() => {
            this.finish();
          }}
        >
          <canvas aria-hidden="true"></canvas>
        </div>
        ${this.renderTools()}
      </div>
      <p id="keys" class="visually-hidden">${t.keys}</p>
      <p slot="footer" class="status" role="status">
        ${this.picture ? '' : t.noPicture}
        ${t.status(Math.floor(x), Math.floor(y), share, this.isPenDown)}
      </p>
      <button
        slot="footer"
        type="button"
        title=${t.restartHint}
        @click=${() => this.dispatchEvent(uiEvent('cw-mask-dropped', undefined))}
      >
        ${t.restart}
      </button>
    </cw-dialog>`;
  }
}
