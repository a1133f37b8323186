import * as v from 'valibot';
import { AppError } from '../errors.js';
import { checkJsonText, checkPlainData, documentLimits, refuseAbove } from './limits.js';
import { migrateFormat } from './migrations/format-ladder.js';
import type { GraphDocument } from './types.js';

const nodeId = v.pipe(
  v.string(),
  v.regex(/^(0|[1-9][0-9]{0,8})$/, 'a node id is a decimal number'),
);
const finite = v.pipe(v.number(), v.finite());
const pair = v.tuple([finite, finite]);
const version = v.pipe(v.number(), v.integer(), v.minValue(1));

const nodeRecord = v.looseObject({
  type: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  version,
  inputs: v.record(
    v.string(),
    v.union([
      finite,
      v.string(),
      v.boolean(),
      v.looseObject({ link: v.tuple([nodeId, v.string()]) }),
    ]),
  ),
  title: v.exactOptional(v.string()),
  mode: v.exactOptional(v.picklist(['mute', 'bypass'])),
  carried: v.exactOptional(v.record(v.string(), v.string())),
  sockets: v.exactOptional(v.record(v.string(), v.string())),
  foreign: v.exactOptional(
    v.looseObject({ data: v.unknown(), outputs: v.array(v.tuple([v.string(), v.string()])) }),
  ),
});

const nodeLayout = v.looseObject({
  pos: pair,
  size: v.exactOptional(pair),
  collapsed: v.exactOptional(v.boolean()),
  pinned: v.exactOptional(v.boolean()),
  color: v.exactOptional(v.string()),
  via: v.exactOptional(v.record(v.string(), v.array(pair))),
  reroutes: v.exactOptional(v.record(v.string(), v.array(v.unknown()))),
  form: v.exactOptional(v.record(v.string(), v.boolean())),
});

const groupLayout = v.looseObject({
  title: v.string(),
  bounds: v.tuple([finite, finite, finite, finite]),
  color: v.exactOptional(v.string()),
});

const nodes = v.record(nodeId, nodeRecord);
const layout = v.looseObject({
  nodes: v.record(nodeId, nodeLayout),
  groups: v.array(groupLayout),
  view: v.exactOptional(v.looseObject({ scale: v.pipe(finite, v.gtValue(0)), offset: pair })),
});

const subgraph = v.looseObject({
  title: v.string(),
  description: v.exactOptional(v.string()),
  inputs: v.record(
    v.string(),
    v.looseObject({
      type: v.string(),
      to: v.array(v.tuple([nodeId, v.string()])),
      order: v.exactOptional(finite),
      promoted: v.exactOptional(v.literal(true)),
    }),
  ),
  outputs: v.record(
    v.string(),
    v.looseObject({
      type: v.string(),
      from: v.exactOptional(v.tuple([nodeId, v.string()])),
      order: v.exactOptional(finite),
    }),
  ),
  nodes,
  layout,
  published: v.exactOptional(
    v.looseObject({ title: v.string(), at: v.string(), content: v.string() }),
  ),
});

const graphDocument = v.looseObject({
  format: v.literal('crossweave-graph'),
  version,
  title: v.exactOptional(v.string()),
  nodes,
  layout,
  subgraphs: v.exactOptional(v.record(v.string(), subgraph)),
});

/**
 * Reads a graph from JSON text or parsed JSON of any released format version. Keys that the program does not know,
 * at every level, and nodes of unknown type are kept as they are.
 * @throws AppError `document/invalid`, `document/too-large` or `document/too-new`, and nothing else.
 */
export function parseDocument(source: unknown): GraphDocument {
  try {
    return readDocument(typeof source === 'string' ? readJson(source) : source);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      { code: 'document/invalid', reason: 'its parts contradict each other' },
      { cause },
    );
  }
}

/** Parses the text of a graph file. @throws AppError `document/invalid` or `document/too-large`. */
export function readJson(text: string): unknown {
  refuseAbove('bytes', text.length, documentLimits.bytes);
  // A character takes three bytes at most, so short texts need not be measured.
  if (text.length * 3 > documentLimits.bytes) {
    refuseAbove('bytes', new TextEncoder().encode(text).byteLength, documentLimits.bytes);
  }
  checkJsonText(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = cause instanceof Error ? ` (${cause.message})` : '';
    const reason = `the file is not JSON${detail}`;
    throw new AppError({ code: 'document/invalid', reason }, { cause });
  }
}

function readDocument(data: unknown): GraphDocument {
  checkPlainData(data);
  if (!isRecord(data) || data['format'] !== 'crossweave-graph') {
    const reason = 'it is not of the format “crossweave-graph”';
    throw new AppError({ code: 'document/invalid', reason, path: 'format' });
  }
  const inner = isRecord(data['subgraphs']) ? Object.values(data['subgraphs']) : [];
  refuseCrowds([data, ...inner.filter(isRecord)]);
  const migrated = migrateFormat(data);
  // The schema only judges; the document is what was read, so that unknown keys need no second home.
  if (v.is(graphDocument, migrated)) return migrated;
  const issue = v.safeParse(graphDocument, migrated).issues?.[0];
  const path = issue && v.getDotPath(issue);
  const reason = issue?.message ?? 'it does not follow the format';
  throw new AppError({ code: 'document/invalid', reason, ...(path && { path }) });
}

/** @throws AppError `document/too-large` when the levels of a graph hold more than can be worked with. */
function refuseCrowds(levels: readonly Readonly<Record<string, unknown>>[]): void {
  let [nodeCount, groupCount] = [0, 0];
  for (const { nodes: records, layout: places } of levels) {
    if (isRecord(places) && Array.isArray(places['groups'])) groupCount += places['groups'].length;
    if (!isRecord(records)) continue;
    const all = Object.values(records);
    nodeCount += all.length;
    for (const record of all) {
      const inputs = isRecord(record) && isRecord(record['inputs']) ? record['inputs'] : {};
      refuseAbove('inputs of one node', Object.keys(inputs).length, documentLimits.inputs);
    }
  }
  refuseAbove('nodes', nodeCount, documentLimits.nodes);
  refuseAbove('groups', groupCount, documentLimits.groups);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
