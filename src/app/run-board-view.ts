import { flatId, flatSocket } from '../core/graph/flat-places.js';
import { flatten } from '../core/graph/flatten.js';
import { own } from '../core/graph/own.js';
import { outdatedCopies } from '../core/graph/published-copies.js';
import { graphRegistry, subgraphKey } from '../core/graph/subgraph-registry.js';
import type { Problem } from '../core/graph/problems.js';
import { isLink, type GraphDocument, type NodeId, type NodeRecord } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { NodePicture, RunView } from '../editor/run-view.js';
import { texts } from '../texts/texts.js';
import type { AppState } from './app-state.js';
import type { BitmapCache } from './bitmaps.js';
import { linkNote } from './forecast-note.js';
import type { NamedPictures } from './named-pictures.js';
import { fixesOf, fixesOfFailure } from './problem-fixes.js';
import { boardNode, boardPictures, boardZone, type RunBoard } from './run-board.js';
import { stripOf } from './pass-strip.js';
import type { RunPicture } from './run-record.js';
import { staleNodes } from './stale-nodes.js';
import type { Store } from './store.js';
import { wholeGraph } from './whole-graph.js';
import { zoneEstimate } from './zone-estimate.js';
import { zoneTimesteps } from './zone-timesteps.js';

const sorted = new WeakMap<AppState['problems'], ReadonlyMap<string, readonly Problem[]>>();

/** The problems of each node; sorted once for every new list, since each frame asks for every node. */
function problemsAt(problems: AppState['problems']): ReadonlyMap<string, readonly Problem[]> {
  const known = sorted.get(problems);
  if (known) return known;
  const byNode = new Map<string, Problem[]>();
  for (const problem of problems) {
    const { nodeId } = problem;
    if (nodeId === undefined) continue;
    byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), problem]);
  }
  sorted.set(problems, byNode);
  return byNode;
}

/** What the board shows of the part of the graph that is drawn, and of the whole graph by flat ids. */
export interface BoardViews {
  readonly drawn: RunView;
  readonly flat: RunView;
}

/** What the canvas shows of the board that `boardNow` gives, on top of the document's own problems and pictures. */
export function createBoardView(
  store: Store<AppState>,
  registry: NodeRegistry,
  named: NamedPictures,
  bitmaps: BitmapCache,
  thumbnails: BitmapCache,
  boardNow: () => RunBoard,
): BoardViews {
  const flatNow = (): GraphDocument => flatten(wholeGraph(store.get()));
  const drawn = (id: NodeId): NodeId => flatId(store.get().path, id);
  const zonesNow = () => wiringOf(flatNow(), registry).zones;

  /** Passes may come faster than bitmaps are made: the last one that is ready stands in. */
  function readyPictures(board: RunBoard, id: NodeId): readonly NodePicture[] {
    const { zoneOf } = zonesNow();
    const own = boardPictures(board, id, (node) => zoneOf.get(node)?.start);
    const estimate =
      own.length > 0 ? undefined : zoneEstimate(board.record, flatNow(), registry, id);
    const pictures = estimate ? [{ ...estimate, note: estimate.label }] : own;
    const ready = readyOf(pictures);
    // A pass that was chosen is shown, or nothing: no other pass for it.
    const start = zoneOf.get(id)?.start;
    if (pictures.length === 0 && start !== undefined && board.shownPass.has(start)) return [];
    if (ready.length > 0 && ready.length === pictures.length) {
      board.lastReady.set(id, pictures);
      return ready;
    }
    const last = readyOf(board.lastReady.get(id) ?? []);
    if (last.length === 0 || pictures.length > 0) return last.length > 0 ? last : ready;
    return last.map((picture) => ({ ...picture, note: picture.note ?? texts().running.before }));
  }

  function readyOf(
    pictures: readonly (RunPicture & { readonly note?: string })[],
  ): readonly NodePicture[] {
    return pictures.flatMap(({ label, picture, isPreview, note }) => {
      const bitmap = bitmaps.of(picture);
      // A closed bitmap has no width and cannot be drawn.
      if (!bitmap || bitmap.width === 0) return [];
      return [{ label, bitmap, isPreview, ...(note !== undefined && { note }) }];
    });
  }

  /** A node that loads a picture shows it before anything ran. */
  function namedPicture(node: NodeRecord | undefined): readonly NodePicture[] {
    const kinds = graphRegistry(flatNow(), registry);
    const inputs = Object.entries(kinds.get(node?.type ?? '')?.inputs ?? {});
    for (const [name, spec] of inputs) {
      if (spec.type !== 'COMBO' || !('source' in spec)) continue;
      // A subgraph has what it is not told from its inside.
      const value = own(node?.inputs ?? {}, name) ?? spec.default;
      if (isLink(value) || value === '') continue;
      const isPicture = spec.source === 'pictures' && typeof value === 'string';
      const bitmap = isPicture ? named.of(value) : undefined;
      if (bitmap) return [{ label: String(value), bitmap, isPreview: false }];
    }
    return [];
  }

  function isStale({ document, record }: RunBoard, id: NodeId): boolean {
    if (!document || record.order.length === 0) return false;
    const stale = staleNodes(flatten(document), flatNow(), registry);
    if (!stale.has(id)) return false;
    return record.nodes.has(id) || [...record.nodes.keys()].some((at) => at.startsWith(`${id}/`));
  }

  const flat: RunView = {
    node(id) {
      const board = boardNow();
      const shown = readyPictures(board, id);
      return {
        ...boardNode(board, id),
        problems: [],
        pictures: shown.length > 0 ? shown : namedPicture(own(flatNow().nodes, id)),
        isStale: isStale(board, id),
      };
    },
    linkNote: (from) => linkNote(store.get().forecast, from),
    zone(start) {
      const board = boardNow();
      const zone = boardZone(board, start);
      const all = board.document && zoneTimesteps(flatten(board.document), registry, start);
      if (!zone?.passes || !all) return zone;
      return { ...zone, timesteps: all.slice(zone.passes[0]) };
    },
    strip(start) {
      const zone = zonesNow().byBoundary.get(start);
      return zone ? stripOf(boardNow().record, zone, thumbnails) : [];
    },
  };

  return {
    flat,
    drawn: {
      node(id) {
        const { document, problems, lists, publishedSubgraphs } = store.get();
        const copies = outdatedCopies(document, publishedSubgraphs);
        const mine = problemsAt(problems).get(id) ?? [];
        const failure = boardNow().failures.get(drawn(id));
        const shown = flat.node(drawn(id));
        const record = own(document.nodes, id);
        const key = subgraphKey(record?.type ?? '');
        const isBare = key !== undefined && shown.pictures.length === 0;
        return {
          ...shown,
          ...(isBare && { pictures: namedPicture(record) }),
          problems: mine.map(({ input, message }) => ({ input, message })),
          isOutdated: copies.has(key ?? ''),
          // Looked for when a menu or the inspector asks: drawing never does.
          get fixes() {
            return [
              ...mine.flatMap((problem) => fixesOf(problem, document, registry, lists)),
              ...(failure ? fixesOfFailure(failure, id, document, registry, lists) : []),
            ];
          },
        };
      },
      linkNote({ node, name }) {
        const from = flatSocket(wholeGraph(store.get()), store.get().path, {
          node,
          side: 'output',
          name,
        });
        return from && flat.linkNote?.(from);
      },
      zone: (start) => flat.zone(drawn(start)),
      strip: (start) => flat.strip?.(drawn(start)) ?? [],
    },
  };
}
