import type { AnyNodeDefinition } from '../core/node/definition.js';
import { texts } from '../texts/texts.js';
import { openMenu } from './menu.js';
import type { EditorContext } from './editor-context.js';
import type { Point } from './intents.js';
import type { NodeView } from './node-view.js';

const most = 12;

/** Offers the node types that could stand in a node's place, those that keep most of its links first. */
export function openReplaceMenu(context: EditorContext, view: NodeView, client: Point): void {
  const words = texts().canvas.missing;
  const ranked = [...context.registry.values()]
    .filter(({ type, zone }) => type !== view.face.type && !zone)
    .map((definition) => ({ definition, score: scoreOf(view, definition, context) }))
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        b.score - a.score || a.definition.displayName.localeCompare(b.definition.displayName),
    )
    .slice(0, most);
  if (ranked.length === 0) {
    context.host.say(words.nothingFits);
    return;
  }
  openMenu(
    context,
    words.replaceWith,
    client,
    ranked.map(({ definition: { type, displayName } }) => ({
      value: type,
      label: displayName,
      act: () => {
        context.host.edit({ kind: 'replace', id: view.face.id, type });
      },
    })),
  );
}

/** How many sockets of a node another type has too: by name, and by the type that its links carry. */
function scoreOf(
  { face }: NodeView,
  definition: AnyNodeDefinition,
  { scene }: EditorContext,
): number {
  let score = similarName(face.type, definition.type) ? 3 : 0;
  for (const link of scene.links) {
    if (link.to.node === face.id) {
      const spec = definition.inputs[link.to.name];
      score += spec ? 2 : 0;
      score += Object.values(definition.inputs).some(({ type }) => type === link.type) ? 1 : 0;
    } else if (link.from.node === face.id) {
      score += Object.hasOwn(definition.outputs, link.from.name) ? 2 : 0;
      const wanted = scene.views
        .get(link.to.node)
        ?.face.inputs.find(({ name }) => name === link.to.name)?.type;
      score += Object.values(definition.outputs).some(({ type }) => type === wanted) ? 1 : 0;
    }
  }
  return score;
}

function similarName(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left.includes(right) || right.includes(left);
}
