import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from './events.js';
import { graphTabsStyles } from './graph-tabs-styles.js';
import { icon } from './icons.js';
import { baseStyles } from './styles.js';
import type { GraphTabView, GraphTabWish } from './graph-tabs-model.js';

/**
 * The open graphs as a row of tabs; in a narrow page one button that lists them. Arrows move between tabs, with
 * Ctrl+Shift they move the tab; Delete or a middle click closes, F2 or a double click renames, a drag sorts. Sends
 * `cw-graph-tab`.
 */
@customElement('cw-graph-tabs')
export class CwGraphTabs extends LitElement {
  static override styles = [baseStyles, graphTabsStyles];

  @property({ attribute: false }) accessor tabs: readonly GraphTabView[] = [];
  /** The tab that is shown, by id. */
  @property() accessor shown = '';
  @state() private accessor renamed: string | undefined;
  @state() private accessor dropAt: number | undefined;
  private dragged: string | undefined;

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get('tabs');
    const isMoved = before?.map(({ id }) => id).join() !== this.tabs.map(({ id }) => id).join();
    if (changed.has('shown') || (changed.has('tabs') && isMoved)) {
      this.shownTab()?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    const field = this.renderRoot.querySelector('input');
    if (field && this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement !== field) {
      field.focus();
      field.select();
    }
  }

  private shownTab(): HTMLElement | null {
    return this.renderRoot.querySelector('[aria-selected=true]');
  }

  private wish(wish: GraphTabWish): void {
    this.dispatchEvent(uiEvent('cw-graph-tab', wish));
  }

  private onKey(event: KeyboardEvent, index: number): void {
    const tab = this.tabs[index];
    if (!tab) return;
    const last = this.tabs.length - 1;
    const steps: Readonly<Record<string, number>> = { ArrowLeft: index - 1, ArrowRight: index + 1 };
    const edges: Readonly<Record<string, number>> = { Home: 0, End: last };
    const step = steps[event.key];
    const to = step === undefined ? edges[event.key] : (step + last + 1) % (last + 1);
    if (to !== undefined && event.ctrlKey && event.shiftKey) {
      this.wish({ kind: 'move', id: tab.id, to });
    } else if (to !== undefined) this.wish({ kind: 'show', id: this.tabs[to]?.id ?? tab.id });
    else if (event.key === 'Delete') this.wish({ kind: 'close', id: tab.id });
    else if (event.key === 'F2') this.renamed = tab.id;
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== 'F2') void this.focusShown();
  }

  private async focusShown(): Promise<void> {
    await new Promise((drawn) => requestAnimationFrame(drawn));
    this.shownTab()?.focus();
  }

  private endRename(title: string | undefined): void {
    const id = this.renamed;
    this.renamed = undefined;
    if (id !== undefined && title !== undefined) this.wish({ kind: 'rename', id, title });
    void this.focusShown();
  }

  private onDragOver(event: DragEvent, index: number): void {
    if (this.dragged === undefined) return;
    event.preventDefault();
    this.dropAt = index;
  }

  private onDrop(event: DragEvent, index: number): void {
    const id = this.dragged;
    this.dragged = this.dropAt = undefined;
    if (id === undefined) return;
    event.preventDefault();
    this.wish({ kind: 'move', id, to: index });
  }

  private renderField({ title }: GraphTabView): TemplateResult {
    const finish = (event: Event): void => {
      this.endRename((event.target as HTMLInputElement).value);
    };
    return html`<input
      type="text"
      maxlength="200"
      aria-label=${texts().files.renameTab}
      .value=${title}
      @blur=${finish}
      @keydown=${(event: KeyboardEvent) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event);
        else if (event.key === 'Escape') this.endRename(undefined);
      }}
    />`;
  }

  private renderTab(tab: GraphTabView, index: number): TemplateResult {
    if (tab.id === this.renamed) return this.renderField(tab);
    const { files } = texts();
    const title = tab.title || files.untitled;
    const marks = [
      tab.isChanged ? files.changed : '',
      tab.isElsewhere ? files.elsewhere : '',
      tab.isRunning ? files.running : '',
    ].filter((mark) => mark !== '');
    const isShown = tab.id === this.shown;
    const state = tab.isRunning ? 'running' : tab.isChanged ? 'changed' : '';
    return html`<div
      role="tab"
      class=${this.dropAt === index ? 'tab drop' : 'tab'}
      draggable="true"
      tabindex=${isShown ? 0 : -1}
      aria-selected=${isShown}
      aria-label=${[title, ...marks].join(', ')}
      title=${[title, ...marks].join('\n')}
      @click=${() => {
        this.wish({ kind: 'show', id: tab.id });
      }}
      @auxclick=${(event: MouseEvent) => {
        if (event.button === 1) this.wish({ kind: 'close', id: tab.id });
      }}
      @dblclick=${() => {
        this.renamed = tab.id;
      }}
      @keydown=${(event: KeyboardEvent) => {
        this.onKey(event, index);
      }}
      @dragstart=${() => {
        this.dragged = tab.id;
      }}
      @dragover=${(event: DragEvent) => {
        this.onDragOver(event, index);
      }}
      @dragend=${() => {
        this.dragged = this.dropAt = undefined;
      }}
      @drop=${(event: DragEvent) => {
        this.onDrop(event, index);
      }}
    >
      ${tab.isElsewhere ? icon('lock') : nothing}
      <span class="title">${title}</span>
      <i class=${state}></i>
      <span
        class="close"
        aria-hidden="true"
        title=${files.closeTab(title)}
        @click=${(event: Event) => {
          event.stopPropagation();
          this.wish({ kind: 'close', id: tab.id });
        }}
        >${icon('close')}</span
      >
    </div>`;
  }

  private renderCompact(): TemplateResult {
    const { files } = texts();
    const shown = this.tabs.find(({ id }) => id === this.shown);
    const title = shown === undefined || shown.title === '' ? files.untitled : shown.title;
    return html`<button
      type="button"
      class="compact"
      aria-haspopup="menu"
      aria-label=${`${title}. ${files.allTabs(this.tabs.length)}`}
      @click=${(event: Event) => {
        const { left, bottom } = (event.currentTarget as Element).getBoundingClientRect();
        this.wish({ kind: 'list', at: [left, bottom] });
      }}
    >
      <span class="title">${title}</span>
      ${shown?.isChanged ? html`<i class="changed"></i>` : nothing}
      <span class="count">${this.tabs.length}</span>${icon('chevron')}
    </button>`;
  }

  override render(): TemplateResult {
    const { files } = texts();
    return html`${this.renderCompact()}
      <div class="tabs" role="tablist" aria-label=${files.tabs}>
        ${this.tabs.map((tab, index) => this.renderTab(tab, index))}
      </div>
      <button
        type="button"
        class="add"
        aria-label=${files.newTab}
        title=${`${files.newTab} (Alt+T)`}
        @click=${() => {
          this.wish({ kind: 'new' });
        }}
      >
        ${icon('add')}
      </button>`;
  }
}
