import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { drawTimeline } from './draw-timeline.js';
import { uiEvent } from './events.js';
import { baseStyles } from './styles.js';
import { timelineColors } from './timeline-colors.js';
import { TimelineGesture } from './timeline-gesture.js';
import { keyEdit, moveCursor } from './timeline-keys.js';
import { gripUnder, laneUnder, layoutTimeline, passUnder } from './timeline-layout.js';
import {
  columnWords,
  type CellValue,
  type LaneEdit,
  type TimelineLane,
  type TimelineView,
} from './timeline-model.js';
import { everyField, timelineHeader, timelineText } from './timeline-parts.js';
import { timelineStyles } from './timeline-styles.js';

const brushes = [
  ['own', 'Own', '1'],
  ['appearance', 'Appearance', '2'],
  ['structure', 'Structure', '3'],
] as const;

/** Where the cursor is: a lane and the passes that are selected in it. */
export interface TimelinePlace {
  readonly lane: number;
  readonly anchor: number;
  readonly pass: number;
}

let gestures = 0;

/**
 * A schedule pass by pass: lanes to be painted, curves to be bent, and the exact text of the lane. Sends
 * `cw-schedule-edit`, `cw-command` (`swap-schedules`, `toggle-live`, `timeline`), `cw-schedule-chosen` and
 * `cw-preset`.
 */
@customElement('cw-schedule-timeline')
export class CwScheduleTimeline extends LitElement {
  static override styles = [baseStyles, timelineStyles];

  @property({ attribute: false }) accessor view: TimelineView | undefined;
  /** Whether edits start a run. */
  @property({ type: Boolean }) accessor isLive = false;

  @state() private accessor place: TimelinePlace = { lane: 0, anchor: 0, pass: 0 };
  @state() private accessor brush: CellValue = 'structure';
  @state() private accessor every = 1;
  @state() private accessor hover: { readonly pass: number; readonly lane: number } | undefined;
  private width = 600;
  private gesture: TimelineGesture | undefined;
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
    }
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    drawTimeline(pen, view, layout, timelineColors(canvas), {
      lane: place.lane,
      from: place.anchor,
      to: place.pass,
      isFocused: this.strip?.matches(':focus-visible') ?? false,
    });
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
      brush: target.kind === 'switch' ? target.cells[pass] !== true : this.brush,
      every: this.every,
      name: `timeline ${String(++gestures)}`,
    });
    this.apply(x, y, event.shiftKey);
  }

  private onPointerMove(event: PointerEvent): void {
    const { view } = this;
    if (!view) return;
    const { x, y } = this.at(event);
    if (this.gesture) {
      this.apply(x, y, event.shiftKey);
      return;
    }
    const layout = layoutTimeline(view, this.width);
    const lane = laneUnder(layout, y) ?? this.place.lane;
    this.hover = x < layout.left ? undefined : { lane, pass: passUnder(layout, view, x) };
    const grip = gripUnder(layout, view, lane, x, y, 7);
    this.strip?.classList.toggle('over-end', grip?.kind === 'end');
    this.strip?.classList.toggle('over-point', grip?.kind === 'point');
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
    if (!view || !lane || event.ctrlKey || event.metaKey || event.altKey) return;
    const moved = moveCursor(view, place, event.key, event.shiftKey);
    const edit = moved ? undefined : keyEdit(lane, place, event.key, event.shiftKey, this.brush);
    if (!moved && !edit) return;
    event.preventDefault();
    if (moved) [this.place, this.hover] = [moved, undefined];
    if (edit)
      this.send(edit, repeats.has(event.key) ? `keys ${lane.name} ${event.key}` : undefined);
  }

  private fill(value: CellValue): void {
    const { view, lane, place, every } = this;
    if (!view || !lane) return;
    const { name, text: base } = lane;
    const isWhole = place.anchor === place.pass;
    const from = isWhole ? 0 : Math.min(place.anchor, place.pass);
    const to = isWhole ? view.steps - view.skip - 1 : Math.max(place.anchor, place.pass);
    if (lane.kind === 'number') this.send({ kind: 'text', lane: name, text: '' });
    else this.send({ kind: 'paint', lane: name, base, from, to, every, value });
  }

  private clear(): void {
    const { lane } = this;
    if (!lane) return;
    if (lane.kind === 'source') this.fill('own');
    else this.send({ kind: 'text', lane: lane.name, text: 'off' });
  }

  private copy(): void {
    const { lane } = this;
    const other = lane?.name === 'full' ? 'half' : 'full';
    if (lane?.kind === 'source') this.send({ kind: 'text', lane: other, text: lane.text });
  }

  private renderTools(): TemplateResult {
    const { lane } = this;
    const isSource = lane?.kind === 'source';
    return html`
      <div class="brushes" role="radiogroup" aria-label="Brush">
        ${brushes.map(
          ([value, label, key]) =>
            html`<button
              type="button"
              role="radio"
              aria-checked=${this.brush === value}
              title=${`Paint ${label.toLowerCase()} (${key})`}
              @click=${() => (this.brush = value)}
            >
              <i class=${value}></i>${label}
            </button>`,
        )}
      </div>
      ${everyField(this.every, (every) => {
        this.every = every;
      })}
      <button
        type="button"
        ?disabled=${!isSource}
        title="Fill the selected passes, or the whole lane"
        @click=${() => {
          this.fill(this.brush);
        }}
      >
        Fill
      </button>
      <button
        type="button"
        title="Empty the selected passes, or the whole lane"
        @click=${() => {
          this.clear();
        }}
      >
        Clear
      </button>
      <button
        type="button"
        ?disabled=${!isSource}
        title="Give the other scale the same lane"
        @click=${() => {
          this.copy();
        }}
      >
        Copy to ${lane?.name === 'full' ? '1/2' : '1'}
      </button>
    `;
  }

  override render(): TemplateResult {
    const { view, lane, hover, place } = this;
    if (!view || !lane)
      return html`<header>
        <h2>Schedule</h2>
        <span class="dim">The graph has no Injection Schedule.</span>
      </header>`;
    const shown = hover ?? place;
    const shownLane = view.lanes[shown.lane] ?? lane;
    return html`
      ${timelineHeader(view, this.renderTools(), this.isLive, (event) => {
        this.dispatchEvent(event);
      })}
      <div
        class="strip"
        role="application"
        tabindex="0"
        aria-label=${`Schedule timeline, ${lane.label}`}
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
      <p id="keys" class="visually-hidden">
        Arrow keys move, Shift extends. 1, 2, 3 paint own, appearance, structure. Plus and minus
        change a curve, Delete clears.
      </p>
      <div class="words" role="status" aria-live="polite">
        ${columnWords(view, shown.pass, shownLane)}
      </div>
      ${timelineText(lane, (edit) => {
        this.send(edit);
      })}
    `;
  }
}

/** Keys that are held down: their edits are one step. */
const repeats = new Set(['+', '=', '-', '_']);
