import type * as Menus from './context-menu.js';
import type { EditorContext } from './editor-context.js';
import type { Point } from './intents.js';
import type { SceneLink } from './scene-link.js';

/** Opens the menu for what lies under a point; what makes menus is loaded with the first one. */
export function openContextMenu(context: EditorContext, client: Point, graph: Point): void {
  open((menus) => {
    menus.openContextMenu(context, client, graph);
  });
}

/** Opens the menu of a link, likewise. */
export function openLinkMenu(
  context: EditorContext,
  client: Point,
  link: SceneLink,
  graph: Point,
): void {
  open((menus) => {
    menus.openLinkMenu(context, client, link, graph);
  });
}

function open(show: (menus: typeof Menus) => void): void {
  // A failure to load goes to the page's own handler of errors.
  void import('./context-menu.js').then(show);
}
