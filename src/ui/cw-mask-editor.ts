import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import { drawMask, placeUnder } from './draw-mask.js';
import { uiEvent } from './events.js';
import { maskEditorStyles } from './mask-editor-styles.js';
import { maskKey, type MaskKey, type MaskTool } from './mask-editor-keys.js';
import { maskHistory, maskStage, maskToolbox, maskZoom } from './mask-editor-tools.js';
import { MaskLook } from './mask-look.js';
import {
  coverageOf,
  changedWhole,
  fillArea,
  movedPlace,
  partAt,
  regionIsIn,
  regionsAbove,
  regionsUnder,
  toggledRegion,
  type MaskBrush,
  type MaskPoint,
  type MaskRegions,
  type MaskSheet,
  type WholeChange,
} from './mask-painting.js';
import { MaskWork } from './mask-work.js';
import { baseStyles } from './styles.js';

/**
 * A mask painted on a picture, with mouse, pen (its pressure sets the size, its other end erases), finger or keys, and the
 * parts of a self-segmentation to pick from. Wheel, two fingers and keys enlarge the picture and move it. Sends
 * `cw-mask-painted` after every step, `cw-mask-dropped`, `cw-close`.
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
  /** The threshold that parts are first taken by. */
  @property({ type: Number }) accessor threshold = 1.4;
  /** Whether parts would be there, had the graph run. */
  @property({ type: Boolean }) accessor expectsRegions = false;

  @state() private accessor tool: MaskTool = 'brush';
  @state() private accessor size = 12;
  @state() private accessor hardness = 80;
  @state() private accessor by = 2;
  @state() private accessor cursor: MaskPoint | undefined;
  @state() private accessor isPenDown = false;
  @state() private accessor hovered = -1;
  private readonly look = new MaskLook(() => {
    this.requestUpdate();
  });
  private work = this.workOn({ width: 1, height: 1, values: new Uint8ClampedArray(1) });
  private under: Int16Array | undefined;
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
      this.work = this.workOn(sheet);
      this.look.whole();
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

  private workOn(sheet: MaskSheet): MaskWork {
    return new MaskWork(sheet, (painted) => {
      this.requestUpdate();
      this.dispatchEvent(uiEvent('cw-mask-painted', painted));
    });
  }

  private get own(): MaskSheet {
    return this.work.sheet;
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
    const { view } = this.look;
    const [hasRing, radius, lit] = [!this.isTapped, this.size / 2, tool === 'pick' ? hovered : -1];
    const scene = { picture, sheet, view, regions, under, cursor, isPenDown, hasRing, radius };
    drawMask(canvas, { ...scene, hovered: lit }, this.veil);
  }

  private brush(pressure = 1, isErasing = this.tool === 'erase'): MaskBrush {
    const radius = (this.size / 2) * (0.25 + 0.75 * pressure);
    return { radius, hardness: this.hardness / 100, value: isErasing ? 0 : 255 };
  }

  private regionAt(place: MaskPoint): number {
    return this.under ? partAt(this.own, this.under, place) : -1;
  }

  /** Uses the tool once where the cursor is. */
  private use(place: MaskPoint, isErasing = false): void {
    if (this.tool === 'fill') this.work.become(fillArea(this.own, place, isErasing ? 0 : 255));
    else if (this.tool === 'pick') this.toggle(this.regionAt(place));
    else {
      this.work.begin();
      this.drag(place, place, this.brush());
      this.finish();
    }
  }

  private toggle(region: number): void {
    if (this.under && region >= 0) this.work.become(toggledRegion(this.own, this.under, region));
  }

  private drag(from: MaskPoint, to: MaskPoint, brush: MaskBrush): void {
    this.work.drag(from, to, brush);
    this.requestUpdate();
  }

  private finish(): void {
    this.isPenDown = false;
    this.work.finish();
  }

  private placeOf(event: PointerEvent): MaskPoint {
    return placeUnder(this.canvas, this.look.view, this.own, event);
  }

  private onPointerDown(event: PointerEvent): void {
    const does = this.look.down(event);
    if (does === 'ignore') return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    if (does === 'hold') {
      event.preventDefault();
      // What the first of two fingers began was no stroke.
      this.work.abandon();
      return;
    }
    const place = (this.cursor = this.placeOf(event));
    if (this.isTapped) return;
    this.finish();
    this.work.begin();
    this.dragTo(event, place, place);
  }

  /** Whether the tool acts once where the pointer is lifted; a second finger may still make a hold of it. */
  private get isTapped(): boolean {
    return this.tool === 'fill' || this.tool === 'pick';
  }

  private onPointerUp(event: PointerEvent): void {
    if (!this.look.up(event)) return;
    if (this.isTapped) this.use(this.placeOf(event), event.button === 5 || event.shiftKey);
    else this.finish();
  }

  private dragTo(event: PointerEvent, from: MaskPoint, to: MaskPoint): void {
    const isErasing = this.tool === 'erase' || event.shiftKey || (event.buttons & 32) !== 0;
    const pressure = event.pointerType === 'pen' ? event.pressure : 1;
    this.drag(from, to, this.brush(pressure, isErasing));
  }

  private onPointerMove(event: PointerEvent): void {
    if (this.look.move(event, this.canvas, this.own)) return;
    const isPainting = this.work.isPainting && event.buttons !== 0;
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
    // The space bar puts the pen down when it is lifted, unless a pointer moved the picture meanwhile.
    if (wish.kind === 'pen') this.look.pressSpace();
    else this.carryOut(wish);
  }

  private carryOut(wish: MaskKey): void {
    if (this.look.carryOut(wish, this.own, this.cursor)) return;
    const { width, height } = this.own;
    const cursor = this.cursor ?? [Math.floor(width / 2) + 0.5, Math.floor(height / 2) + 0.5];
    switch (wish.kind) {
      case 'move': {
        const to = movedPlace(this.own, cursor, wish.by);
        if (this.isPenDown) this.drag(cursor, to, this.brush());
        this.cursor = to;
        this.hovered = this.regionAt(to);
        this.look.follow(to, this.own);
        break;
      }
      case 'pen':
        this.cursor = cursor;
        if (this.isPenDown) this.finish();
        else if (this.isTapped) this.use(cursor);
        else {
          this.isPenDown = true;
          this.work.begin();
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
        this.work.step(wish.kind);
    }
  }

  private whole(change: WholeChange): void {
    this.finish();
    this.work.become(changedWhole(this.own, change, this.by));
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
        if (under && regions) this.work.become(regionsAbove(under, regions, threshold));
      },
    });
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.sheet) return nothing;
    const t = texts().masks;
    const { width, height } = this.own;
    const [x, y] = this.cursor ?? [width / 2, height / 2];
    const { zoom } = this.look.view;
    const share = `${(100 * coverageOf(this.own)).toFixed(1)} %`;
    return html`<cw-dialog
      .label=${this.label}
      .hasFooter=${true}
      @keydown=${(event: KeyboardEvent) => {
        this.onKey(event);
      }}
      @keyup=${(event: KeyboardEvent) => {
        if (event.key === ' ' && this.look.liftSpace()) this.carryOut({ kind: 'pen' });
      }}
    >
      ${maskZoom(zoom, (wish) => {
        this.carryOut(wish);
      })}
      ${maskHistory(this.work)}
      <div class="body" style=${`--aspect: ${String(width / height)}`}>
        ${maskStage(this.look.isHeld, {
          down: this.onPointerDown.bind(this),
          move: this.onPointerMove.bind(this),
          up: this.onPointerUp.bind(this),
          wheel: (event) => {
            this.look.wheel(event, this.canvas, this.own);
          },
          blur: () => {
            this.look.liftSpace();
          },
        })}
        ${this.renderTools()}
      </div>
      <p slot="footer" class="status" role="status">
        ${this.picture ? '' : t.noPicture}
        ${t.status(Math.floor(x), Math.floor(y), share, this.isPenDown)}
        ${zoom > 1 ? `${t.enlarged(`${String(Math.round(zoom * 100))} %`)} ${t.holdHint}` : ''}
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
