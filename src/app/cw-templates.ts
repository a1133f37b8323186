import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { uiEvent } from '../ui/events.js';
import '../ui/cw-template-gallery.js';
import type { TemplateCard } from '../ui/cw-template-gallery.js';
import type { Application } from './application.js';
import { listTemplates, openTemplate } from './templates.js';

/** The gallery of templates, read when it opens. Sends `cw-close`. */
@customElement('cw-templates')
export class CwTemplates extends LitElement {
  @property({ attribute: false }) accessor application: Application | undefined;
  @state() private accessor templates: readonly TemplateCard[] = [];

  override firstUpdated(): void {
    listTemplates()
      .then((templates) => {
        this.templates = templates;
      })
      .catch((error: unknown) => this.application?.toasts.thrown(error));
  }

  override render(): TemplateResult {
    return html`<cw-template-gallery
      .templates=${this.templates}
      @cw-pick=${(event: CustomEvent<string>) => {
        const { application } = this;
        this.dispatchEvent(uiEvent('cw-close', undefined));
        if (!application) return;
        if (event.detail === '') void application.perform('new-graph');
        else void openTemplate(application, event.detail);
      }}
    ></cw-template-gallery>`;
  }
}
