import { expect } from '@open-wc/testing';
import { initialState } from '../../src/app/app-state.js';
import { createDocumentSession } from '../../src/app/document-session.js';
import { createStore } from '../../src/app/store.js';
import { wholeGraph } from '../../src/app/whole-graph.js';
import { addNode, emptyDocument } from '../../src/core/graph/edits.js';
import { flatten } from '../../src/core/graph/flatten.js';
import { promotionOf } from '../../src/core/graph/promoted-widgets.js';
import { boundaryIds } from '../../src/core/graph/subgraph-registry.js';
import { wiringOf } from '../../src/core/graph/wiring.js';
import { tinyRegistry } from '../support/tiny-nodes.js';

/** A graph whose only node is a subgraph of a Source with the amount 5; the subgraph is entered. */
function inside() {
  const source = tinyRegistry.get('Source');
  if (!source) throw new Error('The registry lacks a node.');
  const { document, id } = addNode(emptyDocument(), source, { pos: [0, 0], inputs: { amount: 5 } });
  const store = createStore(initialState());
  const said: string[] = [];
  const session = createDocumentSession(store, tinyRegistry, {
    refused: (reason) => said.push(reason),
    stepped: () => undefined,
  });
  session.start(document);
  const [instance = ''] = session.edit({ kind: 'subgraph', ids: [id] });
  session.enter(instance);
  const whole = () => wholeGraph(store.get());
  return {
    store,
    session,
    said,
    id,
    instance,
    whole,
    spec: () => wiringOf(whole(), tinyRegistry).sockets(instance)?.inputs['amount'],
    inner: () => Object.values(whole().subgraphs ?? {})[0]?.nodes[id]?.inputs['amount'],
    runs: () => Object.values(flatten(whole()).nodes)[0]?.inputs['amount'],
    toggle: () => {
      const intent = promotionOf(store.get().document, id, 'amount');
      if (intent) session.edit(intent);
    },
  };
}

describe('a widget inside a subgraph', () => {
  it('is shown on the outer node with its value and range, and set there', () => {
    const { store, session, id, instance, toggle, spec, runs } = inside();
    toggle();
    expect(store.get().path).to.deep.equal([instance]);
    expect(store.get().document.nodes[id]?.inputs['amount']).to.deep.equal({
      link: [boundaryIds.inputs, 'amount'],
    });
    expect(spec()).to.include({ type: 'FLOAT', default: 5, max: 1e9 });
    expect(runs()).to.equal(5);
    session.leave();
    session.edit({ kind: 'set', id: instance, values: { amount: 7 } });
    expect(runs()).to.equal(7);
    session.enter(instance);
    session.edit({ kind: 'move', positions: new Map([[id, [9, 9] as const]]) });
    expect(Object.values(store.get().root.subgraphs ?? {})[0]?.inputs['amount']?.promoted).to.equal(
      true,
    );
  });

  it('is taken off again, from inside and from the outer node, and keeps the value it was given there', () => {
    const { session, instance, toggle, spec, runs, inner, whole } = inside();
    toggle();
    session.leave();
    session.edit({ kind: 'set', id: instance, values: { amount: 7 } });
    session.edit({ kind: 'hide-widget', id: instance, name: 'amount' });
    expect(spec()).to.equal(undefined);
    expect([runs(), inner()]).to.deep.equal([7, 7]);
    expect(whole().nodes[instance]?.inputs).to.deep.equal({});
    session.undo();
    expect([runs(), inner()]).to.deep.equal([7, 5]);
    session.enter(instance);
    toggle();
    expect(inner()).to.equal(7);
    session.undo();
    expect(spec()).to.include({ default: 5 });
  });

  it('is not shown twice, nor when a link feeds it', () => {
    const { session, id, said, toggle } = inside();
    toggle();
    session.edit({ kind: 'show-widget', to: { node: id, name: 'amount' } });
    session.edit({ kind: 'show-widget', to: { node: id, name: 'none' } });
    expect(said).to.have.length(2);
    expect(said[0]).to.contain('A link already gives');
  });
});
