import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';

/** A run as the queue shows it. */
export interface QueueRow {
  readonly id: number;
  readonly title: string;
  /** What it is asked for, and its seeds. */
  readonly detail: string;
}

/** A seed of the graph with what happens to it. */
export interface SeedRow {
  readonly node: string;
  readonly input: string;
  readonly title: string;
  readonly value: number;
  readonly control: 'fixed' | 'increment' | 'decrement' | 'randomize';
}

/**
 * What runs and what waits, how often a run is queued, and what happens to seeds. Sends `cw-close`, `cw-command`
 * (`cancel`, `clear-queue`, `toggle-live`), `cw-queue-moved`, `cw-queue-removed`, `cw-seed` and `cw-run-count`.
 */
@customElement('cw-queue-panel')
export class CwQueuePanel extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: fixed;
        z-index: 20;
        top: 52px;
        left: var(--cw-2);
        width: min(340px, calc(100vw - 16px));
        max-height: calc(100dvh - 68px);
        overflow: auto;
        padding: var(--cw-3);
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius-large);
        background: var(--cw-raised);
        box-shadow: var(--cw-shadow);
      }
      header,
      .row,
      .choice {
        display: flex;
        align-items: center;
        gap: var(--cw-1);
      }
      h2,
      .row > span,
      .choice label {
        flex: 1;
        min-width: 0;
      }
      .row > span,
      .choice label {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      h3 {
        margin-top: var(--cw-3);
      }
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .row {
        min-height: 34px;
        border-bottom: 1px solid var(--cw-line);
      }
      .row button,
      header button {
        min-width: var(--cw-target, 30px);
        padding: 0;
      }
      .choice {
        min-height: 36px;
        gap: var(--cw-2);
      }
      select,
      input[type='number'] {
        min-height: 28px;
        padding: 0 var(--cw-1);
        border: 1px solid var(--cw-line);
        border-radius: var(--cw-radius);
        background: var(--cw-field);
      }
      input[type='number'] {
        width: 64px;
        text-align: right;
      }
      input[type='checkbox'] {
        width: 16px;
        height: 16px;
        accent-color: var(--cw-accent);
      }
    `,
  ];

  @property({ attribute: false }) accessor current: QueueRow | undefined;
  @property({ attribute: false }) accessor pending: readonly QueueRow[] = [];
  @property({ attribute: false }) accessor seeds: readonly SeedRow[] = [];
  @property({ type: Number }) accessor count = 1;
  @property({ type: Boolean }) accessor isLive = false;
  @property({ type: Boolean }) accessor isStopping = false;

  /** The place of the row that is being taken out. */
  private removedAt: number | undefined;

  private readonly onPointer = (event: PointerEvent): void => {
    const path = event.composedPath();
    const onToggle = path.some((at) => at instanceof HTMLElement && at.dataset['queue'] === '');
    if (!path.includes(this) && !onToggle) this.close();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'dialog');
    this.setAttribute('aria-label', texts().running.queue.title);
    this.ownerDocument.addEventListener('pointerdown', this.onPointer);
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.close();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument.removeEventListener('pointerdown', this.onPointer);
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  private close(): void {
    this.dispatchEvent(uiEvent('cw-close', undefined));
  }

  private command(name: string): () => void {
    return () => this.dispatchEvent(uiEvent('cw-command', name));
  }

  /** A button goes with its row: the focus moves on to the next row, so that the keyboard stays in the panel. */
  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('pending') || this.removedAt === undefined) return;
    const left = this.renderRoot.querySelectorAll<HTMLElement>('li button:last-child');
    const next = left[Math.min(this.removedAt, left.length - 1)];
    (next ?? this.renderRoot.querySelector('input'))?.focus();
    this.removedAt = undefined;
  }

  private renderPending(row: QueueRow, index: number): TemplateResult {
    const words = texts().running.queue;
    const move = (steps: number) => () =>
      this.dispatchEvent(uiEvent('cw-queue-moved', { id: row.id, steps }));
    return html`<li class="row">
      ${renderWords(row)}
      <button
        type="button"
        aria-label=${`${words.earlier}: ${row.title}`}
        title=${words.earlier}
        ?disabled=${index === 0}
        @click=${move(-1)}
      >
        ${icon('up')}
      </button>
      <button
        type="button"
        aria-label=${`${words.later}: ${row.title}`}
        title=${words.later}
        ?disabled=${index === this.pending.length - 1}
        @click=${move(1)}
      >
        ${icon('down')}
      </button>
      <button
        type="button"
        aria-label=${`${words.remove}: ${row.title}`}
        title=${words.remove}
        @click=${() => {
          this.removedAt = index;
          this.dispatchEvent(uiEvent('cw-queue-removed', row.id));
        }}
      >
        ${icon('close')}
      </button>
    </li>`;
  }

  private renderRuns(): TemplateResult {
    const words = texts().running.queue;
    const { current, pending } = this;
    return html`${
      current
        ? html`<h3>${words.now}</h3>
            <div class="row">
              ${renderWords(current)}
              <button
                type="button"
                aria-label=${words.cancel}
                title=${words.cancel}
                ?disabled=${this.isStopping}
                @click=${this.command('cancel')}
              >
                ${icon('cancel')}
              </button>
            </div>`
        : nothing
    }
    ${
      pending.length > 0
        ? html`<h3>${words.pending}</h3>
            <ol aria-label=${words.pending}>
              ${pending.map((row, index) => this.renderPending(row, index))}
            </ol>`
        : nothing
    }
    ${!current && pending.length === 0 ? html`<p class="dim">${words.empty}</p>` : nothing}`;
  }

  private renderChoices(): TemplateResult {
    const words = texts().running.queue;
    return html`<div class="choice">
        <label for="count">${words.count}</label>
        <input
          id="count"
          type="number"
          min="1"
          max="100"
          .value=${String(this.count)}
          @change=${(event: Event) => {
            const wanted = Math.round(Number((event.target as HTMLInputElement).value));
            const count = Math.min(100, Math.max(1, wanted || 1));
            this.dispatchEvent(uiEvent('cw-run-count', count));
          }}
        />
      </div>
      <div class="choice">
        <label for="live">${words.live}</label>
        <input
          id="live"
          type="checkbox"
          .checked=${this.isLive}
          @change=${this.command('toggle-live')}
        />
      </div>`;
  }

  private renderSeed({ node, input, title, value, control }: SeedRow): TemplateResult {
    const words = texts().running.queue;
    const id = `seed-${node}-${input}`;
    return html`<div class="choice">
      <label for=${id}>${title} <span class="dim">${value}</span></label>
      <select
        id=${id}
        @change=${(event: Event) =>
          this.dispatchEvent(
            uiEvent('cw-seed', { node, input, control: (event.target as HTMLSelectElement).value }),
          )}
      >
        ${(['fixed', 'increment', 'decrement', 'randomize'] as const).map(
          (name) =>
            html`<option value=${name} ?selected=${name === control}>${words[name]}</option>`,
        )}
      </select>
    </div>`;
  }

  override render(): TemplateResult {
    const words = texts().running.queue;
    return html`<header role="none">
        <h2>${words.title}</h2>
        <button
          type="button"
          aria-label=${words.clear}
          title=${words.clear}
          ?disabled=${this.pending.length === 0}
          @click=${this.command('clear-queue')}
        >
          ${icon('delete')}
        </button>
        <button
          type="button"
          aria-label=${texts().dialogs.close}
          @click=${() => {
            this.close();
          }}
        >
          ${icon('close')}
        </button>
      </header>
      ${this.renderChoices()} ${this.renderRuns()}
      <h3>${words.seeds}</h3>
      ${
        this.seeds.length === 0
          ? html`<p class="dim">${words.noSeeds}</p>`
          : this.seeds.map((seed) => this.renderSeed(seed))
      }`;
  }
}

function renderWords({ title, detail }: QueueRow): TemplateResult {
  return html`<span title=${`${title} ${detail}`}
    >${title} <span class="dim">${detail}</span></span
  >`;
}
