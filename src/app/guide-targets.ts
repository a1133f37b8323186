import type { GraphDocument, NodeId } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import '../ui/cw-guide.js';
import type { GuideStep, GuideTargets } from '../ui/cw-guide.js';
import type { Box } from '../ui/guide-place.js';
import type { Application } from './application.js';
import { pictureInput } from './picture-library.js';

/** How much of a node has to be seen for it to be pointed at. */
const leastSeen = 0.4;

/** What a step of the guide speaks of, where it lies on the page now: `shell` is the shadow root of the whole page. */
export function guideTargets(
  application: Application,
  shell: DocumentFragment | HTMLElement,
  step: GuideStep,
): GuideTargets {
  if (step !== 'choose') {
    const name = step === 'run' ? 'run' : 'timeline';
    const button = inside(shell, 'cw-toolbar')?.querySelector(`[data-command="${name}"]`);
    return { targets: button ? seenOf([boxOf(button)], viewBox()) : [] };
  }
  const ids = pictureNodes(application);
  const canvas = shell.querySelector('canvas');
  const panel = shell.querySelector('cw-panel');
  if (!canvas || (panel && covers(boxOf(panel), boxOf(canvas)))) {
    const rows = ids.flatMap((id) => rowOf(shell, id) ?? []);
    return { targets: seenOf(rows, panel ? boxOf(panel) : viewBox()) };
  }
  const room = boxOf(canvas);
  const nodes = ids.flatMap((id) => application.editor.boxOf(id) ?? []);
  return { targets: seenOf(nodes, room), free: middleOf(room) };
}

/** Found once for a document: the guide asks before every frame. */
const loadersIn = new WeakMap<GraphDocument, readonly NodeId[]>();

/** The first two nodes that load a picture, as the graph is drawn. */
function pictureNodes({ store, registry }: Application): readonly NodeId[] {
  const { document } = store.get();
  const known = loadersIn.get(document);
  if (known) return known;
  const wiring = wiringOf(document, registry);
  const loads = (id: NodeId) => pictureInput(wiring.sockets(id)?.inputs ?? {}) !== undefined;
  const found = Object.keys(document.nodes).filter(loads).slice(0, 2);
  loadersIn.set(document, found);
  return found;
}

/** The line of a node in the list that stands for the canvas where that is covered. */
function rowOf(shell: DocumentFragment | HTMLElement, id: NodeId): Box | undefined {
  const panel = inside(shell, 'cw-panel');
  const row = panel && inside(panel, 'cw-graph-list')?.querySelector(`li[data-key="${id}"] .line`);
  return row ? boxOf(row) : undefined;
}

function inside(root: DocumentFragment | HTMLElement, name: string): ShadowRoot | undefined {
  return root.querySelector(name)?.shadowRoot ?? undefined;
}

function boxOf(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

function viewBox(): Box {
  return { left: 0, top: 0, width: innerWidth, height: innerHeight };
}

/** The parts of boxes that lie inside a room, in whole pixels; those of which little is seen are left out. */
function seenOf(boxes: readonly Box[], room: Box): readonly Box[] {
  return boxes.flatMap((box) => {
    const left = Math.max(box.left, room.left);
    const top = Math.max(box.top, room.top);
    const width = Math.min(box.left + box.width, room.left + room.width) - left;
    const height = Math.min(box.top + box.height, room.top + room.height) - top;
    const isSeen = width > 0 && height > 0 && width * height >= leastSeen * box.width * box.height;
    if (!isSeen) return [];
    const [x, y] = [Math.round(left), Math.round(top)];
    return [{ left: x, top: y, width: Math.round(width), height: Math.round(height) }];
  });
}

function covers(above: Box, below: Box): boolean {
  return (
    above.left <= below.left + 1 &&
    above.top <= below.top + 1 &&
    above.left + above.width >= below.left + below.width - 1 &&
    above.top + above.height >= below.top + below.height - 1
  );
}

/** The middle third of a box: where a graph is looked at. */
function middleOf({ left, top, width, height }: Box): Box {
  return { left: left + width / 3, top: top + height / 3, width: width / 3, height: height / 3 };
}
