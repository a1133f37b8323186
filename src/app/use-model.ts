import { texts } from '../texts/texts.js';
import type { Application } from './application.js';

const LIST = { checkpoint: 'models', lora: 'loras', vae: 'vaes', embedding: 'embeddings' } as const;

/** Puts a model into the selected node that loads one of its kind, else the first one, else a new one. */
export function useModel(application: Application, kind: keyof typeof LIST, name: string): void {
  const { store, registry, session, editor, toasts } = application;
  const inputOf = (type: string): string | undefined =>
    Object.entries(registry.get(type)?.inputs ?? {}).find(
      ([, spec]) => 'source' in spec && spec.source === LIST[kind],
    )?.[0];
  const { document, selection } = store.get();
  const loaders = [...selection, ...Object.keys(document.nodes)].filter(
    (id) => inputOf(document.nodes[id]?.type ?? '') !== undefined,
  );
  const [id] = loaders;
  const type = id === undefined ? undefined : document.nodes[id]?.type;
  if (id !== undefined && type !== undefined) {
    session.edit({ kind: 'set', id, values: { [inputOf(type) ?? '']: name } });
    toasts.note(texts().models.used(application.titleOf(id), name));
    return;
  }
  const loader = [...registry.values()].find((each) => inputOf(each.type) !== undefined);
  if (!loader) return;
  const values = { [inputOf(loader.type) ?? '']: name };
  editor.select(session.edit({ kind: 'add', type: loader.type, pos: editor.pointAt(), values }));
}
