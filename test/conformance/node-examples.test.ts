import { expect } from '@open-wc/testing';
import { loadDocument } from '../../src/core/graph/load.js';
import { templates } from '../../src/texts/en/templates.js';
import { graphNames, graphText, registry } from '../support/example-graphs.js';

/** Nodes whose use needs a file that does not come with the project. */
const withoutExample = ['LoadEmbedding', 'LoadLoRA', 'LoadVAE', 'PreviewDecoder'];

describe('the example in a node’s help', () => {
  it('is there for every node that runs with what comes along', () => {
    const without = [...registry.values()].filter(({ example }) => example === undefined);
    expect(without.map(({ type }) => type).sort()).to.deep.equal(withoutExample);
  });

  it('is a template with words of its own that uses the node', async () => {
    const texts = new Map<string, string>();
    for (const name of graphNames) texts.set(name, await graphText(name));
    for (const { type, example } of registry.values()) {
      if (example === undefined) continue;
      expect(Object.keys(templates), example).to.include(example);
      const { document } = loadDocument(texts.get(example) ?? '', registry);
      const all = [document, ...Object.values(document.subgraphs ?? {})];
      const used = all.flatMap(({ nodes }) => Object.values(nodes).map((node) => node.type));
      expect(used, `${type} in ${example}`).to.include(type);
    }
  });
});
