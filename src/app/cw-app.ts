import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../ui/cw-graph-list.js';
import '../ui/cw-help-dialog.js';
import '../ui/cw-menu.js';
import '../ui/cw-node-palette.js';
import '../ui/cw-node-panel.js';
import '../ui/cw-picture-panel.js';
import '../ui/cw-picture-viewer.js';
import '../ui/cw-problem-list.js';
import '../ui/cw-run-journal.js';
import '../ui/cw-toasts.js';
import '../ui/cw-toolbar.js';
import { icon } from '../ui/icons.js';
import { messageFor } from '../ui/messages.js';
import { baseStyles } from '../ui/styles.js';
import { actions, actionForKey, gestureHelp, isActionName } from './actions.js';
import { shellStyles } from './shell-styles.js';
import { createApplication, type Application } from './application.js';
import { initialState, type AppState, type PanelTab } from './app-state.js';
import { deviceInfo, helpOf, journalRows, listNodes, paletteEntries } from './view-models.js';

const tabs: readonly (readonly [PanelTab, string])[] = [
  ['node', 'Node'],
  ['list', 'List'],
  ['problems', 'Problems'],
  ['pictures', 'Pictures'],
  ['runs', 'Runs'],
];

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

  private renderPanel(): TemplateResult {
    const { state: app, application } = this;
    switch (app.tab) {
      case 'node':
        return html`<cw-node-panel
          .help=${application && helpOf(app, application.registry, application.runs.view)}
          .count=${app.selection.length}
        ></cw-node-panel>`;
      case 'list':
        return html`<cw-graph-list
          .nodes=${application ? listNodes(app, application.registry, application.runs.view) : []}
          @cw-widget-opened=${(event: CustomEvent<{ node: string; input: string }>) => {
            application?.openWidget(event.detail.node, event.detail.input);
          }}
        ></cw-graph-list>`;
      case 'problems':
        return html`<cw-problem-list .problems=${app.problems}></cw-problem-list>`;
      case 'pictures':
        return html`<cw-picture-panel
          .pictures=${app.pictures}
          .target=${application?.pictureTarget()?.title ?? ''}
          @cw-files=${(event: CustomEvent<readonly File[]>) =>
            void application?.takeFiles(event.detail)}
          @cw-pick=${(event: CustomEvent<string>) => {
            application?.usePicture(event.detail);
          }}
          @cw-picture-deleted=${(event: CustomEvent<string>) =>
            void application?.deletePicture(event.detail)}
        ></cw-picture-panel>`;
      case 'runs':
        return html`<cw-run-journal .runs=${journalRows(app)}></cw-run-journal>`;
    }
  }

  private renderTabs(): TemplateResult {
    const { tab, problems } = this.state;
    return html`<div
      class="tabs"
      role="tablist"
      aria-label="Panel"
      @keydown=${(event: KeyboardEvent) => {
        this.onTabKey(event);
      }}
    >
      ${tabs.map(
        ([name, label]) =>
          html`<button
            type="button"
            role="tab"
            id=${`tab-${name}`}
            aria-controls="panel"
            aria-selected=${tab === name}
            tabindex=${tab === name ? 0 : -1}
            @click=${() => this.application?.store.set({ tab: name })}
          >
            ${label}${
              name === 'problems' && problems.length > 0
                ? html`<span class="badge">${problems.length}</span>`
                : nothing
            }
          </button>`,
      )}
    </div>`;
  }

  private onTabKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex(([name]) => name === this.state.tab);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    this.application?.store.set({ tab: next[0] });
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(`#tab-${next[0]}`)?.focus();
    });
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
        class=${isOpen ? 'with-panel' : ''}
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
            ? html`<aside aria-label="Side panel">
                ${this.renderTabs()}
                <div
                  id="panel"
                  class="panel"
                  role="tabpanel"
                  aria-labelledby=${`tab-${app.tab}`}
                  tabindex="0"
                >
                  ${this.renderPanel()}
                </div>
              </aside>`
            : nothing
        }
      </main>
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
