import { expect } from '@open-wc/testing';
import { fc } from '../support/seeded-check.js';
import { addNode, emptyDocument } from '../../src/core/graph/edits.js';
import { flatten } from '../../src/core/graph/flatten.js';
import { innerDocument, withInner } from '../../src/core/graph/inner-document.js';
import { connect } from '../../src/core/graph/link-edits.js';
import { parseDocument } from '../../src/core/graph/parse.js';
import { serializeDocument } from '../../src/core/graph/serialize.js';
import { makeSubgraph } from '../../src/core/graph/subgraph-make.js';
import { unpackSubgraph } from '../../src/core/graph/subgraph-unpack.js';
import { isLink, type GraphDocument } from '../../src/core/graph/types.js';
import { validate } from '../../src/core/graph/validate.js';
import { tinyRegistry } from '../support/tiny-nodes.js';

const types = ['Source', 'Sum', 'Sum', 'Show'];

const documents = fc
  .tuple(
    fc.array(fc.nat(3), { minLength: 2, maxLength: 12 }),
    fc.array(fc.tuple(fc.nat(20), fc.nat(20), fc.nat(2)), { maxLength: 20 }),
  )
  .map(([kinds, links]) => {
    let document: GraphDocument = emptyDocument();
    for (const [at, kind] of kinds.entries()) {
      const definition = tinyRegistry.get(types[kind] ?? '');
      if (definition) document = addNode(document, definition, { pos: [at * 10, 5] }).document;
    }
    const ids = Object.keys(document.nodes);
    for (const [a, b, input] of links) {
      const from = { node: ids[a % ids.length] ?? '', name: 'VALUE' };
      const to = { node: ids[b % ids.length] ?? '', name: ['a', 'b', 'value'][input] ?? '' };
      document = connect(document, tinyRegistry, from, to).document ?? document;
    }
    return document;
  });

/** The links between nodes by their place among all, ids aside. */
function shapeOf(document: GraphDocument): readonly string[] {
  const names = Object.keys(flatten(document).nodes);
  const nameOf = (id: string) => id.split('/').at(-1) ?? id;
  return names
    .map((id) => {
      const { type, inputs } = flatten(document).nodes[id] ?? { type: '', inputs: {} };
      const fed = Object.entries(inputs)
        .map(([name, stored]) =>
          isLink(stored)
            ? `${name}<${nameOf(stored.link[0])}.${stored.link[1]}`
            : `${name}=${String(stored)}`,
        )
        .sort();
      return `${nameOf(id)}:${type}(${fed.join(',')})`;
    })
    .sort();
}

const chosen = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 });

function pick(document: GraphDocument, numbers: readonly number[]): readonly string[] {
  const ids = Object.keys(document.nodes);
  return [...new Set(numbers.map((number) => ids[number % ids.length] ?? ''))];
}

describe('a subgraph of any selection', () => {
  it('means what the graph meant, once and nested', () => {
    fc.assert(
      fc.property(documents, chosen, chosen, (document, first, second) => {
        const made = makeSubgraph(document, tinyRegistry, pick(document, first), 'One').document;
        if (!made) return;
        expect(shapeOf(made)).to.deep.equal(shapeOf(document));
        const twice = makeSubgraph(made, tinyRegistry, pick(made, second), 'Two').document;
        if (twice) expect(shapeOf(twice)).to.deep.equal(shapeOf(document));
      }),
    );
  });

  it('unpacks to the graph that it was made from', () => {
    fc.assert(
      fc.property(documents, chosen, (document, numbers) => {
        const made = makeSubgraph(document, tinyRegistry, pick(document, numbers), 'One');
        if (!made.document) return;
        const { document: unpacked } = unpackSubgraph(made.document, made.id);
        expect(unpacked?.nodes).to.deep.equal(document.nodes);
        expect(unpacked?.layout).to.deep.equal(document.layout);
        expect(unpacked && 'subgraphs' in unpacked).to.equal(false);
      }),
    );
  });

  it('is saved, loaded, entered and left unchanged', () => {
    fc.assert(
      fc.property(documents, chosen, (document, numbers) => {
        const made = makeSubgraph(document, tinyRegistry, pick(document, numbers), 'One');
        if (!made.document) return;
        const read = parseDocument(serializeDocument(made.document));
        expect(read).to.deep.equal(made.document);
        const left = withInner(read, [made.id], innerDocument(read, [made.id]));
        expect(shapeOf(left)).to.deep.equal(shapeOf(document));
        const again = withInner(left, [made.id], innerDocument(left, [made.id]));
        expect(again).to.deep.equal(left);
      }),
    );
  });

  it('has the mistakes of its nodes on its own node', () => {
    fc.assert(
      fc.property(documents, chosen, (document, numbers) => {
        const made = makeSubgraph(document, tinyRegistry, pick(document, numbers), 'One');
        if (!made.document) return;
        for (const { nodeId } of validate(made.document, tinyRegistry)) {
          if (nodeId !== undefined) expect(made.document.nodes).to.have.property(nodeId);
        }
      }),
    );
  });
});
