import { flatten } from '../core/graph/flatten.js';
import { shownTitle } from '../core/graph/node-name.js';
import { own } from '../core/graph/own.js';
import { serializeDocument } from '../core/graph/serialize.js';
import type { GraphDocument, NodeId } from '../core/graph/types.js';
import type { Picture } from '../core/node/definition.js';
import type { NodeRegistry } from '../core/node/registry.js';
import type { JournalEntry, KeptPass, KeptPicture } from '../storage/journal.js';
import { hashBytes } from '../storage/pictures.js';
import { sayError } from '../ui/messages.js';
import { pictureToPng } from './files.js';
import { resumedAt, type NodeRecordOfRun, type RunPicture, type RunRecord } from './run-record.js';
import type { EndedRun } from './run-session.js';
import { seedsOf } from './seed-control.js';
import { lanesOf } from './schedule-reading.js';
import { smallPicture } from './small-picture.js';
import { scheduleType } from './timeline-view.js';
import { flatTitle } from './view-models.js';

/** Looks at passes that a run keeps, and their longest side in pixels. */
const passLooks = { count: 8, side: 96 };

/** What the journal keeps of a run that ended; pictures are added by {@link keptPictures} and {@link keptPasses}. */
export function entryOf(
  {
    run: { document, targets },
    board: { record, failures },
    result,
    stoppedAt,
    ...times
  }: EndedRun,
  registry: NodeRegistry,
  { id, device }: { readonly id: number; readonly device: string },
): JournalEntry {
  const title = (node: NodeId) => flatTitle(document, registry, node);
  const flat = flatten(document);
  const [zone] = record.zones.values();
  const [failure] = failures.values();
  const error = failure ? sayError(failure) : result.problems[0]?.message;
  return {
    id,
    startedAt: times.startedAt,
    elapsedMs: times.elapsedMs,
    outcome: result.outcome,
    title: shownTitle(document.title ?? ''),
    graph: serializeDocument(document),
    seeds: [...new Set(seedsOf(flat, registry).map(({ value }) => value))],
    schedule: scheduleOf(flat),
    device,
    models: modelsOf(flat, registry),
    targets: (targets ?? []).map(title),
    unet: result.unet,
    resumed: zone && resumedAt(zone),
    ...(stoppedAt !== undefined && { stoppedAt }),
    error: result.outcome === 'error' ? error : undefined,
    nodes: [...record.nodes].map(([node, told]) => ({
      id: node,
      title: title(node),
      elapsedMs: told.elapsedMs,
      byteLength: told.byteLength,
      isCached: told.status.kind === 'cached',
    })),
    pictures: [],
    passes: [],
    isStarred: false,
  };
}

function scheduleOf({ nodes }: GraphDocument): string {
  return Object.values(nodes)
    .filter(({ type }) => type === scheduleType)
    .map((record) =>
      Object.entries(lanesOf(record))
        .map(([lane, text]) => `${lane} ${text}`)
        .join(' · '),
    )
    .join('; ');
}

function modelsOf({ nodes }: GraphDocument, registry: NodeRegistry): readonly string[] {
  const names = Object.values(nodes).flatMap((record) =>
    Object.entries(registry.get(record.type)?.inputs ?? {}).flatMap(([input, spec]) => {
      const value = own(record.inputs, input);
      const isModel = 'source' in spec && spec.source === 'models' && typeof value === 'string';
      return isModel ? [value] : [];
    }),
  );
  return [...new Set(names)];
}

/** Whether a run put pictures among those that can be loaded by name. */
export function hasKeptPictures({ run, board }: EndedRun): boolean {
  const { nodes } = flatten(run.document);
  return [...board.record.nodes].some(
    ([id, { isComputed }]) => isComputed && own(nodes, id)?.type === 'SaveImage',
  );
}

/** The finished pictures of the output nodes and of the nodes that were run to, with the hash of their pixels. */
export async function keptPictures(
  { run: { document, targets }, board: { record } }: EndedRun,
  registry: NodeRegistry,
): Promise<readonly KeptPicture[]> {
  const { nodes } = flatten(document);
  const isResult = (id: NodeId) =>
    targets?.includes(id) === true || registry.get(own(nodes, id)?.type ?? '')?.outputNode === true;
  const shown = [...record.nodes].flatMap(([node, { pictures }]) =>
    isResult(node)
      ? [...pictures.values()]
          .flat()
          .flatMap(({ label, picture, isPreview }) => (isPreview ? [] : [{ node, label, picture }]))
      : [],
  );
  return Promise.all(
    shown.map(async ({ node, label, picture }) => ({
      node,
      title: flatTitle(document, registry, node),
      label,
      width: picture.width,
      height: picture.height,
      sha256: await hashBytes(new Uint8Array(picture.data)),
      file: await pictureToPng(picture),
    })),
  );
}

/** Small looks at some passes, evenly spread, of the node that showed most of them. */
export async function keptPasses(record: RunRecord): Promise<readonly KeptPass[]> {
  const looks = mostLooked(record);
  const stride = (looks.length - 1) / Math.max(1, passLooks.count - 1);
  const count = Math.min(looks.length, passLooks.count);
  const chosen = Array.from(
    { length: count },
    (_, i) => looks[count === looks.length ? i : Math.round(i * stride)],
  );
  return Promise.all(
    chosen.flatMap((look) =>
      look === undefined ? [] : [small(look.picture).then((file) => ({ pass: look.pass, file }))],
    ),
  );
}

function mostLooked({ nodes }: RunRecord): readonly { pass: number; picture: Picture }[] {
  const passesOf = ({ pictures }: NodeRecordOfRun) =>
    [...pictures]
      .filter(([pass]) => pass >= 0)
      .sort(([a], [b]) => a - b)
      .flatMap(([pass, [first]]: readonly [number, readonly RunPicture[]]) =>
        first === undefined ? [] : [{ pass, picture: first.picture }],
      );
  return [...nodes.values()]
    .map(passesOf)
    .reduce((most, passes) => (passes.length > most.length ? passes : most), []);
}

function small({ width, height, data }: Picture): Promise<Blob> {
  return smallPicture(new ImageData(new Uint8ClampedArray(data), width, height), passLooks.side);
}
