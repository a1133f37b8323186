import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { texts } from '../texts/texts.js';
import './cw-dialog.js';
import { uiEvent } from './events.js';
import { icon, type IconName } from './icons.js';
import { renderSketch } from './sketch.js';
import { baseStyles } from './styles.js';
import type { ShelvedGraph, GraphWish } from './graph-shelf-model.js';

/** All stored graphs, with a search. Sends `cw-graph-wish` and `cw-close`. */
@customElement('cw-graph-shelf')
export class CwGraphShelf extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .search {
        padding: var(--cw-3) var(--cw-4) 0;
      }
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 2px;
        margin: 0;
        padding: var(--cw-2);
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--cw-1);
        border-radius: var(--cw-radius);
      }
      li:hover {
        background: var(--cw-hover);
      }
      .graph {
        flex: 1;
        min-width: 0;
        justify-content: flex-start;
        gap: var(--cw-3);
        padding: var(--cw-1) var(--cw-2);
        text-align: left;
      }
      .graph:hover:not(:disabled) {
        background: none;
      }
      .sketch {
        width: 72px;
        height: 44px;
        border-radius: var(--cw-1);
        background: var(--cw-canvas);
      }
      .words {
        display: grid;
        min-width: 0;
      }
      .title {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .facts {
        font-size: 12px;
      }
      .everything {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cw-2);
        font-size: 12px;
      }
      .none {
        padding: var(--cw-4);
      }
    `,
  ];

  @property({ attribute: false }) accessor graphs: readonly ShelvedGraph[] = [];
  @state() private accessor query = '';
  @state() private accessor renamed: string | undefined;

  override updated(): void {
    const field = this.renderRoot.querySelector<HTMLInputElement>('li input');
    if (field && !field.matches(':focus')) {
      field.focus();
      field.select();
    }
  }

  private wish(wish: GraphWish): void {
    this.dispatchEvent(uiEvent('cw-graph-wish', wish));
  }

  private action(image: IconName, label: string, title: string, perform: () => void) {
    const name = texts().files.doTo(label, title);
    return html`<button type="button" aria-label=${name} title=${name} @click=${perform}>
      ${icon(image)}
    </button>`;
  }

  private everything(
    image: IconName,
    kind: 'save-everything' | 'bring-back-everything',
    label: string,
  ) {
    return html`<button
      type="button"
      @click=${() => {
        this.wish({ kind });
      }}
    >
      ${icon(image)} ${label}
    </button>`;
  }

  private renderField({ id, title }: ShelvedGraph): TemplateResult {
    const finish = (event: Event): void => {
      if (this.renamed !== id) return;
      this.renamed = undefined;
      this.wish({ kind: 'rename', id, title: (event.target as HTMLInputElement).value });
    };
    return html`<input
      type="text"
      maxlength="200"
      aria-label=${texts().files.renameTab}
      .value=${title}
      @blur=${finish}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') finish(event);
        else if (event.key === 'Escape') {
          // Escape leaves the field, not the dialog around it.
          event.preventDefault();
          this.renamed = undefined;
        }
      }}
    />`;
  }

  private renderGraph(graph: ShelvedGraph): TemplateResult {
    const { files } = texts();
    const { id, nodeCount, time, isOpen, sketch } = graph;
    const title = graph.title || files.untitled;
    if (this.renamed === id) return html`<li>${this.renderField(graph)}</li>`;
    const facts = [files.nodes(nodeCount), time, ...(isOpen ? [files.isOpen] : [])].join(' · ');
    return html`<li>
      <button
        type="button"
        class="graph"
        @click=${() => {
          this.wish({ kind: 'open', id });
        }}
      >
        ${renderSketch(sketch)}
        <span class="words"
          ><span class="title">${title}</span><span class="facts dim">${facts}</span></span
        >
      </button>
      ${this.action('rename', files.rename, title, () => {
        this.renamed = id;
      })}
      ${this.action('copy', files.duplicate, title, () => {
        this.wish({ kind: 'duplicate', id });
      })}
      ${this.action('delete', files.delete, title, () => {
        this.wish({ kind: 'delete', id });
      })}
    </li>`;
  }

  override render(): TemplateResult {
    const { files } = texts();
    const wanted = this.query.toLocaleLowerCase();
    const found = this.graphs.filter(({ title }) =>
      (title || files.untitled).toLocaleLowerCase().includes(wanted),
    );
    return html`<cw-dialog .label=${files.graphs} ?hasFooter=${true}>
      <div class="search">
        <input
          type="search"
          aria-label=${files.searchGraphs}
          placeholder=${files.searchGraphs}
          .value=${this.query}
          @input=${(event: Event) => {
            this.query = (event.target as HTMLInputElement).value;
          }}
        />
      </div>
      ${found.length === 0 ? html`<p class="none dim">${files.noGraphs}</p>` : nothing}
      <ul aria-label=${files.graphs}>
        ${found.map((graph) => this.renderGraph(graph))}
      </ul>
      <div slot="footer" class="everything">
        ${this.everything('download', 'save-everything', texts().archive.save)}
        ${this.everything('upload', 'bring-back-everything', texts().archive.bringBack)}
        <span class="dim">${texts().archive.hint}</span>
      </div>
    </cw-dialog>`;
  }
}
