import { join } from 'node:path';
import type { GraphDocument, NodeId, WidgetValue } from '../../../src/core/graph/types.js';
import type { PresetName } from '../../../src/diffusion/presets.js';
import { findNode, nodesOfType, setWidgets } from './document-nodes.js';
import { maskSettingsOf } from './pack-settings.js';
import { places, readGraph } from './project.js';

/** What a transfer is asked for; absent settings are the preset's. */
export interface TransferSettings {
  readonly structure: string;
  readonly appearance: string;
  readonly preset: PresetName;
  readonly model?: string;
  readonly prompt?: string;
  readonly noun?: string;
  readonly steps?: number;
  readonly skip?: number;
  readonly seed?: number;
}

const GRAPHS: Readonly<Record<PresetName, string>> = {
  official: 'appearance-transfer.json',
  paper: 'paper.json',
  consistent: 'consistent.json',
};

/**
 * The example graph of a preset with the settings in its widgets; masks are cut as the model wants it.
 * @throws AppError `model/invalid` when what the model's folder says of that cannot be read.
 */
export async function transferGraph(settings: TransferSettings): Promise<GraphDocument> {
  const { document } = await readGraph(join(places.graphs, GRAPHS[settings.preset]));
  const named = (title: string): NodeId => findNode(document, title);
  const { structure, appearance, model, prompt, noun, seed } = settings;
  const mask = model === undefined ? {} : await maskSettingsOf(model);
  const changes: (readonly [NodeId, Readonly<Record<string, WidgetValue | undefined>>])[] = [
    [named('Structure picture'), { image: structure }],
    [named('Appearance picture'), { image: appearance }],
    [named('LoadCheckpoint'), { ckpt_name: model }],
    [named('Prompt'), { text: prompt }],
    [named('SaveImage'), { filename_prefix: 'transfer' }],
    ...nodesOfType(document, 'DDPMInversion').map(
      (id) => [id, { seed }] as [NodeId, { seed?: number }],
    ),
    ...nodesOfType(document, 'SelfSegmentationMask').map((id) => [id, { noun, ...mask }] as const),
  ];
  const set = changes.reduce((changed, [id, values]) => setWidgets(changed, id, values), document);
  return withSteps(set, settings);
}

/** Widgets of the schedule that count passes of the preset's number of steps. */
const PASS_WIDGETS = [
  'half_start',
  'half_end',
  'full_start',
  'full_end',
  'structure_until',
  'guidance_start_at',
  'guidance_end_at',
  'adain_start',
  'adain_end',
];

/**
 * The document with another number of steps: everything that counts passes is scaled with it, so that fewer
 * steps still mix, guide and normalise over the same part of the way.
 */
function withSteps(
  document: GraphDocument,
  { steps: asked, skip: askedSkip }: TransferSettings,
): GraphDocument {
  const [schedule = ''] = nodesOfType(document, 'InjectionSchedule');
  const before = numbersOf(document, schedule);
  const steps = asked ?? before('steps');
  const factor = steps / before('steps');
  const scaled = (value: number): number => Math.round(value * factor);
  const skip = askedSkip ?? scaled(before('skip_steps'));
  if (factor === 1 && skip === before('skip_steps')) return document;
  const axis = { steps, skip_steps: skip };
  const ranges = Object.fromEntries(
    PASS_WIDGETS.map((name) => [name, Math.min(1000, scaled(before(name)))]),
  );
  let changed = setWidgets(document, schedule, { ...axis, ...ranges });
  const firstMixed = Math.min(ranges['half_start'] ?? 0, ranges['full_start'] ?? 0) + before('lag');
  const last = Math.max(0, steps - skip - 1);
  for (const id of nodesOfType(document, 'DDPMInversion')) changed = setWidgets(changed, id, axis);
  for (const id of nodesOfType(document, 'SelfSegmentationMask')) {
    const step = numbersOf(document, id)('step');
    changed = setWidgets(changed, id, { step: Math.min(last, scaled(step)) });
  }
  for (const id of nodesOfType(document, 'DenoiseStart')) {
    const startAt = numbersOf(document, id)('start_at') === 0 ? 0 : Math.min(last, firstMixed);
    changed = setWidgets(changed, id, { start_at: startAt });
  }
  return changed;
}

function numbersOf(document: GraphDocument, id: NodeId): (input: string) => number {
  return (input) => Number(document.nodes[id]?.inputs[input] ?? 0);
}
