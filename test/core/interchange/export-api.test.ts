import { expect } from '@open-wc/testing';
import { addNode, emptyDocument, setMode } from '../../../src/core/graph/edits.js';
import { makeSubgraph } from '../../../src/core/graph/subgraph-make.js';
import { exportApi } from '../../../src/core/interchange/export-api.js';
import { readAnyGraph } from '../../../src/core/interchange/read-any-graph.js';
import { createRegistry } from '../../../src/core/node/registry.js';
import { nodes } from '../../../nodes/index.js';

const registry = createRegistry<never>([...nodes]);

function loaderAndPreview() {
  const [loader, preview] = [registry.get('LoadImage'), registry.get('PreviewImage')];
  if (!loader || !preview) throw new Error('The registry lacks nodes.');
  const one = addNode(emptyDocument(), loader, { pos: [0, 0], inputs: { image: 'horse' } });
  const output = Object.keys(loader.outputs)[0] ?? '';
  const two = addNode(one.document, preview, {
    pos: [300, 0],
    inputs: { images: { link: [one.id, output] } },
  });
  return { document: two.document, loader: one.id, preview: two.id, output };
}

describe('The API form', () => {
  it('holds types, values and links by slot, and reads back as the same graph', () => {
    const { document, loader, preview, output } = loaderAndPreview();
    const api = exportApi(document, registry);
    expect(api[loader]?.class_type).to.equal('LoadImage');
    expect(api[loader]?.inputs['image']).to.equal('horse');
    expect(api[preview]?.inputs['images']).to.deep.equal([loader, 0]);
    const back = readAnyGraph(JSON.stringify(api), registry);
    expect(back.nodes[preview]?.inputs['images']).to.deep.equal({ link: [loader, output] });
    expect(back.nodes[loader]?.inputs['image']).to.equal('horse');
  });

  it('expands subgraphs and leaves out what does not run', () => {
    const { document, loader, preview } = loaderAndPreview();
    const made = makeSubgraph(document, registry, [loader], 'Picture');
    if (!made.document) throw new Error(made.refused);
    const inner = `${made.id}/${loader}`;
    expect(exportApi(made.document, registry)[preview]?.inputs['images']).to.deep.equal([inner, 0]);
    const muted = exportApi(setMode(document, [loader], 'mute'), registry);
    expect(Object.keys(muted)).to.deep.equal([preview]);
    expect(muted[preview]?.inputs).not.to.have.property('images');
  });
});
