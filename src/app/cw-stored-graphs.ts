import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { listGraphs, type GraphEntry } from '../storage/graphs.js';
import { uiEvent } from '../ui/events.js';
import '../ui/cw-graph-shelf.js';
import type { GraphWish } from '../ui/graph-shelf-model.js';
import type { Application } from './application.js';
import { deleteStored, duplicateStored, renameStored } from './stored-graphs.js';
import { timeInWords } from './time-words.js';
import { openStored } from './workspace-start.js';

/** All stored graphs, read from storage when it opens and after each change. Sends `cw-close`. */
@customElement('cw-stored-graphs')
export class CwStoredGraphs extends LitElement {
  @property({ attribute: false }) accessor application: Application | undefined;
  @state() private accessor graphs: readonly GraphEntry[] = [];

  override firstUpdated(): void {
    this.attempt(({ workspace }) => workspace.flush());
  }

  private attempt(work: (application: Application) => Promise<void>): void {
    const { application } = this;
    if (!application) return;
    work(application)
      .then(() => listGraphs())
      .then((graphs) => {
        this.graphs = graphs.filter(({ deletedAt }) => deletedAt === undefined);
      })
      .catch(application.toasts.thrown);
  }

  private fulfil(wish: GraphWish): void {
    this.attempt(async (application) => {
      if (wish.kind === 'open') {
        await openStored(application, wish.id);
        this.dispatchEvent(uiEvent('cw-close', undefined));
      } else if (wish.kind === 'save-everything' || wish.kind === 'bring-back-everything') {
        await application.perform(wish.kind);
      } else if (wish.kind === 'duplicate') await duplicateStored(application, wish.id);
      else if (wish.kind === 'rename') await renameStored(application, wish.id, wish.title);
      else
        await deleteStored(application, wish.id, () => {
          this.attempt(() => Promise.resolve());
        });
    });
  }

  override render(): TemplateResult {
    const open = new Set(this.application?.store.get().tabs.map(({ id }) => id));
    return html`<cw-graph-shelf
      .graphs=${this.graphs.map((graph) => ({
        ...graph,
        time: timeInWords(graph.savedAt),
        isOpen: open.has(graph.id),
      }))}
      @cw-graph-wish=${(event: CustomEvent<GraphWish>) => {
        this.fulfil(event.detail);
      }}
    ></cw-graph-shelf>`;
  }
}
