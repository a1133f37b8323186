import { texts } from '../texts/texts.js';
import type { Application } from './application.js';

const LIST = { checkpoint: 'models', lora: 'loras', vae: 'vaes', embedding: 'embeddings' } as const;

/** Puts a model into the selected node that loads one of its kind, else into the first of the usual kind, else a new one. */
export function useModel(application: Application, kind: keyof typeof LIST, name: string): void {
  const { store, registry, session, editor, toasts } = application;
  const inputOf = (type: string): string | undefined =>
    Object.entries(registry.get(type)?.inputs ?? {}).find(
      ([, spec]) => 'source' in spec && spec.source === LIST[kind],
    )?.[0];
  const { document, selection } = store.get();
  const isLoader = (id: string): boolean => inputOf(document.nodes[id]?.type ?? '') !== undefined;
  const first = [...registry.values()].find((each) => inputOf(each.type) !== undefined);
  const all = Object.keys(document.nodes).filter(isLoader);
  const id =
    selection.find(isLoader) ??
    all.find((each) => document.nodes[each]?.type === first?.type) ??
    all[0];
  const type = id === undefined ? undefined : document.nodes[id]?.type;
  if (id !== undefined && type !== undefined) {
    session.edit({ kind: 'set', id, values: { [inputOf(type) ?? '']: name } });
    toasts.note(texts().models.used(application.titleOf(id), name));
    return;
  }
  if (!first) return;
  const values = { [inputOf(first.type) ?? '']: name };
  editor.select(session.edit({ kind: 'add', type: first.type, pos: editor.pointAt(), values }));
}
