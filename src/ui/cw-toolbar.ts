import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon, type IconName } from './icons.js';
import { baseStyles } from './styles.js';

/** How far a run is. */
export interface RunProgress {
  /** 0..1 of the whole run. */
  readonly share: number;
  /** What is going on, such as `pass 12 of 68`. */
  readonly text: string;
  /** Such as `about 20 s left`; empty as long as nobody can know. */
  readonly left: string;
}

/** Where the networks run. */
export interface DeviceInfo {
  readonly label: string;
  readonly reason: string;
  readonly isFallback: boolean;
}

/** The bar on top: running, files, history, and what the machine is doing. Sends `cw-command`. */
@customElement('cw-toolbar')
export class CwToolbar extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--cw-1);
        min-height: 48px;
        padding: var(--cw-1) var(--cw-2);
        background: var(--cw-surface);
        border-bottom: 1px solid var(--cw-line);
        overflow: hidden;
      }
      .brand {
        display: flex;
        align-items: center;
        gap: var(--cw-2);
        padding: 0 var(--cw-2) 0 var(--cw-1);
        font-weight: 600;
      }
      .brand img {
        width: 22px;
        height: 22px;
      }
      .rule {
        width: 1px;
        height: 20px;
        margin: 0 var(--cw-1);
        background: var(--cw-line);
      }
      .state {
        flex: 1;
        min-width: 0;
        display: flex;
        align-items: center;
        gap: var(--cw-3);
        padding: 0 var(--cw-2);
      }
      .progress {
        flex: 0 1 360px;
        min-width: 0;
      }
      .words {
        display: flex;
        justify-content: space-between;
        gap: var(--cw-3);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
        overflow: hidden;
      }
      .track {
        height: 4px;
        margin-top: 2px;
        border-radius: 2px;
        background: var(--cw-hover);
        overflow: hidden;
      }
      .track div {
        height: 100%;
        border-radius: 2px;
        background: var(--cw-running);
        transform-origin: left;
        transition: transform var(--cw-quick) linear;
      }
      .device {
        display: flex;
        align-items: center;
        gap: 6px;
        padding: 0 var(--cw-2);
        font-size: 12px;
        color: var(--cw-text-dim);
        white-space: nowrap;
      }
      .device i {
        width: 7px;
        height: 7px;
        border-radius: 50%;
        background: var(--cw-running);
      }
      .device.fallback i {
        border-radius: 1px;
        background: var(--cw-warning);
      }
      .run {
        min-width: 88px;
      }
      .live[aria-pressed='true'] {
        background: var(--cw-accent-soft);
        color: var(--cw-accent);
      }
      @media (max-width: 1000px) {
        .device span,
        .label {
          display: none;
        }
      }
      @media (max-width: 760px) {
        .brand span,
        .wide {
          display: none;
        }
        .run {
          min-width: 0;
        }
        .state {
          padding: 0;
        }
      }
      @media (max-width: 420px) {
        .brand {
          display: none;
        }
        :host {
          gap: 0;
          padding: var(--cw-1);
        }
        .narrow-hidden {
          display: none;
        }
        button {
          padding: 0 7px;
        }
      }
    `,
  ];

  @property({ type: Boolean }) accessor isRunning = false;
  @property({ type: Boolean }) accessor isStopping = false;
  @property({ attribute: false }) accessor progress: RunProgress | undefined;
  @property({ attribute: false }) accessor device: DeviceInfo | undefined;
  @property({ type: Boolean }) accessor canUndo = false;
  @property({ type: Boolean }) accessor canRedo = false;
  @property({ type: Boolean }) accessor isPanelOpen = true;
  /** Runs that wait. */
  @property({ type: Number }) accessor pending = 0;
  @property({ type: Boolean }) accessor isQueueOpen = false;
  /** Whether edits start runs. */
  @property({ type: Boolean }) accessor isLive = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'banner');
  }

  private send(name: string): void {
    this.dispatchEvent(uiEvent('cw-command', name));
  }

  private button(
    name: string,
    label: string,
    image: IconName,
    options: { keys?: string; disabled?: boolean; text?: boolean; hide?: string } = {},
  ): TemplateResult {
    return html`<button
      type="button"
      class=${options.hide ?? ''}
      aria-label=${label}
      title=${options.keys ? `${label} (${options.keys})` : label}
      ?disabled=${options.disabled ?? false}
      @click=${() => {
        this.send(name);
      }}
    >
      ${icon(image)}${options.text ? html`<span class="label">${label}</span>` : nothing}
    </button>`;
  }

  private renderRun(): TemplateResult {
    return html`<button
        type="button"
        class="run primary"
        title=${`${texts().shell.run} (Ctrl+Enter)`}
        @click=${() => {
          this.send('run');
        }}
      >
        ${icon('run')} ${texts().shell.run}
      </button>
      ${
        this.isRunning
          ? html`<button
              type="button"
              class="run"
              style="background: var(--cw-hover)"
              title=${`${texts().shell.cancel} (Ctrl+Alt+Enter)`}
              ?disabled=${this.isStopping}
              @click=${() => {
                this.send('cancel');
              }}
            >
              ${icon('cancel')} ${this.isStopping ? texts().shell.stopping : texts().shell.cancel}
            </button>`
          : nothing
      }
      ${this.renderQueue()}`;
  }

  private renderQueue(): TemplateResult {
    const words = texts().running.queue;
    const { live } = words;
    return html`<button
        type="button"
        data-queue
        aria-label=${words.label(this.pending)}
        aria-expanded=${this.isQueueOpen}
        title=${`${words.label(this.pending)} (Q)`}
        @click=${() => {
          this.send('queue');
        }}
      >
        ${icon('queue')}${this.pending > 0 ? html`<span>${this.pending}</span>` : nothing}
      </button>
      <button
        type="button"
        class="live wide"
        aria-label=${live}
        aria-pressed=${this.isLive}
        title=${live}
        @click=${() => {
          this.send('toggle-live');
        }}
      >
        ${icon('live')}
      </button>`;
  }

  private renderProgress(): TemplateResult | typeof nothing {
    const { progress } = this;
    if (!progress) return nothing;
    return html`<div class="progress">
      <div class="words">
        <span>${progress.text}</span><span class="dim wide">${progress.left}</span>
      </div>
      <div
        class="track"
        role="progressbar"
        aria-label=${texts().shell.run}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.round(progress.share * 100)}
        aria-valuetext=${`${progress.text} ${progress.left}`}
      >
        <div style=${`transform: scaleX(${String(progress.share)})`}></div>
      </div>
    </div>`;
  }

  private renderDevice(): TemplateResult {
    const { device } = this;
    if (!device) return html`<span class="device">${texts().shell.starting}</span>`;
    return html`<button
      type="button"
      class=${`device narrow-hidden ${device.isFallback ? 'fallback' : ''}`}
      title=${device.reason}
      aria-label=${texts().shell.device(device.label, device.reason)}
      @click=${() => {
        this.send('show-device');
      }}
    >
      <i></i><span>${device.label}</span>
    </button>`;
  }

  override render(): TemplateResult {
    const words = texts().shell;
    return html`
      <div class="brand"><img src="icons/crossweave.svg" alt="" /><span>Crossweave</span></div>
      ${this.renderRun()}
      <div class="rule wide"></div>
      ${this.button('add', words.addNode, 'add', { keys: 'Shift+A', text: true })}
      ${this.button('open', words.open, 'open', { keys: 'Ctrl+O', text: true })}
      ${this.button('save', words.save, 'save', { keys: 'Ctrl+S', text: true })}
      ${this.button('export', texts().files.exportAs, 'download', { keys: 'Ctrl+Shift+S', hide: 'wide' })}
      <div class="rule wide"></div>
      ${this.button('undo', words.undo, 'undo', { keys: 'Ctrl+Z', disabled: !this.canUndo })}
      ${this.button('redo', words.redo, 'redo', { keys: 'Ctrl+Y', disabled: !this.canRedo })}
      ${this.button('fit', words.fit, 'fit', { keys: '.', hide: 'wide' })}
      <div class="state" aria-live="off">${this.renderProgress()}</div>
      ${this.renderDevice()}
      ${this.button('commands', words.commands, 'search', { keys: 'Ctrl+K', hide: 'narrow-hidden' })}
      ${this.button('settings', words.settings, 'settings', { keys: 'Ctrl+,', hide: 'narrow-hidden' })}
      ${this.button('help', words.help, 'help', { keys: '?', hide: 'wide' })}
      ${this.button('form', texts().dialogs.form.title, 'picture', { keys: 'Alt+A' })}
      ${this.button('timeline', words.timeline, 'timeline', { keys: 'T' })}
      ${this.button('panel', this.isPanelOpen ? words.hidePanel : words.showPanel, 'panel', { keys: 'Alt+P' })}
    `;
  }
}
