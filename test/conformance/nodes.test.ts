import { expect } from '@open-wc/testing';
import { nodes } from '../../nodes/index.js';
import { widgetMistake } from '../../src/core/graph/widget-values.js';
import { isWidget } from '../../src/core/graph/wiring.js';
import type { InputSpec, OutputSpec } from '../../src/core/node/definition.js';
import type { AnyNodeDefinition } from '../../src/core/node/definition.js';
import { presetNames } from '../../src/diffusion/presets.js';
import { graphNamed, graphNames } from '../support/example-graphs.js';

/** Words whose capitals do not tell where they end. */
const SPELLINGS: Readonly<Record<string, string>> = {
  AdaIN: 'adain',
  CrossImageUNetStep: 'cross-image-unet-step',
  FreeU: 'freeu',
  LoadLoRA: 'load-lora',
};

/** Nodes that wait for a file of the user's own. */
const WITHOUT_EXAMPLE = ['LoadEmbedding', 'LoadLoRA', 'LoadVAE', 'PreviewDecoder'];

const SENTENCE = /^[A-Z].*\.$/s;
const definitions = nodes as readonly unknown[] as readonly AnyNodeDefinition[];

function kebab(type: string): string {
  return (
    SPELLINGS[type] ??
    type
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
      .toLowerCase()
  );
}

/** Folder and file of every import of the table, in its order. */
async function listedFiles(): Promise<readonly string[]> {
  const source = await (await fetch(new URL('../../nodes/index.ts', import.meta.url))).text();
  return [...source.matchAll(/from\s*["']\.\/([^"']+)\.[jt]s["']/g)].map(([, path = '']) => path);
}

describe('the table of nodes', () => {
  it('lists every node once, sorted by file', async () => {
    const files = await listedFiles();
    expect(files).to.have.length(definitions.length);
    expect(files).to.deep.equal([...files].sort());
    expect(new Set(definitions.map(({ type }) => type)).size).to.equal(definitions.length);
  });

  it('names every file after its node and every folder after its category', async () => {
    const files = await listedFiles();
    const expected = definitions.map(({ type, category }) => `${category}/${kebab(type)}`);
    expect(files).to.deep.equal(expected);
  });

  it('has an example graph for every node that needs no file of the user', async () => {
    const documents = await Promise.all(graphNames.map(graphNamed));
    const used = new Set(
      documents.flatMap((document) => Object.values(document.nodes).map(({ type }) => type)),
    );
    const unused = definitions.filter(({ type }) => !used.has(type)).map(({ type }) => type);
    expect(unused).to.deep.equal(WITHOUT_EXAMPLE);
  });
});

for (const definition of definitions) {
  const inputs = Object.entries<InputSpec>(definition.inputs);
  const outputs = Object.entries<OutputSpec>(definition.outputs);

  describe(definition.type, () => {
    it('says in sentences what it, each input and each output is', () => {
      expect(definition.description).to.match(SENTENCE);
      for (const [name, { tooltip }] of [...inputs, ...outputs]) {
        expect(tooltip, name).to.match(SENTENCE);
      }
    });

    it('names its inputs in snake_case', () => {
      for (const [name] of inputs) expect(name).to.match(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    });

    it('has defaults that its own widgets accept', () => {
      for (const [name, spec] of inputs) {
        if (isWidget(spec)) expect(widgetMistake(spec, spec.default), name).to.equal(undefined);
      }
    });

    it('counts its versions by its migrations', () => {
      const migrations = Object.keys(definition.migrate ?? {}).map(Number);
      expect(definition.version).to.equal(1 + migrations.length);
      expect(migrations).to.deep.equal(migrations.map((_, i) => i + 2));
    });

    it('has presets under the method’s three names, with values its widgets accept', () => {
      const { presets } = definition;
      if (!presets) return;
      expect(Object.keys(presets)).to.have.members([...presetNames]);
      for (const values of Object.values(presets)) {
        for (const [name, value] of Object.entries(values)) {
          const spec = definition.inputs[name];
          if (!spec || !isWidget(spec)) throw new Error(`${name} is no widget`);
          expect(widgetMistake(spec, value), name).to.equal(undefined);
        }
      }
      for (const [name, value] of Object.entries(presets['official'] ?? {})) {
        expect(definition.inputs[name], name).to.have.property('default', value);
      }
    });
  });
}
