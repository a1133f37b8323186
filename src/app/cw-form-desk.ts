import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { setInForm } from '../core/graph/layout-edits.js';
import { texts } from '../texts/texts.js';
import '../ui/cw-form-view.js';
import '../ui/cw-toasts.js';
import type { UiEvents } from '../ui/events.js';
import type { FormSheet } from '../ui/form-model.js';
import type { Application } from './application.js';
import { initialState, type AppState } from './app-state.js';
import { formSheet } from './form-sheet.js';
import { listenToPanel } from './panel-actions.js';

/** The graph as a form, led to the document, its pictures and the runs. */
@customElement('cw-form-desk')
export class CwFormDesk extends LitElement {
  static override styles = css`
    /* Above the footer: its button stays in reach. */
    cw-toasts {
      position: sticky;
      bottom: var(--cw-2);
      width: auto;
      max-width: none;
      margin: 0 var(--cw-4);
      transform: none;
      left: auto;
    }
  `;

  @property({ attribute: false }) accessor application: Application | undefined;
  @property({ attribute: false }) accessor state: AppState = initialState();
  private ended = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.ended = new AbortController();
    listenToPanel(this, () => this.application, this.ended.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ended.abort();
  }

  /** Shows an input in the form, or no longer. */
  private turn(application: Application, sheet: FormSheet, field: string): void {
    const at = field.indexOf(' ');
    const [node, input] = [field.slice(0, at), field.slice(at + 1)];
    const fields = sheet.sections.find((section) => section.node === node)?.fields ?? [];
    const isShown = fields.find(({ widget }) => widget.name === input)?.isShown ?? false;
    const words = texts().dialogs.form;
    const name = isShown ? words.hidden(input) : words.shown(input);
    const { document } = application.store.get();
    application.session.change(name, setInForm(document, node, input, !isShown));
  }

  override render(): TemplateResult | typeof nothing {
    const { application, state } = this;
    if (!application) return nothing;
    const sheet = formSheet(application, state);
    return html`<cw-form-view
      .sheet=${sheet}
      @cw-own-picture=${({ detail }: CustomEvent<UiEvents['cw-own-picture']>) =>
        void application.library.putInto(
          application.session,
          detail.node,
          detail.input,
          detail.file,
        )}
      @cw-pick=${(event: CustomEvent<string>) => {
        this.turn(application, sheet, event.detail);
      }}
      ><cw-toasts
        slot="told"
        .toasts=${state.toasts}
        @cw-pick=${(event: CustomEvent<string>) => {
          // What lies behind a dialog can neither be seen nor reached.
          event.stopPropagation();
          application.closeToast(Number(event.detail));
        }}
      ></cw-toasts
    ></cw-form-view>`;
  }
}
