import { promotionOf } from '../core/graph/promoted-widgets.js';
import { isWidget, wiringOf } from '../core/graph/wiring.js';
import { texts } from '../texts/texts.js';
import type { Application } from './application.js';

/** Offers the widgets of the selected node inside a subgraph: each is shown on the outer node, or taken off it. */
export function chooseOuterValues({ store, registry, session, editor }: Application): void {
  const { document, selection } = store.get();
  const [id] = selection;
  if (id === undefined) return;
  const inputs = wiringOf(document, registry).sockets(id)?.inputs ?? {};
  const items = Object.entries(inputs).flatMap(([name, spec]) => {
    const intent = isWidget(spec) ? promotionOf(document, id, name) : undefined;
    if (!intent) return [];
    return [{ value: name, label: name, isCurrent: intent.kind === 'hide-widget' }];
  });
  store.set({
    menu: {
      label: texts().canvas.menu.widgets,
      items,
      at: editor.middle(),
      onPick(name) {
        const intent = promotionOf(store.get().document, id, name);
        if (intent) session.edit(intent);
      },
    },
  });
}
