import { html, nothing, type TemplateResult } from 'lit';
import { until } from 'lit/directives/until.js';
import type { Picture } from '../core/node/definition.js';
import type { JournalEntry, KeptPicture } from '../storage/journal.js';
import type { ComparedPicture } from '../ui/cw-compare.js';
import type { ComparedResult } from '../ui/cw-run-comparison.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { differenceInWords } from './difference-words.js';
import { lazily } from './lazily.js';
import { timeInWords } from './time-words.js';

/** The comparison of the two runs that were chosen in the journal. */
export function renderRunComparison(
  application: Application,
  { comparedRuns }: AppState,
  close: () => void,
): TemplateResult | typeof nothing {
  if (!comparedRuns) return nothing;
  lazily(application, () => import('../ui/cw-run-comparison.js'));
  const known = prepared.get(comparedRuns) ?? prepare(application, comparedRuns);
  prepared.set(comparedRuns, known);
  return html`${until(
    known.then(
      ({ results, differences }) =>
        html`<cw-run-comparison
          .results=${results}
          .differences=${differences}
          @cw-close=${close}
        ></cw-run-comparison>`,
    ),
    nothing,
  )}`;
}

interface Prepared {
  readonly results: readonly ComparedResult[];
  readonly differences: readonly string[];
}

/** Pictures are decoded once a comparison, however often it is drawn. */
const prepared = new WeakMap<readonly [number, number], Promise<Prepared>>();

async function prepare(
  { store, running, registry, toasts }: Application,
  [olderId, newerId]: readonly [number, number],
): Promise<Prepared> {
  try {
    const { journal } = store.get();
    const [older, newer] = [olderId, newerId].map((id) => journal.find((run) => run.id === id));
    const [before, after] = [running.graphOf(olderId), running.graphOf(newerId)];
    if (!older || !newer || !before || !after) return { results: [], differences: [] };
    return {
      results: await comparedResults(older, newer),
      // Where nodes lie is no difference between runs.
      differences: differenceInWords(before, { ...after, layout: before.layout }, registry),
    };
  } catch (error) {
    toasts.thrown(error);
    return { results: [], differences: [] };
  }
}

async function comparedResults(
  older: JournalEntry,
  newer: JournalEntry,
): Promise<readonly ComparedResult[]> {
  const keyOf = ({ node, label }: KeptPicture) => `${node} ${label}`;
  const all = [...newer.pictures, ...older.pictures];
  const keys = [...new Set(all.map(keyOf))];
  return Promise.all(
    keys.map(async (key) => {
      const find = ({ pictures }: JournalEntry) => pictures.find((kept) => keyOf(kept) === key);
      const [a, b] = [find(older), find(newer)];
      const [title, label] = [(b ?? a)?.title ?? '', (b ?? a)?.label ?? ''];
      return {
        label: `${title}: ${label}`,
        first: a && (await decoded(a, timeInWords(older.startedAt))),
        second: b && (await decoded(b, timeInWords(newer.startedAt))),
        isEqual: a?.sha256 === b?.sha256,
      };
    }),
  );
}

async function decoded({ file }: KeptPicture, label: string): Promise<ComparedPicture> {
  return { label, picture: await pictureOf(file) };
}

/** The pixels of a kept picture. @throws Error when the browser cannot decode it. */
async function pictureOf(file: Blob): Promise<Picture> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('There is no 2D canvas to decode the picture with.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data: new Uint8ClampedArray(data) };
}
