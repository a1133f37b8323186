import { expect } from '@open-wc/testing';
import { addNode, emptyDocument, setWidget } from '../../src/core/graph/edits.js';
import { connect } from '../../src/core/graph/link-edits.js';
import { createRegistry } from '../../src/core/node/registry.js';
import { referenceConfig } from '../../src/diffusion/reference-config.js';
import { nodes } from '../../nodes/index.js';

const registry = createRegistry<never>([...nodes]);

function transfer(
  schedule: Readonly<Record<string, string | number | boolean>>,
  further: readonly string[] = [],
) {
  let document = emptyDocument();
  const add = (type: string, inputs = {}) => {
    const definition = registry.get(type);
    if (!definition) throw new Error(type);
    const added = addNode(document, definition, { pos: [0, 0], inputs });
    ({ document } = added);
    return added.id;
  };
  const step = add('CrossImageUNetStep');
  const link = (from: string, output: string, to: string, input: string) => {
    const made = connect(
      document,
      registry,
      { node: from, name: output },
      { node: to, name: input },
    );
    if (!made.document) throw new Error(made.refused);
    ({ document } = made);
  };
  link(add('InjectionSchedule', schedule), 'SCHEDULE', step, 'schedule');
  link(add('CLIPTextEncode', { text: 'a "fox"' }), 'CONDITIONING', step, 'positive');
  const branches = further.length > 0 ? add('ReferenceBranch') : '';
  for (const input of further) link(branches, 'REFERENCE', step, input);
  return document;
}

const say = ({ kind, ...more }: { readonly kind: string }) => `${kind} ${JSON.stringify(more)}`;

describe('the configuration of the reference code', () => {
  it('has the fields of the graph and nothing left to say for the official schedule', () => {
    const { text = '', unsaid } = referenceConfig(transfer({}), registry, say) ?? {};
    expect(unsaid).to.deep.equal([]);
    for (const line of [
      'num_timesteps=100,',
      'skip_steps=32,',
      'cross_attn_32_range=Range(start=10, end=70),',
      'cross_attn_64_range=Range(start=10, end=90),',
      'adain_range=Range(start=20, end=100),',
      'swap_guidance_scale=3.5,',
      'contrast_strength=1.67,',
      'use_masked_adain=False,',
      'prompt="a \\"fox\\"",',
    ]) {
      expect(text).to.include(line);
    }
  });

  it('says in its first lines what it cannot hold', () => {
    const painted = transfer({ full_lane: 'app 0..9', structure_every: 3, guidance: 5 });
    const { text = '', unsaid } = referenceConfig(painted, registry, say) ?? {};
    const inputs = ['full_lane', 'structure_every', 'guidance_end'];
    expect(unsaid).to.deep.equal([{ kind: 'schedule', inputs }]);
    expect(text.split('\n')[0]).to.equal(`# schedule ${JSON.stringify({ inputs })}`);
  });

  it('says which further references it cannot hold', () => {
    const inputs = ['reference_c', 'reference_f'];
    const { unsaid } = referenceConfig(transfer({}, inputs), registry, say) ?? {};
    expect(unsaid?.find(({ kind }) => kind === 'inputs')).to.deep.equal({ kind: 'inputs', inputs });
  });

  it('says which settings beyond the paper it cannot hold', () => {
    const graph = transfer({});
    const [step = ''] = Object.keys(graph.nodes);
    const set = setWidget(graph, step, 'sharpness', 2);
    const { unsaid } = referenceConfig(setWidget(set, step, 'own_keys', true), registry, say) ?? {};
    expect(unsaid).to.deep.equal([{ kind: 'inputs', inputs: ['sharpness', 'own_keys'] }]);
  });

  it('is none for a graph that transfers nothing', () => {
    expect(referenceConfig(emptyDocument(), registry, say)).to.equal(undefined);
  });
});
