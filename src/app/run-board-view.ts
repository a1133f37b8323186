import { graphRegistry } from '../core/graph/subgraph-registry.js';
import type { Problem } from '../core/graph/problems.js';
import { isLink, type NodeId, type NodeRecord } from '../core/graph/types.js';
import { wiringOf } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { NodePicture, RunView } from '../editor/run-view.js';
import type { AppState } from './app-state.js';
import type { BitmapCache } from './bitmaps.js';
import { linkNote } from './forecast-note.js';
import type { NamedPictures } from './named-pictures.js';
import { fixesOf, fixesOfFailure } from './problem-fixes.js';
import { boardNode, boardPictures, boardZone, type RunBoard } from './run-board.js';
import { stripOf } from './pass-strip.js';
import { staleNodes } from './stale-nodes.js';
import type { Store } from './store.js';
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

/** What the canvas shows of the board that `boardNow` gives, on top of the document's own problems and pictures. */
export function createBoardView(
  store: Store<AppState>,
  registry: NodeRegistry,
  named: NamedPictures,
  bitmaps: BitmapCache,
  thumbnails: BitmapCache,
  boardNow: () => RunBoard,
): RunView {
  /** Passes may come faster than bitmaps are made: the last one that is ready stands in. */
  function readyPictures(board: RunBoard, id: NodeId): readonly NodePicture[] {
    const { zones } = wiringOf(store.get().document, registry);
    const pictures = boardPictures(board, id, zones.zoneOf.get(id)?.start);
    const ready = pictures.flatMap(({ label, picture, isPreview }) => {
      const bitmap = bitmaps.of(picture);
      return bitmap ? [{ label, bitmap, isPreview }] : [];
    });
    if (pictures.length === 0) board.lastReady.delete(id);
    else if (ready.length === pictures.length) board.lastReady.set(id, ready);
    // A closed bitmap has no width and cannot be drawn.
    return (board.lastReady.get(id) ?? ready).filter(({ bitmap }) => bitmap.width > 0);
  }

  /** A node that loads a picture shows it before anything ran. */
  function namedPicture(node: NodeRecord | undefined): readonly NodePicture[] {
    const kinds = graphRegistry(store.get().document, registry);
    const inputs = Object.entries(kinds.get(node?.type ?? '')?.inputs ?? {});
    for (const [name, spec] of inputs) {
      const value = node?.inputs[name];
      if (spec.type !== 'COMBO' || !('source' in spec) || isLink(value)) continue;
      const isPicture = spec.source === 'pictures' && typeof value === 'string';
      const bitmap = isPicture ? named.of(value) : undefined;
      if (bitmap) return [{ label: String(value), bitmap, isPreview: false }];
    }
    return [];
  }

  return {
    node(id) {
      const { document, problems, lists } = store.get();
      const board = boardNow();
      const shown = readyPictures(board, id);
      const own = problemsAt(problems).get(id) ?? [];
      const failure = board.failures.get(id);
      const isStale =
        board.document !== undefined &&
        board.record.nodes.has(id) &&
        staleNodes(board.document, document, registry).has(id);
      return {
        ...boardNode(board, id),
        problems: own.map(({ input, message }) => ({ input, message })),
        pictures: shown.length > 0 ? shown : namedPicture(document.nodes[id]),
        isStale,
        // Looked for when a menu or the inspector asks: drawing never does.
        get fixes() {
          return [
            ...own.flatMap((problem) => fixesOf(problem, document, registry, lists)),
            ...(failure ? fixesOfFailure(failure, id, document, registry, lists) : []),
          ];
        },
      };
    },
    linkNote: (from) => linkNote(store.get(), from),
    zone(start) {
      const board = boardNow();
      const zone = boardZone(board, start);
      const all = board.document && zoneTimesteps(board.document, registry, start);
      if (!zone?.passes || !all) return zone;
      return { ...zone, timesteps: all.slice(zone.passes[0]) };
    },
    strip(start) {
      const zone = wiringOf(store.get().document, registry).zones.byBoundary.get(start);
      return zone ? stripOf(boardNow().record, zone, thumbnails) : [];
    },
  };
}
