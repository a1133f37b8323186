import { html, nothing, type TemplateResult } from 'lit';
import { linkRefusal, type Endpoint } from '../core/graph/link-edits.js';
import { wiringOf } from '../core/graph/wiring.js';
import { texts } from '../texts/texts.js';
import type { FinderEntry } from '../ui/cw-finder.js';
import type { Application } from './application.js';
import type { AppState } from './app-state.js';
import { lazily } from './lazily.js';
import { titleOf } from './view-models.js';

interface Asked {
  readonly side: 'input' | 'output';
  readonly end: Endpoint;
}

/** The name of the dialog that chooses the other end of a link. */
export function connectDialog(side: Asked['side'], end: Endpoint): string {
  return `connect:${JSON.stringify({ side, end })}`;
}

/** Chooses the other end of a link: only what fits is offered. */
export function renderConnect(
  application: Application,
  state: AppState,
  close: () => void,
): TemplateResult | typeof nothing {
  const asked = readAsked(state.dialog);
  if (!asked) return nothing;
  lazily(application, () => import('../ui/cw-finder.js'));
  const { side, end } = asked;
  const title = titleOf(state.document, application.registry, end.node);
  return html`<cw-finder
    .label=${texts().finder.connectTo(title, end.name)}
    .placeholder=${texts().finder.searchOutputs}
    .entries=${fittingEnds(application, state, asked)}
    @cw-close=${close}
    @cw-pick=${(event: CustomEvent<string>) => {
      close();
      const other = JSON.parse(event.detail) as Endpoint;
      const [from, to] = side === 'input' ? [other, end] : [end, other];
      application.session.edit({ kind: 'connect', from, to });
    }}
  ></cw-finder>`;
}

function readAsked(dialog: string | undefined): Asked | undefined {
  if (!dialog?.startsWith('connect:')) return undefined;
  return JSON.parse(dialog.slice('connect:'.length)) as Asked;
}

/** Every output that may feed the input, or every input that the output may feed. */
function fittingEnds(
  { registry }: Application,
  { document }: AppState,
  { side, end }: Asked,
): readonly FinderEntry[] {
  const wiring = wiringOf(document, registry);
  return Object.keys(document.nodes).flatMap((node) => {
    const sockets = wiring.sockets(node);
    const offered: Readonly<Record<string, { readonly type: string }>> =
      (side === 'input' ? sockets?.outputs : sockets?.inputs) ?? {};
    const title = titleOf(document, registry, node);
    return Object.entries(offered).flatMap(([name, { type }]) => {
      const other = { node, name };
      const [from, to] = side === 'input' ? [other, end] : [end, other];
      if (linkRefusal(document, registry, from, to) !== undefined) return [];
      return [
        {
          id: JSON.stringify(other),
          label: `${title} · ${name}`,
          section: type,
          detail: type,
        },
      ];
    });
  });
}
