import { expect } from '@open-wc/testing';
import { moveNodes } from '../../../src/core/graph/layout-edits.js';
import { setWidget } from '../../../src/core/graph/edits.js';
import { disconnect } from '../../../src/core/graph/link-edits.js';
import { hideWidget, showWidget } from '../../../src/core/graph/promoted-widgets.js';
import { changeSocket } from '../../../src/core/graph/subgraph-sockets.js';
import type { GraphDocument } from '../../../src/core/graph/types.js';
import { exportApi } from '../../../src/core/interchange/export-api.js';
import { exportWorkflow } from '../../../src/core/interchange/export-workflow.js';
import { jsonOf, objectsOf, type Json } from '../../../src/core/interchange/foreign-values.js';
import { readAnyGraph } from '../../../src/core/interchange/read-any-graph.js';
import { createRegistry } from '../../../src/core/node/registry.js';
import { nodes } from '../../../nodes/index.js';
import { comfyWorkflow } from './comfyui-workflow.js';

const registry = createRegistry<never>([...nodes]);
const app = { name: 'crossweave', version: '0' };

const read = (file: unknown): GraphDocument => readAnyGraph(JSON.stringify(file), registry);
const write = (document: GraphDocument): Json =>
  JSON.parse(JSON.stringify(exportWorkflow(document, registry, app))) as Json;

/** A node without what every program numbers anew, and without what ours adds. */
function plain(node: Json): Json {
  const { order: _order, properties, inputs, outputs, ...rest } = node;
  const { widgets: _widgets, crossweave: _ours, ...others } = jsonOf(properties);
  const unnumbered = (slots: unknown) =>
    objectsOf(slots).map(({ link: _link, links: _links, ...slot }) => slot);
  return {
    ...rest,
    properties: others,
    inputs: unnumbered(inputs),
    outputs: unnumbered(outputs),
  };
}

/** The links of a level by their ends alone. */
function ends(level: Json): readonly string[] {
  const links = level['links'] as readonly unknown[];
  return links
    .map((link) => {
      const object = jsonOf(link);
      return Array.isArray(link)
        ? link.slice(1, 5).join()
        : [
            object['origin_id'],
            object['origin_slot'],
            object['target_id'],
            object['target_slot'],
          ].join();
    })
    .sort();
}

const byId = (level: Json) =>
  Object.fromEntries(objectsOf(level['nodes']).map((node) => [String(node['id']), plain(node)]));

describe('a workflow that ComfyUI saved', () => {
  const document = read(comfyWorkflow);
  const back = write(document);
  const [inside, insideBack] = [comfyWorkflow, back].map(
    (file) => objectsOf(jsonOf(file.definitions)['subgraphs'])[0] ?? {},
  );

  it('is read under our names, its placeholders and its subgraph included', () => {
    expect(document.nodes['4']?.type).to.equal('LoadCheckpoint');
    expect(document.nodes['6']?.inputs['clip']).to.deep.equal({ link: ['4', 'CLIP'] });
    expect(document.nodes['7']?.mode).to.equal('mute');
    expect(document.nodes['8']?.mode).to.equal('bypass');
    expect(document.nodes['5']).to.equal(undefined);
    expect(document.layout.nodes['7']?.via?.['clip']).to.deep.equal([[340, 120]]);
    expect(
      document.nodes['23']?.inputs['input_0'] ?? document.nodes['23']?.inputs[''],
    ).to.deep.equal({
      link: ['4', 'CLIP'],
    });
    expect(document.subgraphs?.['s1']?.inputs['samples']?.to).to.deep.equal([
      ['10', 'latent_image'],
      ['12', 'both'],
    ]);
    expect(document.nodes['20']?.inputs).to.deep.equal({
      model: { link: ['4', 'MODEL'] },
      samples: { link: ['21', 'LATENT'] },
    });
  });

  it('goes out as it came in: nodes, links, frames and all that is not known here', () => {
    expect(byId(back)).to.deep.equal(byId(comfyWorkflow));
    expect(ends(back)).to.deep.equal(ends(comfyWorkflow));
    const { nodes: _n, links: _l, extra, definitions: _d, ...rest } = comfyWorkflow;
    const numbers = { last_node_id: 23, last_link_id: 10 };
    expect(back).to.deep.include({ ...rest, ...numbers });
    const { reroutes, linkExtensions, app: _app, ...others } = jsonOf(back['extra']);
    const { reroutes: given, linkExtensions: _given, ...wanted } = extra;
    expect(others).to.deep.equal(wanted);
    expect(objectsOf(reroutes).map(({ pos }) => pos)).to.deep.equal(given.map(({ pos }) => pos));
    expect(objectsOf(reroutes)).to.deep.include(given[1]);
    expect(linkExtensions).to.have.length(1);
  });

  it('has the inside of its subgraph back, sockets, reroutes and widgets included', () => {
    expect(byId(insideBack ?? {})).to.deep.equal(byId(inside ?? {}));
    expect(ends(insideBack ?? {})).to.deep.equal(ends(inside ?? {}));
    const {
      nodes: _n,
      links: _l,
      state: _s,
      extra,
      inputs,
      outputs,
      reroutes,
      ...rest
    } = inside ?? {};
    expect(insideBack).to.deep.include(rest);
    expect(jsonOf(insideBack?.['extra'])).to.deep.include(jsonOf(extra));
    const bare = (sockets: unknown) =>
      objectsOf(sockets).map(({ linkIds: _, ...socket }) => socket);
    expect(bare(insideBack?.['inputs'])).to.deep.equal(bare(inputs));
    expect(bare(insideBack?.['outputs'])).to.deep.equal(bare(outputs));
    const places = (list: unknown) => objectsOf(list).map(({ pos, parentId }) => [pos, parentId]);
    expect(places(insideBack?.['reroutes'])).to.deep.equal(places(reroutes));
  });

  it('is the same graph when it is read again', () => {
    const { nodes: again, layout, subgraphs, foreign } = read(back);
    const bare = (records: GraphDocument['nodes']) =>
      Object.entries(records).map(([id, { foreign: held, ...record }]) => [
        id,
        record,
        held?.outputs,
      ]);
    expect(bare(again)).to.deep.equal(bare(document.nodes));
    const bareLayout = (part: GraphDocument['layout']) => ({
      ...part,
      nodes: Object.entries(part.nodes).map(([id, { reroutes: _, ...place }]) => [id, place]),
    });
    expect(bareLayout(layout)).to.deep.equal(bareLayout(document.layout));
    expect(foreign).to.deep.equal(document.foreign);
    expect(Object.keys(subgraphs ?? {})).to.deep.equal(['s1']);
  });

  it('writes where a placeholder was moved to and what it is linked to now', () => {
    const moved = moveNodes(document, new Map([['21', [1, 2] as const]]));
    const changed = write(disconnect(moved, registry, { node: '21', name: 'image' }));
    const adapter = objectsOf(changed['nodes']).find(({ id }) => id === 21) ?? {};
    expect(adapter['pos']).to.deep.equal([1, 2]);
    expect(objectsOf(adapter['inputs']).map(({ link }) => link === null)).to.deep.equal([
      false,
      true,
    ]);
    expect(plain({ ...adapter, pos: [500, 500] })).to.deep.equal(byId(comfyWorkflow)['21']);
    expect(ends(changed)).not.to.include('8,0,21,1');
  });
});

/** A subgraph of a text and an unknown node, both with a widget that the outer node shows. */
function shownOutside(text: string, values: readonly unknown[]) {
  const prompt = {
    ...{ id: 3, type: 'CLIPTextEncode', pos: [0, 0], size: [200, 100], flags: {}, mode: 0 },
    inputs: [{ name: 'clip', type: 'CLIP' }],
    outputs: [{ name: 'CONDITIONING', type: 'CONDITIONING' }],
    properties: {},
    widgets_values: [text],
  };
  const unknown = { ...prompt, id: 4, type: 'KSampler', outputs: [], widgets_values: [7, 'fixed'] };
  const definition = {
    ...{ id: 'abc', version: 1, name: 'Prompt', inputNode: { id: -10 }, outputNode: { id: -20 } },
    ...{ inputs: [], outputs: [], nodes: [prompt, unknown], links: [], groups: [] },
  };
  const outer = {
    ...{ id: 20, type: 'abc', pos: [0, 0], size: [200, 100], flags: {}, mode: 0 },
    ...{ inputs: [], outputs: [], widgets_values: values },
    properties: {
      proxyWidgets: [
        ['4', 'seed'],
        ['3', 'text'],
      ],
    },
  };
  return { nodes: [outer], links: [], groups: [], definitions: { subgraphs: [definition] } };
}

describe('widgets that a subgraph of ComfyUI shows on its outer node', () => {
  const definitionOf = (file: Json) => objectsOf(jsonOf(file['definitions'])['subgraphs'])[0] ?? {};
  const outer = (file: Json) => plain(objectsOf(file['nodes'])[0] ?? {});

  it('are inputs of ours by name, with the value they were given, and go out as they came', () => {
    const file = shownOutside('a fox', [7, 'a fox']);
    const document = read(file);
    expect(document.subgraphs?.['s1']?.inputs).to.deep.equal({
      text: { type: 'STRING', to: [['3', 'text']], order: 0, promoted: true },
    });
    expect(document.nodes['20']?.inputs).to.deep.equal({ text: 'a fox' });
    const back = write(document);
    expect(outer(back)).to.deep.equal(outer(file));
    expect(byId(definitionOf(back))).to.deep.equal(byId(definitionOf(file)));
    expect(definitionOf(back)['inputs']).to.deep.equal([]);
    expect(read(back).nodes['20']?.inputs).to.deep.equal({ text: 'a fox' });
    expect(outer(write(read(shownOutside('a fox', []))))['widgets_values']).to.deep.equal([]);
  });

  it('write the value that they have now, outside and in, and nothing of what was taken off', () => {
    const document = read(shownOutside('a fox', []));
    expect(document.nodes['20']?.inputs).to.deep.equal({});
    const changed = write(setWidget(document, '20', 'text', 'a wolf'));
    expect(outer(changed)['widgets_values']).to.deep.equal([null, 'a wolf']);
    expect(byId(definitionOf(changed))['3']?.['widgets_values']).to.deep.equal(['a wolf']);
    const hidden = hideWidget(document, 's1', 'text').document ?? document;
    expect(jsonOf(outer(write(hidden))['properties'])['proxyWidgets']).to.deep.equal([
      ['4', 'seed'],
    ]);
  });

  it('come back under the names that a graph of ours gave them', () => {
    const blank = read({ ...shownOutside('a fox', []), nodes: [] });
    const shown = showWidget(blank, registry, 's1', { node: '3', name: 'text' }).document ?? blank;
    const named = changeSocket(shown, 's1', 'input', 'text', { to: 'wish' }).document ?? shown;
    const again = read(write(named));
    expect(again.subgraphs?.['s1']?.inputs).to.deep.equal(named.subgraphs?.['s1']?.inputs);
    expect(Object.keys(again.subgraphs?.['s1']?.inputs ?? {})).to.deep.equal(['wish']);
  });
});

describe('a graph in the form of the API', () => {
  const api = {
    '5': {
      class_type: 'Strange',
      inputs: { pixels: ['57:3', 0], amount: 2, list: { __value__: [1] } },
    },
    '57:3': { class_type: 'LoadImage', inputs: { image: 'a.png' }, is_changed: ['x'] },
    '9': {
      class_type: 'SaveImage',
      inputs: { images: ['5', 1] },
      _meta: { title: 'Out', note: 1 },
    },
  };
  const document = read(api);

  it('keeps the links, values and data of unknown nodes on both ways out', () => {
    const saved = document.nodes['9']?.inputs['images'];
    expect(saved).to.deep.equal({ link: ['5', 'output_1'] });
    const again = read(write(document));
    expect(again.nodes['9']?.inputs).to.deep.equal(document.nodes['9']?.inputs);
    expect(again.nodes['5']?.inputs).to.deep.equal(document.nodes['5']?.inputs);
    const { '57:3': loader, ...others } = api;
    const out = exportApi(document, registry);
    expect(out['9']).to.deep.equal({ ...others['9'], inputs: out['9']?.inputs });
    expect(out['9']?.inputs['images']).to.deep.equal(['5', 1]);
    expect(out['5']?.inputs).to.deep.equal({ ...api['5'].inputs, pixels: ['1', 0] });
    expect(out['1']).to.deep.include({ is_changed: loader.is_changed, class_type: 'LoadImage' });
  });
});
