import { AppError } from '../core/errors.js';
import { graphRegistry } from '../core/graph/subgraph-registry.js';
import type { NodeId } from '../core/graph/types.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { GraphEditor } from '../editor/graph-editor.js';
import type { Point } from '../editor/intents.js';
import { deletePicture, listPictures } from '../storage/pictures.js';
import type { RunClient } from '../worker/run-client.js';
import type { AppState } from './app-state.js';
import type { DocumentSession } from './document-session.js';
import { pickFiles } from './files.js';
import { readNamedPicture, type NamedPictures } from './named-pictures.js';
import type { Store } from './store.js';
import { takePicture } from './take-pictures.js';
import type { Toasts } from './toasts.js';

/** The pictures that nodes load by name: stored by the user, or samples. */
export interface PictureLibrary {
  /** Reads the lists again. */
  refresh(): Promise<void>;
  /** Stores a picture file and puts it into the node under `at`, or into a new one. */
  take(
    session: DocumentSession,
    editor: GraphEditor,
    registry: NodeRegistry,
    file: File,
    at?: Point,
  ): Promise<void>;
  /** Stores a picture file as a widget's value; one that cannot be taken is told. */
  putInto(session: DocumentSession, id: NodeId, input: string, file: File): Promise<void>;
  /** Lets the user pick a file for a widget. */
  pickInto(session: DocumentSession, id: NodeId, input: string): Promise<void>;
  /** Adds a Load Image node with a picture. */
  addLoader(
    session: DocumentSession,
    editor: GraphEditor,
    registry: NodeRegistry,
    name: string,
    at?: Point,
  ): void;
  remove(name: string): Promise<void>;
}

/** Makes the library on storage and on what the run thread lists. */
export function createPictureLibrary(
  store: Store<AppState>,
  client: RunClient,
  named: NamedPictures,
  toasts: Toasts,
): PictureLibrary {
  const urls = new Map<string, string>();

  async function urlOf(name: string): Promise<string | undefined> {
    const known = urls.get(name);
    if (known !== undefined) return known;
    const blob = await readNamedPicture(name);
    if (!blob) return undefined;
    const url = URL.createObjectURL(blob);
    urls.set(name, url);
    return url;
  }

  async function refresh(): Promise<void> {
    try {
      const [stored, lists] = await Promise.all([listPictures(), client.lists()]);
      const own = stored.map(({ name }) => name);
      const names = [...new Set([...own, ...lists.pictures])];
      // One that cannot be read does not take the others away; a banner tells of it.
      const urlsOfNames = await Promise.all(names.map((name) => urlOf(name).catch(ofUnreadable)));
      const pictures = names.flatMap((name, index) => {
        const url = urlsOfNames[index];
        return url === undefined ? [] : [{ name, url, isSample: !own.includes(name) }];
      });
      store.set({ pictures, lists: { ...store.get().lists, ...lists, pictures: names } });
    } catch (error) {
      toasts.thrown(error);
    }
  }

  const library: PictureLibrary = {
    refresh,
    async take(session, editor, registry, file, at) {
      const name = await takePicture(file);
      named.forget(name);
      const under = at && loaderAt(store.get(), registry, editor, at);
      if (under) session.edit({ kind: 'set', id: under.id, values: { [under.input]: name } });
      else library.addLoader(session, editor, registry, name, at);
      await refresh();
    },
    async pickInto(session, id, input) {
      const [file] = await pickFiles('image/*', false);
      if (file) await library.putInto(session, id, input, file);
    },
    async putInto(session, id, input, file) {
      try {
        const name = await takePicture(file);
        named.forget(name);
        session.edit({ kind: 'set', id, values: { [input]: name } });
      } catch (error) {
        toasts.thrown(error);
      }
      await refresh();
    },
    addLoader(session, editor, registry, name, at) {
      const loader = [...registry.values()].find(
        ({ inputs }) => pictureInput(inputs) !== undefined,
      );
      const input = loader && pictureInput(loader.inputs);
      if (!loader || input === undefined) return;
      const added = session.edit({
        kind: 'add',
        type: loader.type,
        pos: editor.pointAt(at),
        values: { [input]: name },
      });
      editor.select(added);
    },
    async remove(name) {
      try {
        await deletePicture(name);
      } catch (error) {
        toasts.thrown(error);
      }
      const url = urls.get(name);
      if (url !== undefined) URL.revokeObjectURL(url);
      urls.delete(name);
      named.forget(name);
      await refresh();
    },
  };
  return library;
}

function ofUnreadable(error: unknown): undefined {
  if (!(error instanceof AppError && error.details.code === 'picture/unreadable')) throw error;
}

/** The input of a definition that names a picture. */
export function pictureInput(inputs: Readonly<Record<string, object>>): string | undefined {
  return Object.entries(inputs).find(
    ([, spec]) => 'source' in spec && spec.source === 'pictures',
  )?.[0];
}

function loaderAt(
  state: AppState,
  registry: NodeRegistry,
  editor: GraphEditor,
  at: Point,
): { readonly id: NodeId; readonly input: string } | undefined {
  const id = editor.nodeAt(at);
  if (id === undefined) return undefined;
  const kinds = graphRegistry(state.document, registry);
  const input = pictureInput(kinds.get(state.document.nodes[id]?.type ?? '')?.inputs ?? {});
  return input === undefined ? undefined : { id, input };
}
