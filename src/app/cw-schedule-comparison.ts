import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { changeNodes } from '../core/graph/edits.js';
import type { Picture } from '../core/node/definition.js';
import { scorePictures } from '../diffusion/picture-scores.js';
import { texts } from '../texts/texts.js';
import '../ui/cw-compare.js';
import '../ui/cw-dialog.js';
import { baseStyles } from '../ui/styles.js';
import type { Application } from './application.js';
import { swapped } from './timeline-session.js';
import { shownSchedule } from './timeline-view.js';
import { resultNode, runVariant, stopVariants } from './variant-runs.js';

/** The results of both schedules of a node: one wiped over the other, their difference, and how alike they are. */
@customElement('cw-schedule-comparison')
export class CwScheduleComparison extends LitElement {
  static override styles = [
    baseStyles,
    css`
      cw-dialog {
        --cw-dialog-width: 820px;
      }
      cw-compare {
        height: min(70dvh, 640px);
      }
      p {
        padding: var(--cw-3) var(--cw-4);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) accessor application: Application | undefined;
  @state() private accessor said = '';
  @state() private accessor pictures: readonly (readonly [side: string, picture: Picture])[] = [];
  private isRunning = false;

  /** Not before: an element that waited for its code has its properties only now. */
  override firstUpdated(): void {
    void this.compute();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const { application } = this;
    if (application && this.isRunning) {
      stopVariants(application.runs, application.store.get().queue, true);
    }
    this.isRunning = false;
  }

  private async compute(): Promise<void> {
    const { application } = this;
    const t = texts().timeline.ab;
    if (!application) return;
    const app = application.store.get();
    const node = shownSchedule(app);
    const record = node === undefined ? undefined : app.document.nodes[node];
    const target = resultNode(app.document, application.registry);
    if (node === undefined || !record || !('otherSchedule' in record)) {
      this.said = t.none;
      return;
    }
    if (target === undefined) {
      this.said = texts().timeline.grid.noResult;
      return;
    }
    const isB = 'scheduleSide' in record && record.scheduleSide === 'B';
    const other = changeNodes(app.document, [node], swapped);
    const sides = [
      ['A', isB ? other : app.document],
      ['B', isB ? app.document : other],
    ] as const;
    this.isRunning = true;
    for (const [side, document] of sides) {
      this.said = t.running(side);
      const result = await runVariant(application.runs, document, target);
      if (!this.isConnected) return;
      if (!result?.picture) {
        this.said = t.failed(side);
        this.isRunning = false;
        return;
      }
      this.pictures = [...this.pictures, [side, result.picture]];
    }
    this.isRunning = false;
    this.said = scoresOf(this.pictures.map(([, picture]) => picture));
  }

  override render(): TemplateResult {
    const [first, second] = this.pictures.map(([label, picture]) => ({ label, picture }));
    return html`<cw-dialog .label=${texts().timeline.ab.title}>
      <p role="status">${this.said}</p>
      ${
        first && second
          ? html`<cw-compare .first=${first} .second=${second}></cw-compare>`
          : nothing
      }
    </cw-dialog>`;
  }
}

/** How alike both pictures are, in words. */
function scoresOf([a, b]: readonly Picture[]): string {
  const t = texts().timeline.ab;
  const scores = a && b && scorePictures(a, b);
  if (!scores) return '';
  if (scores.psnr === Infinity) return t.equal;
  return t.scores(scores.psnr.toFixed(2), scores.ssim?.toFixed(4) ?? '–');
}
