import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { AppError } from '../core/errors.js';
import { loadDocument } from '../core/graph/load.js';
import type { GraphDocument } from '../core/graph/types.js';
import {
  keepVersion,
  listVersions,
  loadVersion,
  loadVersionPictures,
  type VersionEntry,
} from '../storage/graph-versions.js';
import { texts } from '../texts/texts.js';
import { uiEvent } from '../ui/events.js';
import { messageFor } from '../ui/messages.js';
import '../ui/cw-version-list.js';
import type { VersionWish } from '../ui/version-list-model.js';
import type { Application } from './application.js';
import { differenceInWords } from './difference-words.js';
import { download } from './files.js';
import { timeInWords } from './time-words.js';
import { wholeGraph } from './whole-graph.js';

/** The versions of the shown graph, read from storage when it opens. Sends `cw-close`. */
@customElement('cw-version-history')
export class CwVersionHistory extends LitElement {
  @property({ attribute: false }) accessor application: Application | undefined;
  @state() private accessor versions: readonly VersionEntry[] = [];
  /** The addresses of the versions' pictures, by name. */
  @state() private accessor pictures: ReadonlyMap<string, string> = new Map();
  @state() private accessor shown = '';
  @state() private accessor document: GraphDocument | undefined;
  /** The shown version's text when it cannot be read, and why. */
  @state() private accessor fault: { readonly text: string; readonly reason: string } | undefined;

  override firstUpdated(): void {
    this.attempt(async ({ workspace, store }) => {
      await workspace.flush();
      this.versions = await listVersions(store.get().graphId);
      const [newest] = this.versions;
      if (newest) await this.choose(newest.id);
      const files = await loadVersionPictures(store.get().graphId, this.versions);
      if (!this.isConnected) return;
      this.pictures = new Map([...files].map(([name, file]) => [name, URL.createObjectURL(file)]));
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const address of this.pictures.values()) URL.revokeObjectURL(address);
    this.pictures = new Map();
  }

  private attempt(work: (application: Application) => Promise<void>): void {
    const { application } = this;
    if (application) work(application).catch(application.toasts.thrown);
  }

  private async choose(id: string): Promise<void> {
    const { application } = this;
    if (!application) return;
    this.shown = id;
    this.document = undefined;
    this.fault = undefined;
    const text = await loadVersion(application.store.get().graphId, id);
    if (this.shown !== id) return;
    if (text === undefined) application.toasts.note(texts().files.versionGone);
    else this.read(application, text);
  }

  private read({ registry }: Application, text: string): void {
    try {
      this.document = loadDocument(text, registry).document;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.fault = { text, reason: messageFor(error.details).sentence };
    }
  }

  private fulfil({ kind, id }: VersionWish): void {
    this.attempt(async ({ store, session }) => {
      const version = this.versions.find((other) => other.id === id);
      if (!version) return;
      if (kind === 'show') await this.choose(id);
      else if (kind === 'download') {
        const { text = '' } = this.fault ?? {};
        download(new Blob([text], { type: 'application/json' }), `${id}.json`);
      } else if (kind === 'keep') {
        const isKept = !version.isKept;
        await keepVersion(store.get().graphId, id, isKept);
        this.versions = this.versions.map((other) =>
          other.id === id ? { ...other, isKept } : other,
        );
      } else if (this.document) {
        session.changeWhole(texts().files.restored(timeInWords(version.savedAt)), this.document);
        this.dispatchEvent(uiEvent('cw-close', undefined));
      }
    });
  }

  override render(): TemplateResult {
    const { application, document } = this;
    const difference =
      application && document
        ? differenceInWords(document, wholeGraph(application.store.get()), application.registry)
        : undefined;
    return html`<cw-version-list
      .versions=${this.versions.map((version) => ({
        ...version,
        time: timeInWords(version.savedAt),
        picture: this.pictures.get(version.picture ?? '') ?? '',
      }))}
      .shown=${this.shown}
      .difference=${difference}
      .fault=${this.fault?.reason ?? ''}
      @cw-version=${(event: CustomEvent<VersionWish>) => {
        this.fulfil(event.detail);
      }}
    ></cw-version-list>`;
  }
}
