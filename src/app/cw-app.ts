import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../ui/cw-help-dialog.js';
import '../ui/cw-menu.js';
import '../ui/cw-node-palette.js';
import '../ui/cw-picture-viewer.js';
import '../ui/cw-toasts.js';
import '../ui/cw-toolbar.js';
import { icon } from '../ui/icons.js';
import { messageFor } from '../ui/messages.js';
import { baseStyles } from '../ui/styles.js';
import { actions, actionForKey, gestureHelp, isActionName } from './actions.js';
import { shellStyles } from './shell-styles.js';
import type { Application } from './application.js';
import { createApplication } from './create-application.js';
import { initialState, type AppState } from './app-state.js';
import './cw-panel.js';
import './cw-timeline-dock.js';
import { deviceInfo, paletteEntries } from './view-models.js';

/** The whole application in one element: toolbar, canvas, panel, and what opens above them. */
@customElement('cw-app')
export class CwApp extends LitElement {
  static override styles = [baseStyles, shellStyles];

  @state() private accessor state: AppState = initialState();
  @state() private accessor isDropping = false;
  private application: Application | undefined;
  private ended = new AbortController();

  override firstUpdated(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const overlay = this.renderRoot.querySelector<HTMLElement>('.overlay');
    if (!canvas || !overlay) throw new Error('The shell has no canvas.');
    this.application = createApplication(canvas, overlay);
    this.application.store.watch((next) => {
      this.state = next;
    });
    this.state = this.application.store.get();
    this.listen();
    void this.application.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ended.abort();
    this.application?.dispose();
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('state')) return;
    const { theme } = this.state.settings;
    const root = this.ownerDocument.documentElement;
    const before = root.dataset['theme'];
    const wanted = theme === 'system' ? undefined : theme;
    if (before !== wanted) {
      if (wanted) root.dataset['theme'] = wanted;
      else delete root.dataset['theme'];
      this.application?.editor.refreshTheme();
    }
    const { progress, isRunning } = this.state;
    const title = isRunning && progress ? `${progress.text} · Crossweave` : 'Crossweave';
    if (this.ownerDocument.title !== title) this.ownerDocument.title = title;
  }

  private listen(): void {
    const { signal } = this.ended;
    const view = this.ownerDocument.defaultView;
    const dark = view?.matchMedia('(prefers-color-scheme: dark)');
    dark?.addEventListener('change', () => this.application?.editor.refreshTheme(), { signal });
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
    view?.addEventListener('pagehide', () => void this.application?.session.flush(), { signal });
    this.ownerDocument.addEventListener(
      'visibilitychange',
      () => {
        if (this.ownerDocument.hidden) void this.application?.session.flush();
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
    const action = actionForKey(
      event,
      isTyping || this.renderRoot.querySelector('cw-menu') !== null,
    );
    if (action === undefined) return;
    // Copy and paste of text in the panel stay the browser's.
    const selected = this.ownerDocument.getSelection()?.toString() ?? '';
    if (action === 'copy' && selected !== '') return;
    // The browser's own paste event brings the data without asking for leave.
    if (action === 'paste' || action === 'paste-linked') {
      this.application?.expectPaste(action === 'paste-linked');
      return;
    }
    event.preventDefault();
    void this.application?.perform(action);
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
    if (isActionName(event.detail)) void this.application?.perform(event.detail);
  }

  private renderAbove(): TemplateResult {
    const { state: app, application } = this;
    const close = (patch: Partial<AppState>): void => {
      application?.store.set(patch);
      this.renderRoot.querySelector('canvas')?.focus();
    };
    return html`
      ${
        app.menu
          ? html`<cw-menu
              .label=${app.menu.label}
              .items=${app.menu.items}
              .at=${app.menu.at}
              @cw-close=${() => {
                close({ menu: undefined });
              }}
              @cw-pick=${(event: CustomEvent<string>) => {
                const { menu } = app;
                close({ menu: undefined });
                menu?.onPick(event.detail);
              }}
            ></cw-menu>`
          : nothing
      }
      ${
        app.palette && application
          ? html`<cw-node-palette
              .entries=${paletteEntries(application.registry, app.palette)}
              .hint=${app.palette.link ? `Nodes that fit ${app.palette.link.type}` : ''}
              .at=${app.palette.at}
              @cw-close=${() => {
                close({ palette: undefined });
              }}
              @cw-pick=${(event: CustomEvent<string>) => {
                const { palette } = app;
                close({ palette: undefined });
                if (palette) application.addNode(event.detail, palette);
              }}
            ></cw-node-palette>`
          : nothing
      }
      ${
        app.viewed !== undefined && application
          ? html`<cw-picture-viewer
              .label=${application.titleOf(app.viewed)}
              .pictures=${application.runs.picturesOf(app.viewed)}
              @cw-close=${() => {
                close({ viewed: undefined });
              }}
              @cw-pick=${(event: CustomEvent<string>) => {
                if (app.viewed !== undefined)
                  void application.savePicture(app.viewed, event.detail);
              }}
            ></cw-picture-viewer>`
          : nothing
      }
      ${
        app.isHelpOpen
          ? html`<cw-help-dialog
              .groups=${helpGroups}
              @cw-close=${() => {
                close({ isHelpOpen: false });
              }}
            ></cw-help-dialog>`
          : nothing
      }
    `;
  }

  private renderBanner(): TemplateResult | typeof nothing {
    const { storageFailure } = this.state;
    if (!storageFailure) return nothing;
    const { sentence, remedy } = messageFor(storageFailure);
    return html`<div class="banner" role="alert">
      ${icon('warning')}<span>${sentence} ${remedy}</span>
      <button type="button" class="primary" @click=${() => void this.application?.perform('save')}>
        Download the graph
      </button>
    </div>`;
  }

  override render(): TemplateResult {
    const { state: app } = this;
    const isOpen = app.settings.isPanelOpen;
    return html`
      <cw-toolbar
        .isRunning=${app.isRunning}
        .isStopping=${app.isStopping}
        .progress=${app.progress}
        .device=${app.device && deviceInfo(app.device)}
        .canUndo=${app.canUndo}
        .canRedo=${app.canRedo}
        .theme=${app.settings.theme}
        .isPanelOpen=${isOpen}
        @cw-command=${(event: CustomEvent<string>) => {
          this.onCommand(event);
        }}
      ></cw-toolbar>
      ${this.renderBanner()}
      <main
        class=${`${isOpen ? 'with-panel' : ''} ${app.settings.isTimelineOpen ? 'with-timeline' : ''}`}
        @cw-node-selected=${(event: CustomEvent<string>) => {
          this.application?.showNode(event.detail);
        }}
      >
        <div class="canvas">
          <canvas
            tabindex="0"
            role="application"
            aria-label="Graph canvas. The List tab of the panel shows the same graph as a tree."
          ></canvas>
          <div class="overlay"></div>
          ${this.isDropping ? html`<div class="drop">Drop pictures or a graph</div>` : nothing}
        </div>
        ${
          isOpen
            ? html`<cw-panel .state=${app} .application=${this.application}></cw-panel>`
            : nothing
        }
      </main>
      ${
        app.settings.isTimelineOpen
          ? html`<cw-timeline-dock
              .state=${app}
              .application=${this.application}
              @cw-command=${(event: CustomEvent<string>) => {
                this.onCommand(event);
              }}
            ></cw-timeline-dock>`
          : nothing
      }
      ${this.renderAbove()}
      <cw-toasts
        .toasts=${app.toasts}
        @cw-pick=${(event: CustomEvent<string>) => {
          this.application?.closeToast(Number(event.detail));
        }}
      ></cw-toasts>
    `;
  }
}

const helpGroups = [
  ...['Run', 'File', 'Edit', 'Canvas', 'Help'].map((group) => ({
    title: group,
    rows: actions
      .filter((action) => action.group === group && action.keys.length > 0)
      .map(({ keys, label }) => ({ keys: keys.join(' or '), label })),
  })),
  { title: 'Pointer', rows: gestureHelp },
];
