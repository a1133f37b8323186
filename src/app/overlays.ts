import { html, nothing, type TemplateResult } from 'lit';
import { own } from '../core/graph/own.js';
import { instantiate, type PublishedSubgraph } from '../core/graph/publish.js';
import type { Point } from '../editor/intents.js';
import { texts } from '../texts/texts.js';
import '../ui/cw-menu.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { dialogs } from './dialogs.js';
import { lazily } from './lazily.js';
import { isLight } from './page-look.js';
import { remember } from './remember.js';
import { renderRunningOverlays } from './running-overlays.js';
import { paletteEntries, publishedBehind } from './palette-view.js';

type Close = (patch: Partial<AppState>) => void;

/** What opens above the shell: the menu, the node palette, the picture viewer and the open dialog. */
export function renderOverlays(
  application: Application,
  state: AppState,
  close: Close,
): TemplateResult {
  const dialog = dialogs[state.dialog?.split(':', 1)[0] ?? ''];
  return html`${renderMenu(state, close)}${renderPalette(application, state, close)}
  ${renderViewer(application, state, close)} ${renderRunningOverlays(application, state, close)}
  ${
    dialog?.(application, state, () => {
      close({ dialog: undefined });
    }) ?? nothing
  }`;
}

function renderMenu({ menu }: AppState, close: Close): TemplateResult | typeof nothing {
  if (!menu) return nothing;
  return html`<cw-menu
    .label=${menu.label}
    .items=${menu.items}
    .at=${menu.at}
    @cw-close=${() => {
      close({ menu: undefined });
    }}
    @cw-pick=${(event: CustomEvent<string>) => {
      close({ menu: undefined });
      menu.onPick(event.detail);
    }}
  ></cw-menu>`;
}

function renderPalette(
  application: Application,
  { palette, settings, publishedSubgraphs }: AppState,
  close: Close,
): TemplateResult | typeof nothing {
  if (!palette) return nothing;
  lazily(application, () => import('../ui/cw-node-palette.js'));
  return html`<cw-node-palette
    .entries=${paletteEntries(application.registry, palette, isLight(), publishedSubgraphs)}
    .recent=${settings.recentNodes}
    .linkType=${palette.link?.type ?? ''}
    .at=${palette.at}
    @cw-close=${() => {
      close({ palette: undefined });
    }}
    @cw-pick=${(event: CustomEvent<string>) => {
      close({ palette: undefined });
      const published = publishedBehind(event.detail, publishedSubgraphs);
      if (published) addPublished(application, published, palette.pos);
      else application.addNode(event.detail, palette);
      void remember(application, 'recentNodes', event.detail);
    }}
  ></cw-node-palette>`;
}

function addPublished(
  { store, session, editor, toasts }: Application,
  published: PublishedSubgraph,
  pos: Point,
): void {
  const made = instantiate(store.get().document, published, pos);
  if (!made.document) {
    toasts.note(made.refused);
    return;
  }
  const title = own(published.subgraphs, published.key)?.title ?? '';
  session.change(texts().edits.add(title), made.document);
  editor.select([made.id]);
}

function renderViewer(
  application: Application,
  { viewed }: AppState,
  close: Close,
): TemplateResult | typeof nothing {
  if (viewed === undefined) return nothing;
  lazily(application, () => import('../ui/cw-picture-viewer.js'));
  return html`<cw-picture-viewer
    .label=${application.titleOf(viewed)}
    .pictures=${application.runs.picturesOf(viewed)}
    @cw-close=${() => {
      close({ viewed: undefined });
    }}
    @cw-pick=${(event: CustomEvent<string>) => void application.savePicture(viewed, event.detail)}
  ></cw-picture-viewer>`;
}
