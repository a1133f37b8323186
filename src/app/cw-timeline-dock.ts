import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../ui/cw-schedule-timeline.js';
import type { CwScheduleTimeline } from '../ui/cw-schedule-timeline.js';
import type { TimelineEdit } from '../ui/timeline-model.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { watchSystemLook } from './page-look.js';
import { timelineView } from './timeline-view.js';

/** The timeline below the canvas, on the application's schedule. */
@customElement('cw-timeline-dock')
export class CwTimelineDock extends LitElement {
  @property({ attribute: false }) accessor state: AppState | undefined;
  @property({ attribute: false }) accessor application: Application | undefined;

  private ended = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.ended = new AbortController();
    // Its canvas knows nothing of styles.
    watchSystemLook(() => {
      this.renderRoot.querySelector<CwScheduleTimeline>('cw-schedule-timeline')?.draw();
    }, this.ended.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ended.abort();
  }

  override render(): TemplateResult {
    const { state, application } = this;
    const timeline = application?.timeline;
    return html`<cw-schedule-timeline
      .view=${state && application ? timelineView(state, application) : undefined}
      .isLive=${state?.settings.isLive ?? false}
      @cw-schedule-edit=${(event: CustomEvent<TimelineEdit>) => {
        timeline?.edit(event.detail);
      }}
      @cw-schedule-chosen=${(event: CustomEvent<string>) => {
        timeline?.show(event.detail);
      }}
    ></cw-schedule-timeline>`;
  }
}
