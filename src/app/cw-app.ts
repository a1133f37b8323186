import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { GuideStep } from '../ui/cw-guide.js';
import '../ui/cw-toasts.js';
import '../ui/cw-toolbar.js';
import { baseStyles } from '../ui/styles.js';
import { canPerform } from './commands/index.js';
import { commandForKey } from './commands/keys.js';
import { language, texts, type LanguageCode } from '../texts/texts.js';
import { keyed } from 'lit/directives/keyed.js';
import { applyLanguage } from './page-language.js';
import { shellStyles } from './shell-styles.js';
import type { Application } from './application.js';
import { createApplication } from './create-application.js';
import { initialState, type AppState } from './app-state.js';
import './cw-panel.js';
import { renderOverlays } from './overlays.js';
import { announcementOf } from './announcement.js';
import { changeSettings } from './change-settings.js';
import { guideTargets } from './late-code.js';
import { lazily } from './lazily.js';
import { defaultSettings } from '../storage/settings.js';
import { applyLook, watchSystemLook } from './page-look.js';
import { renderWorkspace } from './workspace-view.js';
import { deviceInfo } from './view-models.js';

/** The whole application in one element: toolbar, canvas, panel, and what opens above them. */
@customElement('cw-app')
export class CwApp extends LitElement {
  static override styles = [baseStyles, shellStyles];

  @state() private accessor state: AppState = initialState();
  @state() private accessor isDropping = false;
  /** What became of the last run, for those who do not see it. */
  @state() private accessor spoken: LanguageCode = 'en';
  private announcement = '';
  private readonly openedAt = Date.now();
  private cameFrom: HTMLElement | undefined;
  private application: Application | undefined;
  private ended = new AbortController();

  override firstUpdated(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const overlay = this.renderRoot.querySelector<HTMLElement>('.overlay');
    if (!canvas || !overlay) throw new Error('The shell has no canvas.');
    applyLook(this.state.settings);
    this.application = createApplication(canvas, overlay);
    this.application.store.watch((next) => {
      if (opensAbove(this.state, next)) this.cameFrom = focused(this.ownerDocument);
      this.state = next;
    });
    // On a phone the list comes first: it shows names and values where the canvas shows specks.
    if (matchMedia('(max-width: 560px)').matches) this.application.store.set({ tab: 'list' });
    this.state = this.application.store.get();
    this.listen();
    void this.application.start();
  }

  /** Says something short to the user. */
  note(...said: Parameters<Application['toasts']['note']>): void {
    this.application?.toasts.note(...said);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ended.abort();
    this.application?.dispose();
  }

  override willUpdate(): void {
    const [newest] = this.state.journal;
    if (newest && !this.state.isRunning && newest.startedAt >= this.openedAt) {
      this.announcement = announcementOf(newest);
    }
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('state')) return;
    if (applyLook(this.state.settings)) this.application?.editor.refreshTheme();
    this.speak();
    const { progress, isRunning } = this.state;
    const title = isRunning && progress ? `${progress.text} · Crossweave` : 'Crossweave';
    if (this.ownerDocument.title !== title) this.ownerDocument.title = title;
  }

  /** Draws everything anew when another language has been chosen. */
  private speak(): void {
    const { application, state } = this;
    // The settings are read when the application starts, and the language with them.
    if (!application || state.settings === defaultSettings) return;
    applyLanguage(state.settings).then(() => {
      if (this.spoken === language()) return;
      this.spoken = language();
      application.editor.refreshTheme();
    }, application.toasts.thrown);
  }

  private listen(): void {
    const { signal } = this.ended;
    const view = this.ownerDocument.defaultView;
    watchSystemLook(() => {
      if (applyLook(this.state.settings)) this.application?.editor.refreshTheme();
    }, signal);
    view?.addEventListener(
      'keydown',
      (event) => {
        this.onKey(event);
      },
      { signal },
    );
    view?.addEventListener(
      'paste',
      (event) => {
        this.application?.pasteData(event.clipboardData);
      },
      { signal },
    );
    for (const name of ['dragover', 'dragleave', 'drop'] as const) {
      view?.addEventListener(
        name,
        (event) => {
          this.onDrag(event);
        },
        { signal },
      );
    }
    view?.addEventListener('pagehide', () => void this.application?.workspace.flush(), { signal });
    this.ownerDocument.addEventListener(
      'visibilitychange',
      () => {
        if (this.ownerDocument.hidden) void this.application?.workspace.flush();
      },
      { signal },
    );
  }

  private onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    const target = event.composedPath()[0];
    const isTyping =
      target instanceof HTMLTextAreaElement ||
      (target instanceof HTMLInputElement && target.type !== 'range');
    const command = commandForKey(event, isTyping || isOpenAbove(this.state), this.state.settings);
    // What can do nothing now leaves the key to the browser and to dialogs.
    if (command === undefined || !canPerform(this.state, command)) return;
    // Escape closes what lies over the graph before it leaves a subgraph.
    if (command === 'leave' && event.key === 'Escape' && isCovered(this.state)) return;
    // Copy and paste of text in the panel stay the browser's.
    const selected = this.ownerDocument.getSelection()?.toString() ?? '';
    if (command === 'copy' && selected !== '') return;
    // The browser's own paste event brings the data without asking for leave.
    if (command === 'paste' || command === 'paste-linked') {
      this.application?.expectPaste(command === 'paste-linked');
      return;
    }
    event.preventDefault();
    void this.application?.perform(command);
  }

  private onDrag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isDropping = event.type === 'dragover';
    if (event.type !== 'drop') return;
    const files = Array.from(event.dataTransfer.files);
    void this.application?.takeFiles(files, [event.clientX, event.clientY]);
  }

  private onCommand(event: CustomEvent<string>): void {
    void this.application?.perform(event.detail);
  }

  private renderAbove(): TemplateResult | typeof nothing {
    const { state, application } = this;
    if (!application) return nothing;
    return renderOverlays(application, state, (patch) => {
      application.store.set(patch);
      this.focusBack();
    });
  }

  /** Where the focus was before something opened above, or the canvas when that is gone. */
  private focusBack(): void {
    const { cameFrom } = this;
    this.cameFrom = undefined;
    if (cameFrom?.isConnected) cameFrom.focus();
    else this.renderRoot.querySelector('canvas')?.focus();
  }

  private renderTimeline(): TemplateResult | typeof nothing {
    const { application, state: app } = this;
    if (!application || !app.settings.isTimelineOpen) return nothing;
    lazily(application, () => import('./cw-timeline-dock.js'));
    return html`<cw-timeline-dock
      .state=${app}
      .application=${this.application}
      @cw-command=${(event: CustomEvent<string>) => {
        this.onCommand(event);
      }}
    ></cw-timeline-dock>`;
  }

  private renderGuide(): TemplateResult | typeof nothing {
    const { application, state } = this;
    const isKnown = state.settings !== defaultSettings;
    if (!application || !isKnown || state.settings.hasSeenGuide) return nothing;
    // Settings that cannot be read are no first start, and what is told of them must stay in reach.
    if (state.unreadableRecords.length > 0 || state.unreadable.length > 0) return nothing;
    const targetsOf = guideTargets(application)?.guideTargets;
    if (!targetsOf) return nothing;
    return html`<cw-guide
      .targetsOf=${(step: GuideStep) => targetsOf(application, this.renderRoot, step)}
      .isRunning=${state.isRunning}
      @cw-close=${() => {
        changeSettings(application.store, { hasSeenGuide: true }).catch((error: unknown) => {
          application.toasts.thrown(error);
        });
        this.renderRoot.querySelector('canvas')?.focus();
      }}
    ></cw-guide>`;
  }

  override render(): TemplateResult {
    const { state: app } = this;
    const isOpen = app.settings.isPanelOpen;
    return html`
      ${keyed(
        this.spoken,
        html`<cw-toolbar
          .isRunning=${app.isRunning}
          .isStopping=${app.isStopping}
          .progress=${app.progress}
          .device=${app.device && deviceInfo(app.device)}
          .canUndo=${app.canUndo}
          .canRedo=${app.canRedo}
          .isPanelOpen=${isOpen}
          .pending=${app.queue.length}
          .isQueueOpen=${app.isQueueOpen}
          .isLive=${app.settings.isLive}
          @cw-command=${(event: CustomEvent<string>) => {
            this.onCommand(event);
          }}
        ></cw-toolbar>`,
      )}
      ${this.renderGuide()}
      <div class="above" role="region" aria-label=${texts().files.tabs}>
        ${this.application ? renderWorkspace(this.application, app) : nothing}
      </div>
      <main
        class=${`${isOpen ? 'with-panel' : ''} ${app.settings.isTimelineOpen ? 'with-timeline' : ''}`}
        @cw-node-selected=${(event: CustomEvent<string>) => {
          this.application?.showNode(event.detail);
        }}
      >
        <div class="canvas">
          <canvas tabindex="0" role="application" aria-label=${texts().canvas.label}></canvas>
          <div class="overlay"></div>
          ${this.isDropping ? html`<div class="drop">${texts().canvas.dropHere}</div>` : nothing}
        </div>
        ${
          isOpen
            ? keyed(
                this.spoken,
                html`<cw-panel .state=${app} .application=${this.application}></cw-panel>`,
              )
            : nothing
        }
      </main>
      ${this.renderTimeline()} ${this.renderAbove()}
      <div class="visually-hidden" role="status">${this.announcement}</div>
      <div class="visually-hidden" role="status">${app.spoken}</div>
      <cw-toasts
        .toasts=${app.toasts}
        @cw-pick=${(event: CustomEvent<string>) => {
          this.application?.closeToast(Number(event.detail));
        }}
      ></cw-toasts>
    `;
  }
}

/** Whether something opens that takes the focus. */
function opensAbove(before: AppState, after: AppState): boolean {
  return isOpenAbove(after) && !isOpenAbove(before);
}

/** Whether a dialog, menu, palette or viewer has the keys; those of the canvas then do nothing. */
function isOpenAbove({ dialog, menu, palette, viewed, comparedRuns }: AppState): boolean {
  return [dialog, menu, palette, viewed, comparedRuns].some((open) => open !== undefined);
}

/** The element that has the focus, looked for inside shadow roots. */
function focused({ activeElement }: Document): HTMLElement | undefined {
  let element = activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

/** Whether a dialog, a menu or a card lies over the graph. */
function isCovered({ dialog, menu, palette, viewed, shownValue }: AppState): boolean {
  return [dialog, menu, palette, viewed, shownValue].some((shown) => shown !== undefined);
}
