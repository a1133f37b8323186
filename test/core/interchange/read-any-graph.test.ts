import { expect } from '@open-wc/testing';
import { fc } from '../../support/seeded-check.js';
import { AppError } from '../../../src/core/errors.js';
import { validate } from '../../../src/core/graph/validate.js';
import { exportWorkflow } from '../../../src/core/interchange/export-workflow.js';
import { readAnyGraph } from '../../../src/core/interchange/read-any-graph.js';
import { nodes } from '../../../nodes/index.js';
import { createRegistry } from '../../../src/core/node/registry.js';

const registry = createRegistry(nodes);
const app = { name: 'crossweave', version: '0' };

const workflow = {
  version: 0.4,
  nodes: [
    {
      id: 4,
      type: 'CheckpointLoaderSimple',
      pos: { 0: 10, 1: 20 },
      size: [300, 100],
      widgets_values: ['creatures'],
      outputs: [
        { name: 'MODEL', type: 'MODEL', links: [] },
        { name: 'CLIP', type: 'CLIP', links: [1] },
      ],
    },
    { id: 5, type: 'Reroute', pos: [50, 60] },
    {
      id: 6,
      type: 'CLIPTextEncode',
      pos: [100, 20],
      mode: 4,
      inputs: [{ name: 'clip', type: 'CLIP', link: 2 }],
      widgets_values: ['a fox'],
    },
    {
      id: 7,
      type: 'KSampler',
      pos: [400, 20],
      secret: { kept: true },
      inputs: [{ name: 'positive', type: 'CONDITIONING', link: 3 }],
      outputs: [{ name: 'LATENT', type: 'LATENT', links: [4] }],
      widgets_values: [1, 'fixed'],
    },
    { id: 8, type: 'VAEDecode', inputs: [{ name: 'samples', type: 'LATENT', link: 4 }] },
  ],
  links: [
    [1, 4, 1, 5, 0, '*'],
    [2, 5, 0, 6, 0, 'CLIP'],
    [3, 6, 0, 7, 0, 'CONDITIONING'],
    [4, 7, 0, 8, 0, 'LATENT'],
  ],
  groups: [{ title: 'Mine', bounding: [0, 0, 10, 10] }],
};

describe('a ComfyUI workflow', () => {
  const read = readAnyGraph(JSON.stringify(workflow), registry);

  it('keeps values, links, reroutes, modes and groups under our names', () => {
    expect(read.nodes['4']?.type).to.equal('LoadCheckpoint');
    expect(read.layout.nodes['4']?.pos).to.deep.equal([10, 20]);
    expect(read.nodes['6']?.inputs).to.deep.equal({ text: 'a fox', clip: { link: ['4', 'CLIP'] } });
    expect(read.nodes['6']?.mode).to.equal('bypass');
    expect(read.layout.nodes['6']?.via).to.deep.equal({ clip: [[50, 60]] });
    expect(read.layout.groups).to.have.length(1);
  });

  it('keeps an unknown node whole, with its links, tells that it is missing, and gives it back', () => {
    expect(read.nodes['7']?.foreign?.data).to.deep.equal(workflow.nodes[3]);
    expect(read.nodes['8']?.inputs['samples']).to.deep.equal({ link: ['7', 'LATENT'] });
    expect(
      validate(read, registry).map(({ code, nodeId }) => `${code} ${nodeId ?? ''}`),
    ).to.include('node/unknown-type 7');
    const back = readAnyGraph(JSON.stringify(exportWorkflow(read, registry, app)), registry);
    expect(back.nodes['8']?.inputs).to.deep.equal(read.nodes['8']?.inputs);
    expect(back.nodes['7']?.foreign?.data).to.have.deep.property('secret', { kept: true });
  });

  it('in the form of the API is read by names', () => {
    const api = {
      1: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'x' } },
      2: {
        class_type: 'CLIPTextEncode',
        inputs: { text: 'y', clip: ['1', 1] },
        _meta: { title: 'Mine' },
      },
    };
    const { nodes: found } = readAnyGraph(JSON.stringify(api), registry);
    expect(found['2']).to.deep.include({
      title: 'Mine',
      inputs: { text: 'y', clip: { link: ['1', 'CLIP'] } },
    });
  });
});

describe('hostile JSON', () => {
  it('is read or refused with an AppError', () => {
    const node = fc.record(
      {
        id: fc.anything(),
        type: fc.anything(),
        inputs: fc.anything(),
        outputs: fc.anything(),
        pos: fc.anything(),
        widgets_values: fc.anything(),
        properties: fc.anything(),
        title: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const file = fc.record(
      {
        nodes: fc.array(fc.oneof(node, fc.anything())),
        links: fc.oneof(fc.array(fc.anything()), fc.anything()),
        extra: fc.anything(),
        definitions: fc.anything(),
        groups: fc.anything(),
      },
      { requiredKeys: ['nodes'] },
    );
    fc.assert(
      fc.property(fc.oneof(file, fc.jsonValue()), (data) => {
        try {
          readAnyGraph(JSON.stringify(data), registry);
        } catch (error) {
          expect(error).to.be.instanceOf(AppError);
        }
      }),
    );
  });
});
