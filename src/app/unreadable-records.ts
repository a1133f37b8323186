import { html, type TemplateResult } from 'lit';
import '../ui/cw-banner.js';
import { texts } from '../texts/texts.js';
import {
  deleteUnreadable,
  findUnreadable,
  type UnreadableRecords,
} from '../storage/unreadable-records.js';
import type { Application } from './application.js';
import { download } from './files.js';

/** Looks for stored settings and pictures that cannot be read, and tells of them. @throws AppError `storage/failed`. */
export async function tellOfUnreadable({ store }: Application): Promise<void> {
  const shown = new Set(store.get().pictures.map(({ name }) => name));
  const unreadableRecords = await findUnreadable(shown);
  if (unreadableRecords.length > 0) store.set({ unreadableRecords });
}

/** A banner about records of one kind: they can be had as they are, deleted, or left alone. */
export function renderUnreadableRecords(
  { store, toasts }: Application,
  records: UnreadableRecords,
): TemplateResult {
  const { files } = texts();
  const close = (): void => {
    const { unreadableRecords } = store.get();
    store.set({ unreadableRecords: unreadableRecords.filter((other) => other !== records) });
  };
  const actions: Readonly<Record<string, () => void>> = {
    download() {
      const file = new Blob([records.text], { type: 'application/json' });
      download(file, `crossweave-unreadable-${records.kind}.json`);
    },
    delete() {
      deleteUnreadable(records).then(close, toasts.thrown);
    },
    dismiss: close,
  };
  return html`<cw-banner
    kind="error"
    .text=${files.unreadableRecords[records.kind](records.names)}
    .actions=${[
      { value: 'download', label: files.downloadUnreadable[records.kind] },
      { value: 'delete', label: files.deleteUnreadable[records.kind] },
      { value: 'dismiss', label: files.dismiss },
    ]}
    @cw-pick=${({ detail }: CustomEvent<string>) => {
      actions[detail]?.();
    }}
  ></cw-banner>`;
}
