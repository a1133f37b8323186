import { addNode } from '../../../src/core/graph/edits.js';
import type { GraphDocument, NodeId, NodeRecord } from '../../../src/core/graph/types.js';
import { findNode, linkTo, nodesOfType } from './document-nodes.js';
import { registry } from './project.js';

/** More passes than any schedule has: a range that starts here never begins. */
const NEVER = 1000;

/** The nodes that show what each branch gives back, by branch. */
export interface BranchPictures {
  readonly document: GraphDocument;
  readonly structure: NodeId;
  readonly appearance: NodeId;
}

/**
 * A transfer graph with two more denoise zones, which replay each branch to its own picture. What a branch has
 * done for the transfer is not done again; the passes that the transfer does not need are the extra cost.
 */
export function withBranchPictures(document: GraphDocument): BranchPictures {
  const structure = addReplay(document, 'Structure', 0);
  const appearance = addReplay(structure.document, 'Appearance', 1);
  return { document: appearance.document, structure: structure.id, appearance: appearance.id };
}

function addReplay(
  before: GraphDocument,
  branch: 'Structure' | 'Appearance',
  row: number,
): { readonly document: GraphDocument; readonly id: NodeId } {
  let document = before;
  let column = 0;
  const add = (type: string, inputs: NodeRecord['inputs']): NodeId => {
    const definition = registry.get(type);
    if (!definition) throw new Error(`There is no node type ${type}.`);
    const pos = [300 * column++, 1600 + 700 * row] as const;
    const added = addNode(document, definition, { pos, inputs, title: `${branch} replay ${type}` });
    document = added.document;
    return added.id;
  };
  const valuesOf = (id: NodeId): NodeRecord['inputs'] => document.nodes[id]?.inputs ?? {};
  const [mainSchedule = '', mainStart = ''] = ['InjectionSchedule', 'DenoiseStart'].map(
    (type) => nodesOfType(before, type)[0],
  );
  const { model, positive } = valuesOf(findNode(before, `${branch} branch`));
  const { vae } = valuesOf(findNode(before, `Encode ${branch.toLowerCase()}`));
  const inversion = linkTo(findNode(before, `Invert ${branch.toLowerCase()}`), 'INVERSION');
  const shared = {
    ...(model !== undefined && { model }),
    ...(positive !== undefined && { positive }),
  };
  const schedule = add('InjectionSchedule', {
    ...valuesOf(mainSchedule),
    half_start: NEVER,
    full_start: NEVER,
    adain_start: NEVER,
  });
  const start = add('DenoiseStart', { ...valuesOf(mainStart), inversion });
  const step = linkTo(start, 'step');
  const samples = linkTo(start, 'samples');
  const unet = add('CrossImageUNetStep', {
    ...shared,
    samples,
    step,
    schedule: linkTo(schedule, 'SCHEDULE'),
    appearance: linkTo(findNode(before, `${branch} branch`), 'REFERENCE'),
  });
  const stepped = add('DDPMStep', {
    samples,
    step,
    noise_pred: linkTo(unet, 'self'),
    noise: inversion,
  });
  const end = add('DenoiseEnd', { samples: linkTo(stepped, 'samples') });
  const decoded = add('VAEDecode', {
    samples: linkTo(end, 'samples'),
    ...(vae !== undefined && { vae }),
  });
  return { id: add('PreviewImage', { images: linkTo(decoded, 'IMAGE') }), document };
}
