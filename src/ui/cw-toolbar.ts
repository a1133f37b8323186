import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { icon, type IconName } from './icons.js';
import { baseStyles } from './styles.js';
import { toolbarStyles } from './toolbar-styles.js';

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
  static override styles = [baseStyles, toolbarStyles];

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
      data-command=${name}
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
    const { run, cancel, stopping } = texts().shell;
    const stop = this.isStopping ? stopping : cancel;
    const size = this.isRunning ? 'run beside' : 'run';
    return html`<button
        type="button"
        class=${`${size} primary`}
        data-command="run"
        aria-label=${run}
        title=${`${run} (Ctrl+Enter)`}
        @click=${() => {
          this.send('run');
        }}
      >
        ${icon('run')} <span>${run}</span>
      </button>
      ${
        this.isRunning
          ? html`<button
              type="button"
              class=${size}
              style="background: var(--cw-hover)"
              aria-label=${stop}
              title=${`${cancel} (Ctrl+Alt+Enter)`}
              ?disabled=${this.isStopping}
              @click=${() => {
                this.send('cancel');
              }}
            >
              ${icon('cancel')} <span>${stop}</span>
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
