import { texts } from '../texts/texts.js';
import type { Application } from './application.js';
import { holdsGraph } from './share-mark.js';
import { fragmentOf, graphFromFragment, picturesNamed, shareLimits } from './share-link.js';
import { wholeGraph } from './whole-graph.js';

/** Puts a link to the shown graph on the clipboard, and says which pictures it lacks. A graph that is too large is refused. */
export async function shareShown({ store, registry, toasts }: Application): Promise<void> {
  const { files } = texts();
  const { pictures } = store.get();
  const document = wholeGraph(store.get());
  const fragment = await fragmentOf(document);
  if (fragment.length > shareLimits.characters) {
    toasts.error(files.shareTooLarge(fragment.length, shareLimits.characters));
    return;
  }
  const { origin, pathname } = location;
  await navigator.clipboard.writeText(`${origin}${pathname}${fragment}`);
  const named = new Set(picturesNamed(document, registry));
  const own = pictures.flatMap(({ name, isSample }) =>
    named.has(name) && !isSample ? [name] : [],
  );
  toasts.note(files.copied);
  if (own.length > 0) toasts.note(files.shareMissing(own.join(', ')));
}

/** Opens the graph that the page's address holds in a new tab and takes it out of the address. What is wrong is told. */
export async function openShared({ registry, workspace, toasts }: Application): Promise<void> {
  const { hash, pathname, search } = location;
  if (!holdsGraph(hash)) return;
  // A reload must not open it again over what was made of it.
  history.replaceState(history.state, '', pathname + search);
  try {
    workspace.open(await graphFromFragment(hash, registry));
    toasts.note(texts().files.shareOpened);
  } catch (error) {
    toasts.thrown(error);
  }
}
