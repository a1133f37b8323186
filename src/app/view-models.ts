import { own } from '../core/graph/own.js';
import { isLink, type GraphDocument, type NodeId } from '../core/graph/types.js';
import { isWidget, wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { formatDuration, statusText } from '../editor/draw-status.js';
import type { RunView } from '../editor/run-view.js';
import type { ListNode } from '../ui/cw-graph-list.js';
import type { NodeHelp } from '../ui/cw-node-panel.js';
import type { JournalRow } from '../ui/cw-run-journal.js';
import type { DeviceInfo } from '../ui/cw-toolbar.js';
import type { DeviceVerdict } from '../worker/messages.js';
import type { AppState } from './app-state.js';

/** How a node is called on screen. */
export function titleOf(document: GraphDocument, registry: NodeRegistry, id: NodeId): string {
  const record = own(document.nodes, id);
  return record?.title ?? registry.get(record?.type ?? '')?.displayName ?? record?.type ?? id;
}

/** The run thread's verdict in a word. */
export function deviceInfo({ provider, reason, threads }: DeviceVerdict): DeviceInfo {
  const isFallback = provider === 'wasm';
  const count = `${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`;
  return { label: isFallback ? `CPU, ${count}` : 'WebGPU', reason, isFallback };
}

/** The help of the one selected node. */
export function helpOf(
  state: AppState,
  registry: NodeRegistry,
  run: RunView,
): NodeHelp | undefined {
  const [id] = state.selection;
  if (id === undefined || state.selection.length !== 1) return undefined;
  const record = own(state.document.nodes, id);
  if (!record) return undefined;
  const definition = registry.get(record.type);
  const title = titleOf(state.document, registry, id);
  if (!definition) {
    return {
      title,
      type: record.type,
      category: 'missing',
      description:
        'This version does not know the node. Its data is kept and saved back as it is; delete it, or put a known node in its place.',
      inputs: {},
      outputs: {},
      warnings: [],
    };
  }
  const sockets = wiringOf(state.document, registry).sockets(id) ?? definition;
  const { type, category, description } = definition;
  const { warnings } = run.node(id);
  return { title, type, category, description, ...sockets, warnings };
}

/** The graph as a list, in the order of reading: left to right, top to bottom. */
export function listNodes(
  state: AppState,
  registry: NodeRegistry,
  run: RunView,
): readonly ListNode[] {
  const { document } = state;
  const place = (id: NodeId) => document.layout.nodes[id]?.pos ?? [0, 0];
  const ids = Object.keys(document.nodes).sort((a, b) => {
    const [[ax, ay], [bx, by]] = [place(a), place(b)];
    return ax - bx || ay - by;
  });
  const wiring = wiringOf(document, registry);
  return ids.map((id) => {
    const record = document.nodes[id];
    const view = run.node(id);
    const words = statusText(
      { mode: record?.mode, isMissing: !registry.has(record?.type ?? '') },
      view.status,
    );
    const problem = view.problems.length > 0 ? 'has problems' : '';
    return {
      id,
      title: titleOf(document, registry, id),
      state: [words?.text ?? '', problem].filter((part) => part !== '').join(', '),
      isSelected: state.selection.includes(id),
      rows: Object.entries(wiring.sockets(id)?.inputs ?? {}).map(([input, spec]) => {
        const stored = own(record?.inputs ?? {}, input);
        const text = isLink(stored)
          ? `from ${titleOf(document, registry, stored.link[0])}, ${stored.link[1]}`
          : stored === undefined
            ? 'not connected'
            : String(stored);
        return { input, text, isWidget: isWidget(spec) && !isLink(stored) };
      }),
    };
  });
}

/** The journal in words. */
export function journalRows(state: AppState): readonly JournalRow[] {
  return state.journal.map(({ id, startedAt, elapsedMs, outcome, unet, nodes }) => {
    const longest = Math.max(1, ...nodes.map((node) => node.elapsedMs));
    return {
      id,
      time: new Date(startedAt).toLocaleTimeString(),
      duration: formatDuration(elapsedMs),
      outcome,
      work: unet
        ? `U-Net: ${unet.forwardEquivalents.toFixed(1)} forwards, ${String(unet.pairs)} in pairs`
        : '',
      nodes: [...nodes]
        .sort((a, b) => b.elapsedMs - a.elapsedMs)
        .map((node) => ({
          id: node.id,
          title: node.title,
          duration: formatDuration(node.elapsedMs),
          share: node.elapsedMs / longest,
          isCached: node.isCached,
        })),
    };
  });
}
