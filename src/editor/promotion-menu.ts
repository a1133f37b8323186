import { own } from '../core/graph/own.js';
import { promotionOf } from '../core/graph/promoted-widgets.js';
import { boundaryIds, subgraphOf } from '../core/graph/subgraph-registry.js';
import { texts } from '../texts/texts.js';
import type { EditorContext } from './editor-context.js';
import type { PromotionIntent } from './intents.js';
import type { MenuEntry } from './menu.js';
import type { NodeView } from './node-view.js';

/**
 * What a node's menu offers of the widgets that a subgraph shows on its outer node: inside, to show or hide those of the
 * node, the one under the pointer (`widget`) at once; on an instance, to take off the one under the pointer.
 */
export function promotionEntries(
  { scene, host }: EditorContext,
  { face }: NodeView,
  widget: string | undefined,
): readonly MenuEntry[] {
  const { document } = scene;
  const words = texts().canvas.menu;
  const entry = (label: string, intent: PromotionIntent): MenuEntry => ({
    value: intent.kind,
    label,
    act: () => {
      host.edit(intent);
    },
  });
  if (own(document.nodes, boundaryIds.inputs) === undefined) {
    const inputs = subgraphOf(document, face.type)?.inputs ?? {};
    if (widget === undefined || own(inputs, widget)?.promoted !== true) return [];
    return [entry(words.hideWidget(widget), { kind: 'hide-widget', id: face.id, name: widget })];
  }
  const widgets = face.widgets.filter(({ name }) => promotionOf(document, face.id, name));
  if (widgets.length === 0) return [];
  const value = 'outer-values';
  const all = { value, label: words.widgets, act: host.command.bind(host, value) };
  const under = widgets.find(({ name }) => name === widget);
  const intent = under && promotionOf(document, face.id, under.name);
  if (!intent) return [all];
  const label = intent.kind === 'show-widget' ? words.showWidget : words.hideWidget;
  return [entry(label(under.name), intent), all];
}
