import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { placeBubble, type Box, type BubblePlace } from './guide-place.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

const steps = ['choose', 'run', 'edit'] as const;

/** One of the first steps. */
export type GuideStep = (typeof steps)[number];

/** What a step points at, as the page is laid out now. */
export interface GuideTargets {
  readonly targets: readonly Box[];
  /** What the bubble leaves clear where it can. */
  readonly free?: Box;
}

/** From the edges of the window. */
const margin = 8;

/**
 * The first steps, shown once: a bubble beside what each of them speaks of, with a frame around that. It follows the layout
 * and lies over nothing that it points at. Sends `cw-close` when the steps are finished or skipped.
 */
@customElement('cw-guide')
export class CwGuide extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: fixed;
        z-index: 10;
        box-sizing: border-box;
        width: min(320px, calc(100vw - 16px));
        padding: var(--cw-3) var(--cw-3) var(--cw-3) var(--cw-4);
        border: 1px solid var(--cw-accent);
        border-radius: var(--cw-radius-large);
        background: var(--cw-raised);
        box-shadow: var(--cw-shadow);
      }
      .ring {
        position: fixed;
        box-sizing: border-box;
        border: 2px solid var(--cw-accent);
        border-radius: var(--cw-radius);
        pointer-events: none;
      }
      .arrow {
        position: absolute;
        box-sizing: border-box;
        width: 14px;
        height: 14px;
        border: 1px solid var(--cw-accent);
        border-width: 1px 0 0 1px;
        background: var(--cw-raised);
        pointer-events: none;
      }
      .top,
      .bottom {
        display: flex;
        align-items: center;
        gap: var(--cw-2);
      }
      .top .dim {
        flex: 1;
        font-size: 12px;
      }
      .top button {
        width: var(--cw-target);
      }
      p {
        margin: var(--cw-1) 0 var(--cw-3);
      }
      .dots {
        flex: 1;
        display: flex;
        gap: 6px;
      }
      .dots i {
        width: 7px;
        height: 7px;
        border-radius: 50%;
        background: var(--cw-line);
      }
      .dots .is-reached {
        background: var(--cw-accent);
      }
    `,
  ];

  /** Where the things are that a step speaks of. */
  @property({ attribute: false }) accessor targetsOf: (step: GuideStep) => GuideTargets = () => ({
    targets: [],
  });
  /** Whether the graph runs: who has pressed Run need not be told to. */
  @property({ type: Boolean }) accessor isRunning = false;
  @state() private accessor at = 0;
  @state() private accessor place: BubblePlace = { left: margin, top: 0, edge: 'none', arrow: 0 };
  @state() private accessor targets: readonly Box[] = [];
  private seen = '';
  private frame = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', texts().shell.guide.title);
    this.frame = requestAnimationFrame(this.follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const hasBegun = changed.get('isRunning') === false && this.isRunning;
    if (hasBegun && steps[this.at] === 'run') this.at += 1;
  }

  /** The page moves under the bubble in many ways; what it points at is looked for before every frame. */
  private readonly follow = (): void => {
    this.frame = requestAnimationFrame(this.follow);
    const { targets, free } = this.targetsOf(steps[this.at] ?? 'choose');
    const size = { width: this.offsetWidth, height: this.offsetHeight };
    const room = {
      left: margin,
      top: margin,
      width: innerWidth - 2 * margin,
      height: innerHeight - 2 * margin,
    };
    const seen = JSON.stringify([targets, free, size, room]);
    if (seen === this.seen) return;
    this.seen = seen;
    this.targets = targets;
    this.place = placeBubble(size, targets, room, free);
    this.style.left = `${String(this.place.left)}px`;
    this.style.top = `${String(this.place.top)}px`;
  };

  private close(): void {
    this.dispatchEvent(uiEvent('cw-close', undefined));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  private renderArrow(): TemplateResult {
    const { edge, arrow } = this.place;
    const along = `${String(arrow - 7)}px`;
    const turns = { top: 45, right: 135, bottom: 225, left: 315, none: 0 } as const;
    const isAcross = edge === 'top' || edge === 'bottom';
    const style = {
      display: edge === 'none' ? 'none' : 'block',
      transform: `rotate(${String(turns[edge])}deg)`,
      [isAcross ? 'left' : 'top']: along,
      [edge === 'none' ? 'top' : edge]: '-8px',
    };
    return html`<div class="arrow" aria-hidden="true" style=${styleMap(style)}></div>`;
  }

  private renderRing({ left, top, width, height }: Box): TemplateResult {
    const style = {
      left: `${String(left - 4)}px`,
      top: `${String(top - 4)}px`,
      width: `${String(width + 8)}px`,
      height: `${String(height + 8)}px`,
    };
    return html`<div class="ring" aria-hidden="true" style=${styleMap(style)}></div>`;
  }

  override render(): TemplateResult {
    const words = texts().shell.guide;
    const told = [
      [words.choose, words.chooseText],
      [words.run, words.runText],
      [words.edit, words.editText],
    ] as const;
    const [title, text] = told[this.at] ?? told[0];
    const isLast = this.at === steps.length - 1;
    return html`${this.targets.map((target) => this.renderRing(target))} ${this.renderArrow()}
      <div
        @keydown=${(event: KeyboardEvent) => {
          this.onKey(event);
        }}
      >
        <div class="top">
          <span class="dim">${words.step(this.at + 1, steps.length)}</span>
          <button
            type="button"
            aria-label=${words.skip}
            title=${words.skip}
            @click=${() => {
              this.close();
            }}
          >
            ${icon('close')}
          </button>
        </div>
        <div aria-live="polite">
          <h2>${title}</h2>
          <p>${text}</p>
        </div>
        <div class="bottom">
          <span class="dots" aria-hidden="true"
            >${steps.map((_step, index) => html`<i class=${index <= this.at ? 'is-reached' : ''}></i>`)}</span
          >
          <button
            type="button"
            class="primary"
            @click=${() => {
              if (isLast) this.close();
              else this.at += 1;
            }}
          >
            ${isLast ? words.done : words.next}
          </button>
        </div>
      </div>`;
  }
}
