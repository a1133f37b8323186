import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { drawTimeline } from './draw-timeline.js';
import { uiEvent } from './events.js';
import { baseStyles } from './styles.js';
import { timelineColors, type TimelineColors } from './timeline-colors.js';
import { TimelineGesture } from './timeline-gesture.js';
import { keyEdit, moveCursor, shiftEdit } from './timeline-keys.js';
import { gripUnder, laneUnder, layoutTimeline, passUnder } from './timeline-layout.js';
import {
  columnWords,
  type CellValue,
  type LaneEdit,
  type TimelineLane,
  type TimelineView,
} from './timeline-model.js';
import type { DrawnTimeline } from './timeline-memory.js';
import { timelineNumbers } from './timeline-numbers.js';
import { timelineHeader, timelineText, timelineWords } from './timeline-parts.js';
import { timelineStyles } from './timeline-styles.js';
import { timelineTools } from './timeline-tools.js';

/** Where the cursor is: a lane and the passes that are selected in it. */
export interface TimelinePlace {
  readonly lane: number;
  readonly anchor: number;
  readonly pass: number;
}

let gestures = 0;

/**
 * A schedule pass by pass: lanes to be painted, curves to be bent, and the exact text of the lane. Sends
 * `cw-schedule-edit`, `cw-schedule-chosen`, and `cw-command` (`swap-schedules`, `toggle-live`, `timeline`,
 * `schedule-library`, `schedule-grid`, `compare-schedules`).
 */
@customElement('cw-schedule-timeline')
export class CwScheduleTimeline extends LitElement {
  static override styles = [baseStyles, timelineStyles];

  @property({ attribute: false }) accessor view: TimelineView | undefined;
  /** Whether edits start a run. */
  @property({ type: Boolean }) accessor isLive = false;

  @state() private accessor place: TimelinePlace = { lane: 0, anchor: 0, pass: 0 };
  @state() private accessor brush: CellValue = 'structure';
  @state() private accessor maskBrush: CellValue = 'struct';
  @state() private accessor isDrawing = false;
  @state() private accessor every = 1;
  @state() private accessor hover: { readonly pass: number; readonly lane: number } | undefined;
  private width = 600;
  private gesture: TimelineGesture | undefined;
  /** What the canvas shows. */
  private drawn: DrawnTimeline | undefined;
  /** As they were when they were last read; no theme changes during a drag. */
  private colors: TimelineColors | undefined;
  /** The pointer's place that the next frame takes. */
  private pending: Parameters<CwScheduleTimeline['apply']> | undefined;
  private resize = new ResizeObserver(([entry]) => {
    if (!entry) return;
    this.width = entry.contentRect.width;
    this.draw();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
  }

  override updated(changed: PropertyValues): void {
    const strip = this.strip;
    if (strip && changed.has('view')) this.resize.observe(strip);
    this.draw();
  }

  private get strip(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.strip');
  }

  private get lane(): TimelineLane | undefined {
    return this.view?.lanes[this.place.lane];
  }

  /** Draws the strip anew; also when the theme changed. */
  draw(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const pen = canvas?.getContext('2d');
    const { view, width, place } = this;
    if (!canvas || !pen || !view || width <= 0) return;
    const layout = layoutTimeline(view, width);
    const scale = this.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    const [w, h] = [Math.round(width * scale), Math.round(layout.height * scale)];
    if (canvas.width !== w || canvas.height !== h) {
      [canvas.width, canvas.height] = [w, h];
      canvas.style.height = `${String(layout.height)}px`;
      this.drawn = undefined;
    }
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    const colors = (this.gesture && this.colors) ?? timelineColors(canvas, this.colors);
    this.colors = colors;
    const isFocused = this.strip?.matches(':focus-visible') ?? false;
    const cursor = { lane: place.lane, from: place.anchor, to: place.pass, isFocused };
    const next = { view, layout, colors, cursor };
    drawTimeline(pen, next, this.drawn);
    this.drawn = next;
  }

  private send(edit: LaneEdit, gesture = `timeline ${String(++gestures)}`): void {
    const { view } = this;
    if (view) this.dispatchEvent(uiEvent('cw-schedule-edit', { node: view.node, gesture, edit }));
  }

  private at(event: PointerEvent): { x: number; y: number } {
    const box = this.strip?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }

  private onPointerDown(event: PointerEvent): void {
    const { view } = this;
    if (!view || event.button !== 0) return;
    const { x, y } = this.at(event);
    const layout = layoutTimeline(view, this.width);
    const lane = laneUnder(layout, y);
    const pass = passUnder(layout, view, x);
    const target = lane === undefined ? undefined : view.lanes[lane];
    if (lane === undefined || !target) return;
    this.place = { lane, anchor: Math.max(0, pass), pass: Math.max(0, pass) };
    if (x < layout.left || pass < 0) return;
    this.strip?.setPointerCapture(event.pointerId);
    const reach = event.pointerType === 'touch' ? 16 : 7;
    this.gesture = new TimelineGesture({
      lane: target,
      row: lane,
      pass,
      grip: gripUnder(layout, view, lane, x, y, reach),
      brush: this.brushFor(target),
      every: this.every,
      isDrawing: this.isDrawing && target.kind === 'number',
      name: `timeline ${String(++gestures)}`,
    });
    this.apply(x, y, event.shiftKey);
  }

  private onPointerMove(event: PointerEvent): void {
    const { view } = this;
    if (!view) return;
    const { x, y } = this.at(event);
    if (this.gesture) {
      // A pointer tells more places than the screen has frames: the last one of each counts.
      if (!this.pending) {
        requestAnimationFrame(() => {
          this.flush();
        });
      }
      this.pending = [x, y, event.shiftKey];
      return;
    }
    const layout = layoutTimeline(view, this.width);
    const lane = laneUnder(layout, y) ?? this.place.lane;
    this.hover = x < layout.left ? undefined : { lane, pass: passUnder(layout, view, x) };
    const grip = gripUnder(layout, view, lane, x, y, 7);
    this.strip?.classList.toggle('over-end', grip?.kind === 'end');
    this.strip?.classList.toggle('over-point', grip?.kind === 'point');
  }

  private flush(): void {
    const { pending } = this;
    this.pending = undefined;
    if (pending) this.apply(...pending);
  }

  private apply(x: number, y: number, isFine: boolean): void {
    const { view, gesture } = this;
    if (!view || !gesture) return;
    const layout = layoutTimeline(view, this.width);
    const pass = Math.max(0, passUnder(layout, view, x));
    this.place = { ...this.place, pass, ...(gesture.isPaint ? {} : { anchor: pass }) };
    this.hover = { lane: this.place.lane, pass };
    const edit = gesture.to(view, layout, x, y, isFine);
    if (edit) this.send(edit, gesture.name);
  }

  private onPointerUp(): void {
    this.flush();
    this.gesture = undefined;
  }

  private onDoubleClick(): void {
    const { lane, place } = this;
    if (lane?.kind === 'number' && lane.points.length > 1) {
      this.send({
        kind: 'unpoint',
        lane: lane.name,
        base: lane.text,
        from: place.pass,
        to: place.pass,
      });
    }
  }

  private onKey(event: KeyboardEvent): void {
    const { view, lane, place } = this;
    if (!view || !lane || event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      const shift = shiftEdit(lane, place, event.key, event.shiftKey);
      if (!shift) return;
      event.preventDefault();
      this.send(shift);
      this.follow(shift);
      return;
    }
    const moved = moveCursor(view, place, event.key, event.shiftKey);
    const brush = this.brushFor(lane);
    const edit = moved ? undefined : keyEdit(lane, place, event.key, event.shiftKey, brush);
    if (!moved && !edit) return;
    event.preventDefault();
    if (moved) [this.place, this.hover] = [moved, undefined];
    if (edit)
      this.send(edit, repeats.has(event.key) ? `keys ${lane.name} ${event.key}` : undefined);
  }

  /** The selection goes where what it held went. */
  private follow(edit: LaneEdit): void {
    const { view, place } = this;
    if (!view) return;
    const last = view.steps - view.skip - 1;
    if (edit.kind === 'shift') {
      const by = Math.min(last - edit.to, Math.max(-edit.from, edit.by));
      this.place = { ...place, anchor: place.anchor + by, pass: place.pass + by };
    } else if (edit.kind === 'stretch') {
      this.place = { ...place, anchor: edit.from, pass: Math.min(last, edit.newTo) };
    } else if (edit.kind === 'point' && edit.index !== undefined) {
      this.place = { ...place, anchor: edit.pass, pass: edit.pass };
    }
  }

  /** The selected passes; the whole axis when one pass is selected. */
  private chosen(view: TimelineView): { readonly from: number; readonly to: number } {
    const { anchor, pass } = this.place;
    return anchor === pass
      ? { from: 0, to: view.steps - view.skip - 1 }
      : { from: Math.min(anchor, pass), to: Math.max(anchor, pass) };
  }

  private renderTools(view: TimelineView, lane: TimelineLane): TemplateResult {
    return timelineTools({
      view,
      lane,
      brush: this.brushFor(lane),
      every: this.every,
      isDrawing: this.isDrawing,
      ...this.chosen(view),
      set: ({ brush, every, isDrawing }) => {
        if (brush !== undefined && lane.kind === 'mask') this.maskBrush = brush;
        else if (brush !== undefined) this.brush = brush;
        this.every = every ?? this.every;
        this.isDrawing = isDrawing ?? this.isDrawing;
      },
      send: (edit) => {
        this.send(edit);
      },
    });
  }

  private brushFor({ kind }: TimelineLane): CellValue {
    return kind === 'mask' ? this.maskBrush : this.brush;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', texts().timeline.title);
  }

  override render(): TemplateResult {
    const { view, lane, hover, place } = this;
    const t = texts().timeline;
    if (!view || !lane)
      return html`<header role="none">
        <h2>${t.title}</h2>
        <span class="dim">${t.none}</span>
      </header>`;
    const shown = hover ?? place;
    const shownLane = view.lanes[shown.lane] ?? lane;
    return html`
      ${timelineHeader(view, this.renderTools(view, lane), this.isLive, (event) => {
        this.dispatchEvent(event);
      })}
      <div
        class="strip"
        role="application"
        tabindex="0"
        aria-label=${t.strip(lane.label)}
        aria-roledescription="timeline"
        aria-describedby="keys"
        @pointerdown=${(event: PointerEvent) => {
          this.onPointerDown(event);
        }}
        @pointermove=${(event: PointerEvent) => {
          this.onPointerMove(event);
        }}
        @pointerup=${() => {
          this.onPointerUp();
        }}
        @pointercancel=${() => {
          this.onPointerUp();
        }}
        @pointerleave=${() => (this.hover = undefined)}
        @dblclick=${() => {
          this.onDoubleClick();
        }}
        @keydown=${(event: KeyboardEvent) => {
          this.onKey(event);
        }}
        @focus=${() => {
          this.draw();
        }}
        @blur=${() => {
          this.draw();
        }}
      >
        <canvas aria-hidden="true"></canvas>
      </div>
      <p id="keys" class="visually-hidden">${t.keys}</p>
      ${timelineWords(view, columnWords(view, shown.pass, shownLane))}
      ${timelineNumbers(lane, place, (edit) => {
        this.send(edit);
        this.follow(edit);
      })}
      ${timelineText(lane, (edit) => {
        this.send(edit);
      })}
    `;
  }
}

/** Keys that are held down: their edits are one step. */
const repeats = new Set(['+', '=', '-', '_']);
