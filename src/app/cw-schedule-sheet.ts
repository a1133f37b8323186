import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { texts } from '../texts/texts.js';
import '../ui/cw-schedule-grid.js';
import type { GridCell, GridRequest, GridSheet } from '../ui/schedule-grid-model.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import {
  gridParameters,
  gridValues,
  mostCells,
  withChoice,
  type GridChoice,
} from './schedule-grid.js';
import { shownSchedule } from './timeline-view.js';
import { resultNode, runVariant, stopVariants, type VariantResult } from './variant-runs.js';

/** A grid over two parameters of the schedule that the timeline shows: it runs the cells and shows their results. */
@customElement('cw-schedule-sheet')
export class CwScheduleSheet extends LitElement {
  @property({ attribute: false }) accessor application: Application | undefined;
  @property({ attribute: false }) accessor state: AppState | undefined;
  @state() private accessor sheet: GridSheet | undefined;
  @state() private accessor isRunning = false;
  @state() private accessor mistake = '';
  private choices: readonly GridChoice[] = [];
  private node: NodeId | undefined;
  private stopping = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  private stop(): void {
    const { application } = this;
    this.stopping.abort();
    if (!application || !this.isRunning) return;
    stopVariants(application.runs, application.store.get().queue, true);
  }

  private start({ x, y }: GridRequest): void {
    const { application, state: app } = this;
    const t = texts().timeline.grid;
    const node = app && shownSchedule(app);
    const record = node === undefined ? undefined : app?.document.nodes[node];
    if (!application || !app || node === undefined || !record || this.isRunning) return;
    const target = resultNode(app.document, application.registry);
    const parameters = gridParameters(record);
    const axes = [x, y].map(({ id, text }) => {
      const parameter = parameters.find((known) => known.id === id);
      return parameter ? { id, ...gridValues(parameter, text) } : { id, values: [] };
    });
    const wrong = axes.find((axis) => 'wrong' in axis);
    const [columns, rows] = axes.map((axis) => ('values' in axis ? axis.values : []));
    if (wrong && 'wrong' in wrong) this.mistake = t.wrong(wrong.wrong);
    else if (target === undefined) this.mistake = t.noResult;
    else if (!columns?.length) this.mistake = t.values;
    else if (columns.length * Math.max(1, rows?.length ?? 0) > mostCells) {
      this.mistake = t.tooMany(mostCells);
    } else {
      this.mistake = '';
      const downwards = rows?.length ? rows : [undefined];
      this.choices = downwards.flatMap((row) =>
        columns.map((column) => [
          [x.id, column] as const,
          ...(row === undefined ? [] : [[y.id, row] as const]),
        ]),
      );
      this.sheet = {
        columns: columns.map(String),
        rows: downwards.map((row) => (row === undefined ? '' : String(row))),
        cells: this.choices.map(() => ({
          state: 'waiting' as const,
          picture: undefined,
          note: t.waiting,
        })),
      };
      this.node = node;
      void this.runAll(application, app.document, node, target);
    }
  }

  private async runAll(
    application: Application,
    document: GraphDocument,
    node: NodeId,
    target: NodeId,
  ): Promise<void> {
    this.isRunning = true;
    const { signal } = (this.stopping = new AbortController());
    for (const [i, choice] of this.choices.entries()) {
      if (signal.aborted) break;
      this.setCell(i, { state: 'running', picture: undefined, note: '' });
      const variant = withChoice(document, node, choice);
      this.setCell(i, cellOf(await runVariant(application.runs, variant, target)));
    }
    this.isRunning = false;
  }

  private setCell(index: number, cell: GridCell): void {
    if (!this.sheet) return;
    const cells = this.sheet.cells.map((old, i) => (i === index ? cell : old));
    this.sheet = { ...this.sheet, cells };
  }

  override render(): TemplateResult | typeof nothing {
    const { state: app, application } = this;
    const node = app && shownSchedule(app);
    const record = node === undefined ? undefined : app?.document.nodes[node];
    if (!record || !application) return nothing;
    return html`<cw-schedule-grid
      .axes=${gridParameters(record).map(({ id, suggestion }) => ({ id, label: id, suggestion }))}
      .sheet=${this.sheet}
      .isRunning=${this.isRunning}
      .mistake=${this.mistake}
      @cw-grid-run=${(event: CustomEvent<GridRequest>) => {
        this.start(event.detail);
      }}
      @cw-grid-stop=${() => {
        this.stop();
      }}
      @cw-pick=${(event: CustomEvent<string>) => {
        event.stopPropagation();
        const choice = this.choices[Number(event.detail)];
        if (choice && this.node !== undefined) application.timeline.choose(this.node, choice);
      }}
    ></cw-schedule-grid>`;
  }
}

function cellOf(result: VariantResult | undefined): GridCell {
  const t = texts().timeline.grid;
  if (result?.outcome === 'success') {
    const { picture, unet } = result;
    const count = unet?.sampleForwards ?? 0;
    const note = count === 0 ? t.cached : t.forwards(count, unet?.pairs ?? 0);
    return { state: 'done', picture, note };
  }
  const isStopped = result === undefined || result.outcome === 'interrupted';
  const note = isStopped ? t.stopped : t.failed;
  return { state: isStopped ? 'stopped' : 'failed', picture: undefined, note };
}
