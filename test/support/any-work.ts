import { fc } from './seeded-check.js';
import { initialState } from '../../src/app/app-state.js';
import { nodesToText, pasteText } from '../../src/app/clipboard.js';
import { createDocumentSession, type DocumentSession } from '../../src/app/document-session.js';
import { createStore } from '../../src/app/store.js';
import { instantiate, publishable } from '../../src/core/graph/publish.js';
import { inOrder, subgraphKey } from '../../src/core/graph/subgraph-registry.js';
import type { GraphDocument, NodeId, Point } from '../../src/core/graph/types.js';
import { wiringOf } from '../../src/core/graph/wiring.js';
import { arrangeNodes } from '../../src/editor/arrange-nodes.js';
import type { EditIntent } from '../../src/editor/intents.js';
import { tinyRegistry } from './tiny-nodes.js';

/** One thing that a user does: which, and on what. */
export type Deed = readonly [kind: number, a: number, b: number, c: number];

const kinds = 34;

/** The deed that moves the view alone. */
export const looking = 29;

/** What a user may do in a row. */
export const anyWork = fc.array(fc.tuple(fc.nat(kinds - 1), fc.nat(30), fc.nat(30), fc.nat(30)), {
  minLength: 20,
  maxLength: 60,
});

const types = ['Source', 'Sum', 'Sum', 'LoopStart', 'LoopEnd', 'Keep', 'Show', 'Scale', 'Curve'];
const colors = ['#335577', undefined, '#aa3300'];
const edges = ['left', 'right', 'top', 'bottom', 'center-x', 'center-y'] as const;

/** A session on an empty graph of tiny nodes. */
export function tinySession() {
  const store = createStore(initialState());
  let document = store.get().document;
  const session = createDocumentSession(store, tinyRegistry, {
    refused: () => undefined,
    stepped: (step) => {
      document = step.document;
    },
  });
  return { store, session, whole: () => document };
}

/** Does it, as the page would: through intents, the clipboard, the arrangement and the published subgraphs. */
export function doDeed(
  session: DocumentSession,
  shown: GraphDocument,
  whole: GraphDocument,
  deed: Deed,
): void {
  const [kind, a, b, c] = deed;
  const ids = Object.keys(shown.nodes);
  const some = pick(ids, deed);
  const instance = ids.find((id) => subgraphKey(shown.nodes[id]?.type ?? '') !== undefined);
  if (kind === 33) {
    if (instance !== undefined && c % 2 === 0) session.enter(instance);
    else session.leave();
  } else if (kind === 32) {
    const text = nodesToText(shown, some);
    session.change('Paste', pasteText(shown, text, [a, b], c % 2 === 0).document);
  } else if (kind === 31) {
    const published = instance === undefined ? undefined : publishable(shown, instance);
    if (published) session.change('Add', instantiate(shown, published, [a, b]).document ?? shown);
  } else if (kind === 30) {
    const positions = arrangeNodes(shown, tinyRegistry, some, new Map());
    session.edit({ kind: 'move', positions });
  } else if (kind === looking) session.setView({ scale: 1 + a, offset: [b, c] });
  else if (kind === 28) session.changeWhole('Title', { ...whole, title: `Graph ${String(a)}` });
  else session.edit(intentOf(shown, deed, some));
}

function pick(ids: readonly NodeId[], [, a, b, c]: Deed): readonly NodeId[] {
  return [...new Set([a, b, c].flatMap((number) => ids[number % ids.length] ?? []))];
}

function intentOf(document: GraphDocument, deed: Deed, ids: readonly NodeId[]): EditIntent {
  const [kind, a, b, c] = deed;
  const [one = '', two = one] = ids;
  const pos: Point = [a * 10, b * 10];
  const wiring = wiringOf(document, tinyRegistry);
  const inputs = Object.keys(wiring.sockets(two)?.inputs ?? {});
  const outputs = Object.keys(wiring.sockets(one)?.outputs ?? {});
  const to = { node: two, name: inputs[c % inputs.length] ?? 'a' };
  const from = { node: one, name: outputs[c % outputs.length] ?? 'VALUE' };
  const linked = linkedEnd(document, a) ?? to;
  const key = subgraphKey(document.nodes[one]?.type ?? '');
  const sockets = inOrder(document.subgraphs?.[key ?? '']?.inputs ?? {});
  const changes = [{ to: `n${String(b)}` }, { at: b % 3 }, { remove: true }] as const;
  const intents: readonly EditIntent[] = [
    { kind: 'group', ids },
    { kind: 'group-add', bounds: [a, b, 100, 80] },
    { kind: 'group-set', index: a % 3, patch: { title: `G${String(b)}`, color: colors[c % 3] } },
    { kind: 'group-move', index: a % 3, by: [b, c], ids },
    { kind: 'group-delete', index: a % 3 },
    { kind: 'collapse', ids },
    { kind: 'mode', ids, mode: 'mute' },
    { kind: 'mode', ids, mode: 'bypass' },
    { kind: 'pin', ids },
    { kind: 'color', ids, ...(colors[c % 3] && { color: colors[c % 3] ?? '' }) },
    { kind: 'align', ids, edge: edges[c % edges.length] ?? 'left' },
    { kind: 'distribute', ids, axis: c % 2 === 0 ? 'x' : 'y' },
    { kind: 'insert', id: one, to: linked, pos },
    { kind: 'via', to: linked, points: Array.from({ length: c % 3 }, (_, at): Point => [a, at]) },
    { kind: 'replace', id: one, type: types[b % types.length] ?? '' },
    { kind: 'subgraph', ids },
    { kind: 'unpack', id: one },
    { kind: 'expose', to },
    {
      kind: 'subgraph-socket',
      id: one,
      side: 'input',
      name: sockets[0]?.[0] ?? '',
      change: changes[c % 3] ?? { at: 0 },
    },
    { kind: 'carry', from, zone: two },
    { kind: 'uncarry', start: one, name: 'VALUE' },
    { kind: 'clone', ids, offset: [b, c] },
    { kind: 'delete', ids: ids.slice(0, 1) },
    { kind: 'rename', id: one, title: c % 4 === 0 ? '' : `T${String(b)}` },
    { kind: 'disconnect', to: linked },
    { kind: 'set', id: one, values: { plus: a, amount: b } },
    { kind: 'resize', id: one, size: [200 + a, 90 + b] },
    { kind: 'move', positions: new Map([[one, pos]]) },
  ];
  // Graphs must grow and be wired for anything else to matter.
  if (a % 3 === 0) {
    const insert = linkedEnd(document, b);
    const type = types[c % types.length] ?? '';
    return { kind: 'add', type, pos, ...(b % 4 === 0 && insert && { insert }) };
  }
  if (a % 3 === 1) return { kind: 'connect', from, to };
  return intents[kind] ?? { kind: 'group', ids };
}

/** The input of some link. */
function linkedEnd({ nodes }: GraphDocument, at: number) {
  const ends = Object.entries(nodes).flatMap(([node, { inputs }]) =>
    Object.entries(inputs).flatMap(([name, stored]) =>
      typeof stored === 'object' ? [{ node, name }] : [],
    ),
  );
  return ends[at % ends.length];
}

/** Makes everything in a document throw when it is written to. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const held of Object.values(value)) frozen(held);
  }
  return value;
}
