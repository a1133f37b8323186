import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { AppError } from '../core/errors.js';
import { presetNames } from '../diffusion/presets.js';
import { parseScheduleFile, printScheduleFile } from '../diffusion/schedule-file.js';
import { patternNames } from '../diffusion/schedule-patterns.js';
import {
  deleteSchedule,
  listSchedules,
  saveSchedule,
  type StoredSchedule,
} from '../storage/schedules.js';
import { texts } from '../texts/texts.js';
import '../ui/cw-schedule-library.js';
import type { ScheduleWish } from '../ui/schedule-library-model.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { download } from './files.js';
import { currentSchedule, endTexts, type MorphEnd } from './schedule-shelf.js';
import { shownSchedule } from './timeline-view.js';

let gestures = 0;

/** The library of schedules, on the schedule that the timeline shows. */
@customElement('cw-schedule-shelf')
export class CwScheduleShelf extends LitElement {
  @property({ attribute: false }) accessor application: Application | undefined;
  @property({ attribute: false }) accessor state: AppState | undefined;
  @state() private accessor stored: readonly StoredSchedule[] = [];
  /** The two ends of the morph as they were when the slider was taken. */
  private ends:
    { readonly key: string; readonly from: MorphEnd; readonly to: MorphEnd } | undefined;
  private gesture = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.attempt(async () => {
      this.stored = await listSchedules();
    });
  }

  private attempt(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.application?.toasts.thrown(error);
    });
  }

  private carryOut(wish: ScheduleWish): void {
    const { application, state: app } = this;
    const node = app && shownSchedule(app);
    const record = node === undefined ? undefined : app?.document.nodes[node];
    if (!application || !app || node === undefined || !record) return;
    const { timeline } = application;
    const stored = this.stored;
    if (wish.kind !== 'morph') this.ends = undefined;
    switch (wish.kind) {
      case 'apply': {
        const [shelf, name] = splitId(wish.id);
        if (shelf === 'preset') timeline.preset(node, name);
        else {
          const end = endTexts(record, wish.id, wish.every, stored);
          timeline.apply(node, name, end.texts);
          if (end.axis) application.toasts.note(texts().timeline.shelf.axis(...end.axis));
        }
        break;
      }
      case 'save':
        this.attempt(async () => {
          await saveSchedule({ name: wish.name, text: printScheduleFile(currentSchedule(record)) });
          this.stored = await listSchedules();
        });
        break;
      case 'delete':
        this.attempt(async () => {
          await deleteSchedule(splitId(wish.id)[1]);
          this.stored = await listSchedules();
        });
        break;
      case 'export':
        download(
          new Blob([printScheduleFile(currentSchedule(record))], { type: 'text/plain' }),
          'schedule.txt',
        );
        break;
      case 'import':
        this.attempt(() => this.take(wish.file));
        break;
      case 'morph': {
        const key = `${wish.from} ${wish.to}`;
        if (this.ends?.key !== key) {
          const from = endTexts(record, wish.from, wish.every, stored);
          this.ends = { key, from, to: endTexts(record, wish.to, wish.every, stored) };
          this.gesture = `morph ${String(++gestures)}`;
        }
        timeline.morph(node, this.ends.from.texts, this.ends.to.texts, wish.share, this.gesture);
        break;
      }
      case 'stretch':
        timeline.stretch(node, wish.steps, wish.skip);
    }
  }

  /** A schedule from a file is kept under the file's name. */
  private async take(file: File): Promise<void> {
    const name = file.name.replace(/\.txt$/i, '').slice(0, 80);
    const text = file.size > 1_000_000 ? '' : await file.text();
    const reading = parseScheduleFile(text);
    if ('mistake' in reading) {
      const reason = texts().timeline.shelf.unreadable(file.name, reading.mistake.reason);
      throw new AppError({ code: 'document/invalid', reason });
    }
    await saveSchedule({ name, text: printScheduleFile(reading.lane) });
    this.stored = await listSchedules();
  }

  override render(): TemplateResult | typeof nothing {
    const { state: app } = this;
    const node = app && shownSchedule(app);
    const record = node === undefined ? undefined : app?.document.nodes[node];
    if (!record) return nothing;
    const t = texts().timeline.shelf;
    const { steps, skip } = currentSchedule(record);
    const side = 'scheduleSide' in record && record.scheduleSide === 'B' ? 'A' : 'B';
    return html`<cw-schedule-library
      .presets=${presetNames.map((name) => ({ id: `preset:${name}`, label: name }))}
      .patterns=${patternNames.map((name) => ({ id: `pattern:${name}`, label: t.patternNames[name] }))}
      .own=${this.stored.map(({ name }) => ({ id: `own:${name}`, label: name }))}
      .ends=${[
        { id: 'now:', label: t.now },
        ...('otherSchedule' in record ? [{ id: 'other:', label: t.other(side) }] : []),
      ]}
      .steps=${steps}
      .skip=${skip}
      @cw-schedule-wish=${(event: CustomEvent<ScheduleWish>) => {
        try {
          this.carryOut(event.detail);
        } catch (error) {
          this.application?.toasts.thrown(error);
        }
      }}
    ></cw-schedule-library>`;
  }
}

function splitId(id: string): readonly [shelf: string, name: string] {
  const colon = id.indexOf(':');
  return [id.slice(0, colon), id.slice(colon + 1)];
}
