import { flatten } from '../core/graph/flatten.js';
import { own } from '../core/graph/own.js';
import type { GraphDocument, NodeId, NodeRecord, WidgetValue } from '../core/graph/types.js';
import { isWidget, wiringOf, type Wiring } from '../core/graph/wiring.js';
import type { NodeRegistry } from '../core/node/registry.js';
import { laneNames, layersWidget, laneWidget } from './lane-texts.js';
import { schedulePresets, widgetPresets } from './presets.js';
import { sourceInputs } from './schedule-sources.js';

/** What of a graph the reference code's configuration has no field for. */
export type Unsaid =
  /** Widgets of the schedule that its code fixes and this graph sets otherwise, or that hold painted lanes. */
  | { readonly kind: 'schedule'; readonly inputs: readonly string[] }
  /** Further references, masks on the attention, and settings beyond the paper, of the cross-image step. */
  | { readonly kind: 'inputs'; readonly inputs: readonly string[] }
  /** Inversions or branches with settings of their own. */
  | { readonly kind: 'inversion'; readonly inputs: readonly string[] }
  /** Masks for AdaIN that are not found by self-segmentation. */
  | { readonly kind: 'own-masks' };

/** A configuration for the reference code, as a Python file, and what it cannot say. */
export interface ReferenceConfig {
  readonly text: string;
  readonly unsaid: readonly Unsaid[];
}

/**
 * The `RunConfig` of the reference code for a graph that transfers an appearance (method, section 3): steps, ranges,
 * strengths, masks, words, seed and the names of the pictures. Undefined for a graph without a cross-image step.
 * `say` gives the sentence that the file holds for what cannot be said.
 */
export function referenceConfig(
  document: GraphDocument,
  registry: NodeRegistry,
  say: (unsaid: Unsaid) => string,
): ReferenceConfig | undefined {
  const wiring = wiringOf(flatten(document), registry);
  const step = Object.keys(wiring.nodes).find((id) => runs(wiring, id, 'CrossImageUNetStep'));
  const schedule = step && above(wiring, step, 'schedule', 'InjectionSchedule');
  if (step === undefined || schedule === undefined) return undefined;
  const valueOf = reader(wiring, schedule);
  const inversion = above(wiring, step, 'structure', 'DDPMInversion');
  const adain = Object.keys(wiring.nodes).find((id) => runs(wiring, id, 'AdaIN'));
  const mask = adain && above(wiring, adain, 'content_mask', 'SelfSegmentationMask');
  const noun = mask && reader(wiring, mask)('noun');
  const words = above(wiring, step, 'positive', 'CLIPTextEncode');
  const seed = inversion && reader(wiring, inversion)('seed');
  const range = (name: string) =>
    `Range(start=${python(valueOf(`${name}_start`))}, end=${python(valueOf(`${name}_end`))})`;
  const unsaid = unsaidOf(wiring, step, schedule, adain);
  const fields = [
    ['app_image_path', pathOf(wiring, step, 'appearance')],
    ['struct_image_path', pathOf(wiring, step, 'structure')],
    ['domain_name', python(typeof noun === 'string' && noun !== '' ? noun : 'object')],
    ['output_path', 'Path("./output")'],
    ['prompt', python((words && reader(wiring, words)('text')) ?? '')],
    ...(noun === undefined ? [] : [['object_noun', python(noun)]]),
    ['seed', python(seed ?? 42)],
    ['num_timesteps', python(valueOf('steps'))],
    ['skip_steps', python(valueOf('skip_steps'))],
    ['cross_attn_32_range', range('half')],
    ['cross_attn_64_range', range('full')],
    ['adain_range', range('adain')],
    ['swap_guidance_scale', python(valueOf('guidance'))],
    ['contrast_strength', python(valueOf('contrast'))],
    ['use_masked_adain', python(mask !== undefined)],
  ];
  const notes = unsaid.map((each) => `# ${say(each).replaceAll(/\s+/g, ' ')}`);
  const body = fields.map(([name = '', value = '']) => `    ${name}=${value},`);
  const imports = ['from pathlib import Path', '', 'from config import Range, RunConfig', ''];
  const text = [...notes, ...imports, 'config = RunConfig(', ...body, ')', ''].join('\n');
  return { text, unsaid };
}

function runs({ nodes }: Wiring, id: NodeId, type: string): boolean {
  const record = own(nodes, id);
  return record?.type === type && record.mode === undefined;
}

/** The nearest node of a type that an input's value comes from. */
function above(wiring: Wiring, id: NodeId, input: string, type: string): NodeId | undefined {
  const first = wiring.source(id, input);
  const open = first.kind === 'link' ? [first.node] : [];
  const seen = new Set(open);
  for (const at of open) {
    if (runs(wiring, at, type)) return at;
    for (const name of Object.keys(own(wiring.nodes, at)?.inputs ?? {})) {
      const source = wiring.source(at, name);
      if (source.kind !== 'link' || seen.has(source.node)) continue;
      seen.add(source.node);
      open.push(source.node);
    }
  }
  return undefined;
}

/** Reads the widgets of a node: what it stores, else the default. */
function reader({ nodes, registry }: Wiring, id: NodeId) {
  const record: NodeRecord | undefined = own(nodes, id);
  return (name: string): WidgetValue | undefined => {
    const stored = own(record?.inputs ?? {}, name);
    if (stored !== undefined && typeof stored !== 'object') return stored;
    const spec = own(registry.get(record?.type ?? '')?.inputs ?? {}, name);
    return spec && isWidget(spec) ? spec.default : undefined;
  };
}

function pathOf(wiring: Wiring, step: NodeId, input: string): string {
  const loader = above(wiring, step, input, 'LoadImage');
  const name = (loader && reader(wiring, loader)('image')) ?? '';
  return `Path(${python(name === '' ? `${input}.png` : name)})`;
}

/** A value as Python writes it; JSON's texts are Python's too. */
function python(value: WidgetValue | undefined): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === undefined ? 'None' : JSON.stringify(value);
}

/** What the reference code fixes: these widgets of the schedule have no field of their own. */
const fixed = [
  ...['lag', 'structure_every', 'structure_until', 'clip', 'contrast_on_structure'],
  ...['guidance_start_at', 'guidance_end_at'],
];

/** Inputs of the cross-image step whose references and masks the reference code does not have. */
const unknownInputs = Object.entries(sourceInputs).flatMap(([source, { reference, mask }]) =>
  source === 'appearance' || source === 'structure' ? [mask] : [reference, mask],
);

function unsaidOf(
  wiring: Wiring,
  step: NodeId,
  schedule: NodeId,
  adain: NodeId | undefined,
): readonly Unsaid[] {
  const valueOf = reader(wiring, schedule);
  const official: Readonly<Record<string, WidgetValue>> = widgetPresets(schedulePresets).official;
  const scale = Number(valueOf('guidance'));
  const painted = [...laneNames.map((name) => laneWidget(name)), layersWidget].filter(
    (name) => String(valueOf(name) ?? '').trim() !== '',
  );
  const changed = fixed.filter((name) => valueOf(name) !== own(official, name));
  const ending = Number(valueOf('guidance_end')) === Math.max(scale / 2, 1) ? [] : ['guidance_end'];
  const inputs = [
    ...strangeInputs(wiring, step),
    ...(adain !== undefined && wiring.source(adain, 'structure').kind === 'link'
      ? ['AdaIN.structure']
      : []),
  ];
  const masks = ['content_mask', 'style_mask'].filter(
    (name) => adain !== undefined && wiring.source(adain, name).kind === 'link',
  );
  const hasOwnMask = masks.some(
    (name) => adain !== undefined && !above(wiring, adain, name, 'SelfSegmentationMask'),
  );
  const odd = oddInversions(wiring, step, valueOf);
  const widgets = [...painted, ...changed, ...ending];
  return [
    ...(widgets.length > 0 ? [{ kind: 'schedule', inputs: widgets } as const] : []),
    ...(inputs.length > 0 ? [{ kind: 'inputs', inputs } as const] : []),
    ...(odd.length > 0 ? [{ kind: 'inversion', inputs: odd } as const] : []),
    ...(hasOwnMask ? [{ kind: 'own-masks' } as const] : []),
  ];
}

/** Inputs of the cross-image step that are linked or set otherwise than the reference code, which has none of them, does it. */
function strangeInputs(wiring: Wiring, step: NodeId): readonly string[] {
  const specs = wiring.registry.get(own(wiring.nodes, step)?.type ?? '')?.inputs ?? {};
  const valueOf = reader(wiring, step);
  return Object.entries(specs).flatMap(([name, spec]) => {
    const isStrange = unknownInputs.includes(name) || name === 'appearance_keys';
    if (!isWidget(spec) && !isStrange) return [];
    if (wiring.source(step, name).kind === 'link') return [name];
    return isWidget(spec) && valueOf(name) !== spec.default ? [name] : [];
  });
}

/** Settings of the inversions and branches that the reference code has once for all, or not at all. */
function oddInversions(
  wiring: Wiring,
  step: NodeId,
  valueOf: ReturnType<typeof reader>,
): readonly string[] {
  const odd = new Set<string>();
  const seeds = new Set<unknown>();
  for (const side of ['structure', 'appearance']) {
    const inversion = above(wiring, step, side, 'DDPMInversion');
    const branch = above(wiring, step, side, 'ReferenceBranch');
    const of = inversion === undefined ? undefined : reader(wiring, inversion);
    if (of) seeds.add(of('seed'));
    if (of && of('cfg') !== 3.5) odd.add('cfg');
    for (const name of ['steps', 'skip_steps']) if (of && of(name) !== valueOf(name)) odd.add(name);
    if (branch !== undefined && reader(wiring, branch)('source') !== 'replay') odd.add('source');
  }
  if (seeds.size > 1) odd.add('seed');
  return [...odd];
}
