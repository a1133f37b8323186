import type {
  GraphDocument,
  Link,
  NodeId,
  NodeRecord,
  WidgetValue,
} from '../../../src/core/graph/types.js';
import { findNode, linkTo, nodesOfType, setWidgets } from '../headless/document-nodes.js';
import { transferGraph, type TransferSettings } from '../headless/transfer-graph.js';
import { LOCAL_ROW, MASKS_OF, MIRRORED_ROW, SCHEDULE_OF, STEP_OF, type LoopRow } from './rows.js';

/** A graph that makes every row of one pair, and where its pictures are shown. */
export interface RowGraph {
  readonly document: GraphDocument;
  /** By row, the node that shows the result's picture. */
  readonly results: ReadonlyMap<LoopRow, NodeId>;
  /** The nodes that show self-segmentation masks: of the structure picture and, by row, of the results. */
  readonly structureMask: NodeId;
  readonly masks: ReadonlyMap<LoopRow | 'colorTransfer', NodeId>;
}

const LOOP_TYPES = [
  'InjectionSchedule',
  'DenoiseStart',
  'CrossImageUNetStep',
  'AppearanceGuidance',
  'DDPMStep',
  'AdaIN',
  'DenoiseEnd',
  'VAEDecode',
  'PreviewImage',
];
const UNUSED_TYPES = ['SaveImage', 'CompareImages'];

/** Copies of nodes, without titles, with links among them led to the copies; links to other nodes stay. */
function copyNodes(
  document: GraphDocument,
  ids: readonly NodeId[],
): { readonly document: GraphDocument; readonly copyOf: (id: NodeId) => NodeId } {
  const first = 1 + Math.max(...Object.keys(document.nodes).map(Number));
  const copies = new Map(ids.map((id, i) => [id, String(first + i)]));
  const nodes: Record<NodeId, NodeRecord> = { ...document.nodes };
  for (const [id, copy] of copies) {
    const record = document.nodes[id];
    if (!record) continue;
    const inputs: Record<string, WidgetValue | Link> = {};
    for (const [name, value] of Object.entries(record.inputs)) {
      if (typeof value !== 'object') inputs[name] = value;
      else inputs[name] = linkTo(copies.get(value.link[0]) ?? value.link[0], value.link[1]);
    }
    const { type, version } = record;
    nodes[copy] = { type, version, inputs };
  }
  return { document: { ...document, nodes }, copyOf: (id) => copies.get(id) ?? id };
}

function withInputs(
  document: GraphDocument,
  id: NodeId,
  inputs: NodeRecord['inputs'],
): GraphDocument {
  const record = document.nodes[id];
  if (!record) throw new Error(`There is no node ${id}.`);
  const changed = { ...record, inputs: { ...record.inputs, ...inputs } };
  return { ...document, nodes: { ...document.nodes, [id]: changed } };
}

/** The self-segmentation mask of a picture from its inversion at CFG 1, which costs one forward. */
function addMask(
  before: GraphDocument,
  pixels: Link,
): { readonly document: GraphDocument; readonly id: NodeId } {
  const names = ['Encode structure', 'Invert structure', 'Structure branch', 'Structure mask'];
  const ids = names.map((name) => findNode(before, name));
  const { document, copyOf } = copyNodes(before, ids);
  const [encode = '', invert = '', branch = '', mask = ''] = ids.map(copyOf);
  const set = setWidgets(setWidgets(document, invert, { cfg: 1 }), branch, { source: 'inverted' });
  return { document: withInputs(set, encode, { pixels }), id: mask };
}

/** A branch of another picture, inverted as the appearance is. */
function addBranch(
  before: GraphDocument,
  base: GraphDocument,
  image: string,
): { readonly document: GraphDocument; readonly id: NodeId } {
  const names = [
    'Appearance picture',
    'Encode appearance',
    'Invert appearance',
    'Appearance branch',
  ];
  const ids = names.map((name) => findNode(base, name));
  const { document, copyOf } = copyNodes(before, ids);
  const [picture = '', , , branch = ''] = ids.map(copyOf);
  return { document: setWidgets(document, picture, { image }), id: branch };
}

/**
 * The transfer graph of a preset with one loop a row; all of them share the model, both inversions, both branches and
 * both masks. Every picture is also segmented, as it is without the loop's own masks. `recoloured` names the picture
 * of the row colorTransfer, `mirrored` the appearance's mirror image.
 */
export async function rowGraph(
  settings: TransferSettings & { readonly recoloured: string; readonly mirrored: string },
  rows: readonly LoopRow[],
): Promise<RowGraph> {
  const whole = await transferGraph(settings);
  const unused = new Set(UNUSED_TYPES.flatMap((type) => nodesOfType(whole, type)));
  const kept = Object.entries(whole.nodes).filter(([id]) => !unused.has(id));
  const base: GraphDocument = { ...whole, nodes: Object.fromEntries(kept) };
  const loop = LOOP_TYPES.flatMap((type) => nodesOfType(base, type));
  const results = new Map<LoopRow, NodeId>();
  const pictures = new Map<LoopRow | 'colorTransfer', Link>();
  let document = base;
  for (const row of rows) {
    const copied = copyNodes(document, loop);
    const copyOfType = (type: string): NodeId => copied.copyOf(nodesOfType(base, type)[0] ?? '');
    document = setWidgets(copied.document, copyOfType('InjectionSchedule'), SCHEDULE_OF[row]);
    const masks = Object.entries(MASKS_OF[row] ?? {}).map(
      ([input, title]) => [input, linkTo(findNode(base, title), 'MASK')] as const,
    );
    const beyond = { ...STEP_OF[row], ...Object.fromEntries(masks) };
    document = withInputs(document, copyOfType('CrossImageUNetStep'), beyond);
    if (row === LOCAL_ROW) {
      const structure = linkTo(findNode(base, 'Structure branch'), 'REFERENCE');
      document = withInputs(document, copyOfType('AdaIN'), { structure });
    }
    if (row === MIRRORED_ROW) {
      const added = addBranch(document, base, settings.mirrored);
      const branch = linkTo(added.id, 'REFERENCE');
      const at = copyOfType('CrossImageUNetStep');
      document = withInputs(added.document, at, { reference_c: branch });
    }
    results.set(row, copyOfType('PreviewImage'));
    pictures.set(row, linkTo(copyOfType('VAEDecode'), 'IMAGE'));
  }
  const loader = findNode(base, 'Structure picture');
  const recoloured = copyNodes(document, [loader]);
  document = setWidgets(recoloured.document, recoloured.copyOf(loader), {
    image: settings.recoloured,
  });
  pictures.set('colorTransfer', linkTo(recoloured.copyOf(loader), 'IMAGE'));
  return { ...withMasks(without(document, loop), pictures, loader), results };
}

function without(document: GraphDocument, ids: readonly NodeId[]): GraphDocument {
  const kept = Object.entries(document.nodes).filter(([id]) => !ids.includes(id));
  return { ...document, nodes: Object.fromEntries(kept) };
}

function withMasks(
  before: GraphDocument,
  pictures: ReadonlyMap<LoopRow | 'colorTransfer', Link>,
  structure: NodeId,
): Pick<RowGraph, 'document' | 'structureMask' | 'masks'> {
  const own = addMask(before, linkTo(structure, 'IMAGE'));
  const masks = new Map<LoopRow | 'colorTransfer', NodeId>();
  let { document } = own;
  for (const [row, pixels] of pictures) {
    const added = addMask(document, pixels);
    masks.set(row, added.id);
    const id = String(1 + Math.max(...Object.keys(added.document.nodes).map(Number)));
    const inputs = { a: linkTo(own.id, 'MASK'), b: linkTo(added.id, 'MASK') };
    const record = { type: 'MaskOverlap', version: 1, inputs };
    document = { ...added.document, nodes: { ...added.document.nodes, [id]: record } };
  }
  return { document, structureMask: own.id, masks };
}
